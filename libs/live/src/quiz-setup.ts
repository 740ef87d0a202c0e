import type {
  QuestionBody,
  QuestionKey,
  QuestionMaterial,
  QuestionOption,
  QuizKey,
  QuizMaterial,
  QuizShown,
} from '@xuekao/contracts';
import { isQuizQuestionType, questionTypes } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import type { QuizQuestion } from './core/quiz-state.js';
import type { LiveQuestion } from './live.ports.js';

/** The word for what keeps the question out of a hall quiz, where no person marks; undefined where it can be played. */
export function unfitFor({ type }: QuestionBody): string | undefined {
  return isQuizQuestionType(type) ? undefined : questionTypes[type].name;
}

/** A question of the bank as the room keeps it: options by index instead of id. */
export function quizQuestionOf({ versionId, body, key, explanation }: LiveQuestion): QuizQuestion {
  if (body.type === 'short-answer')
    throw new Error(`Question version ${versionId} is marked by people; no room plays it`);
  const options = body.type === 'matching' ? body.lefts : body.type === 'blank' ? [] : body.options;
  const targets = body.type === 'matching' ? body.rights : [];
  return {
    versionId,
    type: body.type,
    stem: body.stem,
    options: options.map((option) => option.text),
    ...(body.type === 'matching' ? { targets: targets.map((target) => target.text) } : {}),
    ...shownBeside(body, options, targets),
    key: quizKeyOf(key, { versionId, options, targets }),
    explanation: explanation === '' ? null : explanation,
  };
}

type Pictured = readonly Pick<QuestionOption, 'picture'>[];

function shownBeside({ material, pictures }: QuestionBody, options: Pictured, targets: Pictured): QuizShown {
  const optionPictures = options.map((option) => option.picture ?? null);
  const targetPictures = targets.map((target) => target.picture ?? null);
  return {
    ...(material && { material: shownMaterial(material) }),
    ...(pictures && pictures.length > 0 && { pictures }),
    ...(optionPictures.some(Boolean) && { optionPictures }),
    ...(targetPictures.some(Boolean) && { targetPictures }),
  };
}

/** Its ids are of no use to a phone. */
function shownMaterial({ title, text, pictures = [] }: QuestionMaterial): QuizMaterial {
  return { title, text, ...(pictures.length > 0 && { pictures }) };
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
