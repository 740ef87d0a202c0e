import type { QuizKey } from '@xuekao/contracts';
import type { QuizQuestion } from './core/quiz-state.js';
import type { LiveQuestion } from './live.ports.js';

/** A question of the bank as the room keeps it: options by index instead of id. */
export function quizQuestionOf({ versionId, body, key, explanation }: LiveQuestion): QuizQuestion {
  const options = body.type === 'blank' ? [] : body.options;
  const quizKey: QuizKey =
    key.kind === 'blank'
      ? { blanks: key.accepted }
      : { options: key.optionIds.map((id) => indexOf(id, options, versionId)).toSorted((a, b) => a - b) };
  return {
    versionId,
    type: body.type,
    stem: body.stem,
    options: options.map((option) => option.text),
    key: quizKey,
    explanation: explanation === '' ? null : explanation,
  };
}

function indexOf(optionId: string, options: readonly { readonly id: string }[], versionId: string): number {
  const index = options.findIndex((option) => option.id === optionId);
  if (index < 0)
    throw new Error(`The key of question version ${versionId} names option ${optionId}, which it does not have`);
  return index;
}
