import { ref } from 'vue';

/** Questions the person marked to look at again; a note to himself on this device, never sent. */
export function useFlags(attemptId: string) {
  const key = `xuekao.flags.${attemptId}`;
  const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
  const flagged = ref<ReadonlySet<number>>(new Set(Array.isArray(kept) ? kept.filter(Number.isInteger) : []));
  function toggle(number: number): void {
    const next = new Set(flagged.value);
    if (!next.delete(number)) next.add(number);
    flagged.value = next;
    sessionStorage.setItem(key, JSON.stringify([...next]));
  }
  return { flagged, toggle };
}
