import type { QuizMe, QuizView } from '@xuekao/contracts';
import { ownCloseAt } from '@xuekao/live/core';

/** `reading`: the stem alone. `open`: answers count. `over`: the time is up, the room has not said so yet. */
export type QuestionStage = 'reading' | 'open' | 'over';

export interface QuestionTime {
  readonly stage: QuestionStage;
  /** Whole seconds to the opening while reading, to the close while open; the last one is 1. */
  readonly seconds: number;
  /** Share of the time to answer that is left, in hundredths: enough steps for a bar. */
  readonly leftPercent: number;
  readonly isStopped: boolean;
}

/** By the own close of one who has more time. Null where no question runs. A paused clock shows what was left when it stopped; unknown after a reload, so nothing then. */
export function timeOf(
  view: (Pick<QuizView, 'phase' | 'timing' | 'paused'> & { readonly me?: Pick<QuizMe, 'timePercent'> | null }) | null,
  now: number,
  pausedAt: number | null,
): QuestionTime | null {
  if (view?.phase !== 'question' || !view.timing) return null;
  if (view.paused && pausedAt === null) return null;
  const { openAt } = view.timing;
  const closeAt = ownCloseAt(view.timing, view.me?.timePercent ?? 100);
  const at = pausedAt ?? now;
  const stage = at < openAt ? 'reading' : at < closeAt ? 'open' : 'over';
  const seconds = Math.max(0, Math.ceil(((stage === 'reading' ? openAt : closeAt) - at) / 1000));
  const share = stage === 'reading' ? 1 : Math.max(0, closeAt - at) / Math.max(1, closeAt - openAt);
  return { stage, seconds, leftPercent: Math.round(share * 100), isStopped: view.paused };
}

export const isSameTime = (a: QuestionTime, b: QuestionTime): boolean =>
  a.stage === b.stage && a.seconds === b.seconds && a.leftPercent === b.leftPercent && a.isStopped === b.isStopped;
