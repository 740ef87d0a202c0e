import type { QuizSeatFilter } from '@xuekao/contracts';
import { computed, onScopeDispose, ref, watch } from 'vue';
import type { Room } from '../../live-client/use-room.js';
import { useLoad } from '../../shared/load.js';
import { loadSeats, loadWaiting } from './room.api.js';

export const seatsPerPage = 50;
const listEveryMs = 1_000;
const typingMs = 250;

/** Calls `work` soon, and once for however many calls come meanwhile. */
function soon(work: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, ms);
  };
}

/** Who comes and who answers moves the counters; what hosts do moves the log. */
const movementOf = ({ view, seq }: Room): string => [view.value?.seats, view.value?.answered, seq.value].join();

/** The seats of a room by pages, narrowed by state and name; asked for again when the room moved, at most once a second. */
export function useSeatList(room: Room) {
  const show = ref<QuizSeatFilter>('all');
  const q = ref('');
  /** The cursor of this page and of those walked through before it. */
  const cursors = ref<readonly number[]>([0]);
  const page = useLoad(() => {
    const after = cursors.value.at(-1) ?? 0;
    return loadSeats(room.roomId, { show: show.value, q: q.value.trim(), after, limit: seatsPerPage });
  });
  const reload = (): void => void page.reload();
  const first = computed(() => (cursors.value.length - 1) * seatsPerPage + 1);

  watch(show, () => turnTo([0]));
  watch(
    q,
    soon(() => turnTo([0]), typingMs),
  );
  watch(() => movementOf(room), soon(reload, listEveryMs));

  function turnTo(path: readonly number[]): void {
    cursors.value = path;
    reload();
  }

  return {
    page,
    show,
    q,
    reload,
    /** Number of the first one on this page, from 1. */
    first,
    hasBefore: computed(() => cursors.value.length > 1),
    hasNext: computed(() => page.data.value?.next != null),
    before: () => turnTo(cursors.value.slice(0, -1)),
    next: () => {
      const next = page.data.value?.next;
      if (next != null) turnTo([...cursors.value, next]);
    },
  };
}

/** Who has not answered the question on show, by branch. */
export function useWaiting(room: Room) {
  const page = useLoad(() => loadWaiting(room.roomId));
  const reload = (): void => void page.reload();
  watch(() => movementOf(room), soon(reload, listEveryMs));
  return page;
}
