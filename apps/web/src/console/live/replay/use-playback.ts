import { computed, onScopeDispose, ref } from 'vue';
import { type Mark, stateAt, type Track } from './track.js';

export const speeds = [1, 2, 4, 8, 16] as const;
const tickMs = 50;

/** Plays a track: where it stands by the server's time of then, and what was shown. */
export function usePlayback<State>(track: Track<State>) {
  const now = ref(track.from);
  const speed = ref<(typeof speeds)[number]>(1);
  const isPlaying = ref(false);
  let former = 0;
  const tick = setInterval(() => {
    const at = performance.now();
    if (isPlaying.value) now.value = Math.min(track.until, now.value + (at - former) * speed.value);
    if (now.value >= track.until) isPlaying.value = false;
    former = at;
  }, tickMs);
  onScopeDispose(() => clearInterval(tick));

  const isOver = computed(() => now.value >= track.until);
  const mark = computed<Mark | null>(() => track.marks.findLast(({ at }) => at <= now.value) ?? null);
  function toggle(): void {
    if (isOver.value) now.value = track.from;
    isPlaying.value = !isPlaying.value;
  }
  function seek(at: number): void {
    now.value = Math.max(track.from, Math.min(track.until, at));
  }
  /** To the mark after this one, or to the one before it. */
  function step(by: 1 | -1): void {
    const at = mark.value ? track.marks.indexOf(mark.value) : -1;
    const next = track.marks[at + by];
    if (next) seek(next.at);
    else if (by < 0) seek(track.from);
    else seek(track.until);
  }
  return { now, speed, isPlaying, isOver, mark, state: computed(() => stateAt(track, now.value)), toggle, seek, step };
}

export type Playback = Omit<ReturnType<typeof usePlayback>, 'state'>;
