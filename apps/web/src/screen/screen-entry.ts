import { useRoute } from 'vue-router';

/** What the address of a big screen holds: its room, the token behind the hash, and the code that people join by. */
export function useScreenEntry() {
  const { params, query } = useRoute();
  const token = decodeURIComponent(location.hash.slice(1));
  return {
    entry: { role: 'screen', roomId: String(params.roomId), token } as const,
    code: typeof query.code === 'string' ? query.code : null,
  };
}
