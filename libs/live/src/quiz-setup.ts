import type { QuestionBody, QuestionKey, QuestionOption, QuizKey } from '@xuekao/contracts';
import { isQuizQuestionType, movableOptions, questionTypes } from '@xuekao/contracts';
import type { QuizQuestion } from './core/quiz-state.js';
import type { LiveQuestion } from './live.ports.js';

/** The word for what keeps the question out of a room; undefined where it can be played. */
export function unfitFor(body: QuestionBody): string | undefined {
  if (!isQuizQuestionType(body.type)) return questionTypes[body.type].name;
  if (body.material) return '材料题';
  return body.pictures || movableOptions(body).some((option) => option.picture) ? '带图片的题' : undefined;
}

/** A question of the bank as the room keeps it: options by index instead of id. */
export function quizQuestionOf({ versionId, body, key, explanation }: LiveQuestion): QuizQuestion {
  if (!isQuizQuestionType(body.type))
    throw new Error(`Question version ${versionId} is a ${body.type}, which no room plays`);
  const options = movableOptions(body);
  return {
    versionId,
    type: body.type,
    stem: body.stem,
    options: options.map((option) => option.text),
    key: quizKeyOf(key, options, versionId),
    explanation: explanation === '' ? null : explanation,
  };
}

function quizKeyOf(key: QuestionKey, options: readonly QuestionOption[], versionId: string): QuizKey {
  if (key.kind === 'blank') return { blanks: key.accepted };
  if (key.kind !== 'choice')
    throw new Error(`Question version ${versionId} has a key of ${key.kind}, which no room plays`);
  return { options: key.optionIds.map((id) => indexOf(id, options, versionId)).toSorted((a, b) => a - b) };
}

function indexOf(optionId: string, options: readonly { readonly id: string }[], versionId: string): number {
  const index = options.findIndex((option) => option.id === optionId);
  if (index < 0)
    throw new Error(`The key of question version ${versionId} names option ${optionId}, which it does not have`);
  return index;
}
