import type { QuestionBody, QuestionKey, QuestionOption, QuizKey } from '@xuekao/contracts';
import { isQuizQuestionType, movableOptions, questionTypes } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import type { QuizQuestion } from './core/quiz-state.js';
import type { LiveQuestion } from './live.ports.js';

/** The word for what keeps the question out of a room; undefined where it can be played. */
export function unfitFor(body: QuestionBody): string | undefined {
  if (!isQuizQuestionType(body.type)) return questionTypes[body.type].name;
  if (body.material) return '材料题';
  const parts = body.type === 'matching' ? [...body.lefts, ...body.rights] : movableOptions(body);
  return body.pictures || parts.some((part) => part.picture) ? '带图片的题' : undefined;
}

/** A question of the bank as the room keeps it: options by index instead of id. */
export function quizQuestionOf({ versionId, body, key, explanation }: LiveQuestion): QuizQuestion {
  if (body.type === 'short-answer')
    throw new Error(`Question version ${versionId} is marked by people; no room plays it`);
  const options = body.type === 'matching' ? body.lefts : body.type === 'blank' ? [] : body.options;
  const targets = body.type === 'matching' ? body.rights : [];
  const told = explanation === '' ? null : explanation;
  return {
    versionId,
    type: body.type,
    stem: body.stem,
    options: options.map((option) => option.text),
    ...(body.type === 'matching' ? { targets: targets.map((target) => target.text) } : {}),
    // Read by the question's type where it is of an ordering or matching.
    key: quizKeyOf(key, { versionId, options, targets }),
    explanation: told,
  };
}

interface Parts {
  readonly versionId: string;
  readonly options: readonly QuestionOption[];
  readonly targets: readonly QuestionOption[];
}

function quizKeyOf(key: QuestionKey, { versionId, options, targets }: Parts): QuizKey {
  const at = (id: string, among = options): number => indexOf(id, among, versionId);
  switch (key.kind) {
    case 'choice':
      return { options: key.optionIds.map((id) => at(id)).toSorted((a, b) => a - b) };
    case 'blank':
      return { blanks: key.accepted, ...(key.orderFree ? { orderFree: true } : {}) };
    case 'order':
      return { order: key.optionIds.map((id) => at(id)) };
    case 'pairs': {
      const targetOf = new Map(key.pairs.map(({ left, right }) => [at(left), at(right, targets)]));
      return { pairs: options.map((_, option) => targetOf.get(option) ?? -1) };
    }
    case 'text':
      throw new Error(`Question version ${versionId} is marked by people; no room plays it`);
    default:
      return assertNever(key);
  }
}

function indexOf(optionId: string, options: readonly { readonly id: string }[], versionId: string): number {
  const index = options.findIndex((option) => option.id === optionId);
  if (index < 0)
    throw new Error(`The key of question version ${versionId} names option ${optionId}, which it does not have`);
  return index;
}
