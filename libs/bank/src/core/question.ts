import type { AnswerContent, Difficulty, QuestionBody, QuestionOption, QuestionType } from '@xuekao/contracts';
import { questionTypes } from '@xuekao/contracts';
import { isRefusal, normalText, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';

export interface ChoiceKey {
  readonly kind: 'choice';
  /** Sorted and without repeats. */
  readonly optionIds: readonly string[];
}

export interface BlankKey {
  readonly kind: 'blank';
  /** Per blank, every accepted wording; the first is the one shown. */
  readonly accepted: readonly (readonly string[])[];
}

export type QuestionKey = ChoiceKey | BlankKey;

/** Shipped content and imports: options by place, answers by index. */
export interface QuestionContent {
  readonly type: QuestionType;
  readonly code: string;
  readonly factId?: string;
  readonly entryKey?: string;
  readonly stem: string;
  readonly options?: readonly string[];
  /** Index for single, indices for multiple, truth for true-false. */
  readonly answer?: number | readonly number[] | boolean;
  /** Accepted wordings per blank. */
  readonly answers?: readonly (readonly string[])[];
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

export const stemLimit = 2000;
export const optionLimit = 10;
export const sourceLimit = 200;
const codePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function isQuestionCode(code: string): boolean {
  return codePattern.test(code);
}

/** The two options of every true-false question. */
export const truthOptions: readonly QuestionOption[] = [
  { id: 'true', text: '正确' },
  { id: 'false', text: '错误' },
];

/** Option ids by first place: `o1`, `o2`, … They stay with their option when it moves. */
export function optionIdAt(index: number): string {
  return `o${index + 1}`;
}

export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** Gaps of a fill-in stem: runs of two or more underscores, or empty brackets. Zero when the stem marks none. */
export function gapsIn(stem: string): number {
  return stem.normalize('NFKC').match(/_{2,}|\(\s*\)|【\s*】/gu)?.length ?? 0;
}

function stemRefusal(stem: string): Refusal | undefined {
  const length = [...stem.trim()].length;
  if (length === 0) return refuse('bank.question.stem-missing');
  if (length > stemLimit) return refuse('bank.question.stem-too-long', { length, limit: stemLimit });
  return undefined;
}

function optionsRefusal(options: readonly QuestionOption[]): Refusal | undefined {
  if (options.length < 2) return refuse('bank.question.options-too-few', { found: options.length, least: 2 });
  if (options.length > optionLimit) {
    return refuse('bank.question.options-too-many', { found: options.length, most: optionLimit });
  }
  const places = new Map<string, number>();
  for (const [index, { text }] of options.entries()) {
    const normal = normalText(text);
    if (normal === '') return refuse('bank.question.option-empty', { option: letterOf(index) });
    const first = places.get(normal);
    if (first !== undefined) {
      return refuse('bank.question.option-repeated', { first: letterOf(first), second: letterOf(index) });
    }
    places.set(normal, index);
  }
  return undefined;
}

/** Sorted, without repeats, so that equal keys are equal values. */
export function choiceKey(optionIds: Iterable<string>): ChoiceKey {
  return { kind: 'choice', optionIds: [...new Set(optionIds)].toSorted() };
}

function choiceKeyRefusal(type: QuestionType, key: ChoiceKey, options: readonly QuestionOption[]): Refusal | undefined {
  const known = new Set(options.map((option) => option.id));
  if (key.optionIds.length === 0) return refuse('bank.question.key-missing');
  for (const id of key.optionIds) {
    if (!known.has(id)) return refuse('bank.question.key-unknown-option', { option: letterOfId(id) });
  }
  if (type !== 'multiple' && key.optionIds.length !== 1) {
    return refuse('bank.question.key-count', {
      type: questionTypes[type].name,
      expected: 1,
      found: key.optionIds.length,
    });
  }
  return undefined;
}

function letterOfId(id: string): string {
  const place = /^o(\d+)$/.exec(id);
  return place ? letterOf(Number(place[1]) - 1) : id;
}

function blankKeyRefusal(stem: string, key: BlankKey): Refusal | undefined {
  if (key.accepted.length === 0) return refuse('bank.question.key-missing');
  const empty = key.accepted.findIndex((wordings) => wordings.length === 0 || wordings.some((w) => w.trim() === ''));
  if (empty >= 0) return refuse('bank.question.blank-empty', { blank: empty + 1 });
  const gaps = gapsIn(stem);
  if (gaps > 0 && gaps !== key.accepted.length) {
    return refuse('bank.question.blank-count', { found: gaps, expected: key.accepted.length });
  }
  return undefined;
}

/** Whether body and key belong together. The first fault found is returned; undefined when all is well. */
export function questionRefusal(body: QuestionBody, key: QuestionKey): Refusal | undefined {
  const stem = stemRefusal(body.stem);
  if (stem) return stem;
  if (body.type === 'blank') {
    return key.kind === 'blank' ? blankKeyRefusal(body.stem, key) : refuse('bank.question.key-missing');
  }
  if (key.kind !== 'choice') return refuse('bank.question.key-missing');
  return optionsRefusal(body.options) ?? choiceKeyRefusal(body.type, key, body.options);
}

function indicesOf(answer: QuestionContent['answer']): readonly number[] {
  if (typeof answer === 'number') return [answer];
  return Array.isArray(answer) ? (answer as readonly number[]) : [];
}

function bodyAndKeyOf(content: QuestionContent): { body: QuestionBody; key: QuestionKey } {
  const stem = content.stem.trim();
  switch (content.type) {
    case 'blank': {
      const accepted = (content.answers ?? []).map((wordings) => wordings.map((wording) => wording.trim()));
      return { body: { type: 'blank', stem, blanks: accepted.length }, key: { kind: 'blank', accepted } };
    }
    case 'true-false': {
      const truth = typeof content.answer === 'boolean' ? [String(content.answer)] : [];
      return { body: { type: 'true-false', stem, options: truthOptions }, key: choiceKey(truth) };
    }
    case 'single':
    case 'multiple': {
      const options = (content.options ?? []).map((text, index) => ({ id: optionIdAt(index), text: text.trim() }));
      return { body: { type: content.type, stem, options }, key: choiceKey(indicesOf(content.answer).map(optionIdAt)) };
    }
  }
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
  const { body, key } = bodyAndKeyOf(content);
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
  return key.kind === 'choice'
    ? { kind: 'choice', optionIds: key.optionIds }
    : { kind: 'blank', texts: key.accepted.map((wordings) => wordings[0] ?? '') };
}
