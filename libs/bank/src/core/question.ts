import type {
  AnswerContent,
  Difficulty,
  QuestionBody,
  QuestionKey,
  QuestionMaterial,
  QuestionType,
} from '@xuekao/contracts';
import { questionTypes } from '@xuekao/contracts';
import { assertNever, isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { bodyAndKeyOf, choiceKey, optionIdAt } from './question-draft.js';
import type { BodyAndKey, OptionDraft, QuestionDraft } from './question-draft.js';
import { questionRefusal } from './question-rules.js';

/** Shipped content and imports: options by place, answers by index. */
export interface QuestionContent {
  readonly type: QuestionType;
  readonly code: string;
  readonly factId?: string;
  readonly entryKey?: string;
  readonly stem: string;
  readonly material?: QuestionMaterial;
  readonly options?: readonly string[];
  /** Index for single, indices for multiple, truth for true-false. */
  readonly answer?: number | readonly number[] | boolean;
  /** Accepted wordings per blank. */
  readonly answers?: readonly (readonly string[])[];
  readonly orderFree?: boolean;
  /** What is to be ordered, in the right order. */
  readonly items?: readonly string[];
  /** Left and right that belong together. */
  readonly pairs?: readonly (readonly [string, string])[];
  readonly extraRights?: readonly string[];
  readonly reference?: string;
  readonly rubric?: readonly string[];
  readonly maxLength?: number;
  readonly explanation: string;
  readonly source: string;
  readonly difficulty: number;
  readonly topic: string;
}

/** A question as it may enter the bank: the public body and the key apart. */
export interface Question {
  readonly code: string;
  readonly body: QuestionBody;
  readonly key: QuestionKey;
  readonly explanation: string;
  readonly source: string;
  readonly difficulty: Difficulty;
  readonly topic: string;
  readonly factId: string | null;
  readonly entryKey: string | null;
}

export const sourceLimit = 200;
const codePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function isQuestionCode(code: string): boolean {
  return codePattern.test(code);
}

function indicesOf(answer: QuestionContent['answer']): readonly number[] {
  if (typeof answer === 'number') return [answer];
  return Array.isArray(answer) ? (answer as readonly number[]) : [];
}

/** The draft that the content means; an index beyond the options is not in it. */
export function draftOf(content: QuestionContent): QuestionDraft {
  const { options, answer, items, pairs, extraRights, ...rest } = content;
  const right = new Set(indicesOf(answer));
  return {
    ...rest,
    ...(typeof answer === 'boolean' ? { truth: answer } : {}),
    ...(options ? { options: options.map((text, index): OptionDraft => ({ text, correct: right.has(index) })) } : {}),
    ...(items ? { items: items.map((text) => ({ text })) } : {}),
    ...(pairs ? { pairs: pairs.map(([left, right]) => ({ left: { text: left }, right: { text: right } })) } : {}),
    ...(extraRights ? { extraRights: extraRights.map((text) => ({ text })) } : {}),
  };
}

/** An index that no option has stays in the key, so that it is refused and not dropped. */
function contentKey(content: QuestionContent): BodyAndKey {
  const result = bodyAndKeyOf(draftOf(content));
  const isChoice = content.type === 'single' || content.type === 'multiple';
  return isChoice ? { ...result, key: choiceKey(indicesOf(content.answer).map((index) => optionIdAt(index))) } : result;
}

export function difficultyFrom(value: number): Difficulty | Refusal {
  return value === 1 || value === 2 || value === 3
    ? value
    : refuse('bank.question.difficulty-unknown', { found: value });
}

export function sourceRefusal(source: string): Refusal | undefined {
  const length = [...source.trim()].length;
  return length > sourceLimit ? refuse('bank.question.source-too-long', { length, limit: sourceLimit }) : undefined;
}

/** A question from content whose options are given by place. Refuses with the first fault found. */
export function questionFrom(content: QuestionContent): Question | Refusal {
  if (!isQuestionCode(content.code)) return refuse('bank.question.code-malformed', { code: content.code });
  if (!Object.hasOwn(questionTypes, content.type)) {
    return refuse('bank.question.type-unknown', { found: String(content.type) });
  }
  const { body, key } = contentKey(content);
  const refusal = questionRefusal(body, key) ?? sourceRefusal(content.source);
  if (refusal) return refusal;
  const difficulty = difficultyFrom(content.difficulty);
  if (isRefusal(difficulty)) return difficulty;
  return {
    code: content.code,
    body,
    key,
    explanation: content.explanation.trim(),
    source: content.source.trim(),
    difficulty,
    topic: content.topic.trim(),
    factId: content.factId ?? null,
    entryKey: content.entryKey ?? null,
  };
}

/** The answer that gets full marks, for checks and demonstrations. Server only: it is the key. */
export function fullAnswer(key: QuestionKey): AnswerContent {
  switch (key.kind) {
    case 'choice':
      return { kind: 'choice', optionIds: key.optionIds };
    case 'blank':
      return { kind: 'blank', texts: key.accepted.map((wordings) => wordings[0] ?? '') };
    case 'order':
      return { kind: 'order', optionIds: key.optionIds };
    case 'pairs':
      return { kind: 'pairs', pairs: key.pairs };
    case 'text':
      return { kind: 'text', text: key.reference };
    default:
      return assertNever(key);
  }
}
