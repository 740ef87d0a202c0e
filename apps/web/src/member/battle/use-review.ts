import type { GameReview } from '@xuekao/contracts';
import { onScopeDispose, ref, shallowRef } from 'vue';
import { problemFrom } from '../../api/problem.js';
import { loadMyBattles, loadReview } from '../../live-client/battle.api.js';

const againAfterMs = 800;
const triesMost = 8;
/** The record is written a moment after the end was shown; the network may be away as well. */
const isPassing = (code: string, status: number): boolean =>
  code === 'live.battle.not-over' || code === 'resource.not-found' || status === 0 || status >= 500;

/** The record of a game that has just ended, asked for until it is there. */
export function useReview(gameId: string) {
  const review = shallowRef<GameReview | null>(null);
  /** Of all own runs; null until it is known. */
  const best = ref<number | null>(null);
  const isGone = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function load(tries: number): Promise<void> {
    try {
      review.value = await loadReview(gameId);
      if (review.value.mode === 'survival') best.value = (await loadMyBattles()).survival.best;
    } catch (error) {
      const { code, status } = problemFrom(error);
      if (isClosed) return;
      if (tries >= triesMost || !isPassing(code, status)) return void (isGone.value = review.value === null);
      timer = setTimeout(() => void load(tries + 1), againAfterMs);
    }
  }

  void load(1);
  onScopeDispose(() => {
    isClosed = true;
    clearTimeout(timer);
  });
  return { review, best, isGone };
}
