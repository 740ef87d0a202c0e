import type { QuizHostAct, QuizView } from '@xuekao/contracts';

export type Step = Extract<QuizHostAct['type'], 'open' | 'lock' | 'reveal' | 'scoreboard' | 'podium' | 'end'>;

const hasMore = ({ question, total }: Pick<QuizView, 'question' | 'total'>): boolean =>
  (question?.index ?? -1) + 1 < total;

/** The step of the one big button; null when there is none left. */
export function nextStep(view: Pick<QuizView, 'phase' | 'question' | 'total'>): Step | null {
  switch (view.phase) {
    case 'lobby':
      return 'open';
    case 'question':
      return 'lock';
    case 'locked':
      return 'reveal';
    case 'revealed':
      return 'scoreboard';
    case 'scoreboard':
      return hasMore(view) ? 'open' : 'podium';
    case 'podium':
      return 'end';
    case 'ended':
      return null;
  }
}

/** Other steps that the room allows now, beside the big one. */
export function otherSteps(view: Pick<QuizView, 'phase' | 'question' | 'total'>): Step[] {
  switch (view.phase) {
    case 'question':
      return ['reveal'];
    case 'revealed':
      return hasMore(view) ? ['open', 'podium'] : ['podium'];
    case 'scoreboard':
      return hasMore(view) ? ['podium'] : [];
    default:
      return [];
  }
}

/** The room may be ended at any time but in an open question. */
export const mayEnd = ({ phase }: Pick<QuizView, 'phase'>): boolean => phase !== 'question' && phase !== 'ended';
