import type { AnswerContent, MarkSource, QuestionBody, QuestionKey } from '@xuekao/contracts';
import { isOpenAnswer, manualTypes, movableOptions } from '@xuekao/contracts';
import { assertNever, hundredths, sumPoints, zeroPoints } from '@xuekao/kernel';
import type { Points } from '@xuekao/kernel';
import { markChoice } from './mark-policy.js';
import type { Choice } from './mark-policy.js';
import type { CompletePolicies } from './marking-rules.js';
import { markBlanks, markOrder, markPairs } from './part-policy.js';

/** The key of a pinned question version, as the bank gives it to the server. */
export type AnswerKey = QuestionKey;

export interface GradedQuestion {
  readonly number: number;
  readonly body: QuestionBody;
  readonly key: AnswerKey;
  readonly full: Points;
  readonly policies: CompletePolicies;
  /** Decided after the exam: nobody's mark and no full mark, or everybody's. */
  readonly act?: 'void' | 'give-all';
}

export interface Mark {
  readonly number: number;
  /** Null while a person has to mark it. */
  readonly marks: Points | null;
  readonly full: Points;
  readonly source: MarkSource;
  readonly answered: boolean;
}

export interface ScoreSheet {
  /** By number of the item. */
  readonly marks: readonly Mark[];
  /** Null while a mark is open. */
  readonly raw: Points | null;
  readonly full: Points;
  /** On the scale of 100 in hundredths, floored, so that 80 is reached only by who really reached it. */
  readonly score: Points | null;
  /** Numbers of answered questions that a person must mark. */
  readonly waiting: readonly number[];
}

/** Whether a written answer says one of the accepted wordings; the bank's rule, given from outside. */
export type BlankRule = (accepted: readonly string[], given: string) => boolean;

export function isOpen(answer: AnswerContent | undefined): boolean {
  return isOpenAnswer(answer);
}

/**
 * Of every accepted list whether a blank says one of its wordings. Where the order is free each list is used by one blank:
 * the most that can be so at once (augmenting paths).
 */
function blankHits(
  accepted: readonly (readonly string[])[],
  texts: readonly string[],
  orderFree: boolean,
  blankRule: BlankRule,
): boolean[] {
  if (!orderFree) return accepted.map((wordings, index) => blankRule(wordings, texts[index] ?? ''));
  const fits = texts.map((text) => accepted.flatMap((wordings, index) => (blankRule(wordings, text) ? [index] : [])));
  const textOf = new Map<number, number>();
  const place = (text: number, seen: Set<number>): boolean =>
    fits[text]!.some((list) => {
      if (seen.has(list)) return false;
      seen.add(list);
      const holder = textOf.get(list);
      if (holder !== undefined && !place(holder, seen)) return false;
      textOf.set(list, text);
      return true;
    });
  for (const text of fits.keys()) place(text, new Set());
  return accepted.map((_, list) => textOf.has(list));
}

/**
 * Marks of one answer by its policy, within the policy's bounds; null where a person must mark it. A missing answer and one
 * that chooses or writes nothing are the same: 0, but for a multiple choice whose policy says what that earns.
 */
export function markOf(
  { body, key, full, policies }: Omit<GradedQuestion, 'number' | 'act'>,
  answer: AnswerContent | undefined,
  blankRule: BlankRule,
): Points | null {
  if (!answer || isOpen(answer)) {
    const isScored = body.type === 'multiple' && key.kind === 'choice';
    return isScored ? markChoice(choiceOf(body, key.optionIds, [], full), policies.multiple) : zeroPoints;
  }
  switch (key.kind) {
    case 'blank': {
      if (answer.kind !== 'blank') return zeroPoints;
      return markBlanks(blankHits(key.accepted, answer.texts, key.orderFree ?? false, blankRule), full, policies.blank);
    }
    case 'order':
      return answer.kind === 'order' ? markOrder(key.optionIds, answer.optionIds, full, policies.ordering) : zeroPoints;
    case 'pairs': {
      if (answer.kind !== 'pairs') return zeroPoints;
      const mapOf = (pairs: typeof key.pairs) => new Map(pairs.map(({ left, right }) => [left, right]));
      return markPairs(mapOf(key.pairs), mapOf(answer.pairs), full, policies.matching);
    }
    case 'text':
      return answer.kind === 'text' ? null : zeroPoints;
    case 'choice': {
      if (answer.kind !== 'choice') return zeroPoints;
      const choice = choiceOf(body, key.optionIds, answer.optionIds, full);
      return markChoice(choice, body.type === 'multiple' ? policies.multiple : { kind: 'all-or-nothing' });
    }
    default:
      return assertNever(key);
  }
}

function choiceOf(body: QuestionBody, key: readonly string[], chosen: readonly string[], full: Points): Choice {
  const options = new Set(movableOptions(body).map((option) => option.id));
  return { options, correct: new Set(key), chosen: new Set(chosen), full };
}

/** The mark that is kept: what was decided for the question comes before what was answered. */
export function sheetMark(
  question: GradedQuestion,
  answer: AnswerContent | undefined,
  blankRule: BlankRule,
): Omit<Mark, 'number' | 'answered'> {
  const { full, act } = question;
  if (act === 'void') return { marks: zeroPoints, full: zeroPoints, source: 'void' };
  if (act === 'give-all') return { marks: full, full, source: 'given' };
  return { marks: markOf(question, answer, blankRule), full, source: 'machine' };
}

export function isManual(body: QuestionBody): boolean {
  return manualTypes.includes(body.type);
}

/** `raw` of `full` on the scale of 100, in hundredths, floored. An empty paper has no score: 0. */
export function scaledScore(raw: Points, full: Points): Points {
  if (full <= 0) return zeroPoints;
  return hundredths(Number((BigInt(raw) * 10_000n) / BigInt(full)));
}

/** The whole sheet. The order of questions and of answers does not matter; a missing answer is an open one. */
export function grade(
  questions: readonly GradedQuestion[],
  answers: ReadonlyMap<number, AnswerContent>,
  blankRule: BlankRule,
): ScoreSheet {
  const marks = questions
    .map((question): Mark => {
      const { number } = question;
      const answer = answers.get(number);
      return { number, ...sheetMark(question, answer, blankRule), answered: !isOpen(answer) };
    })
    .toSorted((a, b) => a.number - b.number);
  const waiting = marks.filter((mark) => mark.marks === null).map((mark) => mark.number);
  const full = sumPoints(marks.map((mark) => mark.full));
  if (waiting.length > 0) return { marks, raw: null, full, score: null, waiting };
  const raw = hundredths(Math.max(0, sumPoints(marks.map((mark) => mark.marks ?? zeroPoints))));
  return { marks, raw, full, score: scaledScore(raw, full), waiting };
}
