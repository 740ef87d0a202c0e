import type { Problem } from '@xuekao/contracts';
import { computed, onScopeDispose, ref } from 'vue';
import type { RoomClock } from './room-clock.js';
import type { Connection } from './room-link.js';

interface Client {
  readonly clock: RoomClock;
  readonly connection: Connection;
  readonly problem: Problem | null;
  close(): void;
}

/** A client for the life of a page: `of` reads what changes with it, `now` is the server's time by its clock. */
export function useClient<Own extends Client>(
  open: (changed: () => void) => Own,
  tickMs: number,
  ticked: (client: Own) => void = () => undefined,
) {
  const revision = ref(0);
  const client = open(() => (revision.value += 1));
  const now = ref(client.clock.now());
  const tick = setInterval(() => {
    now.value = client.clock.now();
    ticked(client);
  }, tickMs);
  onScopeDispose(() => {
    clearInterval(tick);
    client.close();
  });
  const of = <T>(read: () => T) =>
    computed(() => {
      void revision.value;
      return read();
    });
  return { client, now, of, connection: of(() => client.connection), problem: of(() => client.problem) };
}
