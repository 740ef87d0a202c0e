import type { QuizView } from '@xuekao/contracts';
import { i18n } from '../../i18n/index.js';
import type { Step } from '../../live-client/next-step.js';

/** What a step is called on its button: the next question by its number. */
export function stepName({ question }: Pick<QuizView, 'question'>, step: Step): string {
  const { t } = i18n.global;
  if (step !== 'open') return t(`desk.live.step.${step}`);
  const number = (question?.index ?? -1) + 2;
  return t(number === 1 ? 'desk.live.step.openFirst' : 'desk.live.step.open', { number });
}
