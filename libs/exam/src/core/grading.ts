import type { AnswerContent, QuestionBody, QuestionKey } from '@xuekao/contracts';
import { isOpenAnswer, manualTypes, movableOptions } from '@xuekao/contracts';
import { assertNever, hundredths, sumPoints, zeroPoints } from '@xuekao/kernel';
import type { Points } from '@xuekao/kernel';
import { markChoice } from './mark-policy.js';
import type { MarkPolicy } from './mark-policy.js';

/** The key of a pinned question version, as the bank gives it to the server. */
export type AnswerKey = QuestionKey;

/** How orderings and matchings earn marks: the whole, or an equal share per right place or pair. */
export type PartPolicy = 'all-or-nothing' | 'per-part';

export interface GradedQuestion {
  readonly number: number;
  readonly body: QuestionBody;
  readonly key: AnswerKey;
  readonly full: Points;
  /** `all-or-nothing` when absent. */
  readonly parts?: PartPolicy;
}

export interface Mark {
  readonly number: number;
  readonly marks: Points;
  readonly full: Points;
  readonly answered: boolean;
}

export interface ScoreSheet {
  /** By number of the item. */
  readonly marks: readonly Mark[];
  readonly raw: Points;
  readonly full: Points;
  /** On the scale of 100 in hundredths, floored, so that 80 is reached only by who really reached it. */
  readonly score: Points;
  /** Numbers of answered questions that a person must mark; they count 0 until then. */
  readonly waiting: readonly number[];
}

/** Whether a written answer says one of the accepted wordings; the bank's rule, given from outside. */
export type BlankRule = (accepted: readonly string[], given: string) => boolean;

export function isOpen(answer: AnswerContent | undefined): boolean {
  return isOpenAnswer(answer);
}

/** An equal share per right part, floored once; nothing for less than all where the policy says so. */
function partMarks(full: Points, right: number, parts: number, policy: PartPolicy): Points {
  if (right === parts) return full;
  return policy === 'per-part' ? hundredths(Math.floor((full * right) / parts)) : zeroPoints;
}

/**
 * Blanks that say one of their accepted wordings. Where the order is free each list is used by one blank: the most that
 * can be so at once (augmenting paths).
 */
function rightBlanks(
  accepted: readonly (readonly string[])[],
  texts: readonly string[],
  orderFree: boolean,
  blankRule: BlankRule,
): number {
  if (!orderFree) return accepted.filter((wordings, index) => blankRule(wordings, texts[index] ?? '')).length;
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
  return fits.filter((_, text) => place(text, new Set())).length;
}

/**
 * Marks of one answer, 0 to full. Every blank carries the same share; the policy is for multiple choice alone. What a
 * person must mark earns 0 here and is named in the sheet's `waiting`.
 */
export function markOf(
  { body, key, full, parts = 'all-or-nothing' }: GradedQuestion,
  answer: AnswerContent | undefined,
  policy: MarkPolicy,
  blankRule: BlankRule,
): Points {
  if (!answer || isOpen(answer)) return zeroPoints;
  switch (key.kind) {
    case 'blank': {
      if (answer.kind !== 'blank') return zeroPoints;
      const { accepted, orderFree = false } = key;
      return partMarks(full, rightBlanks(accepted, answer.texts, orderFree, blankRule), accepted.length, 'per-part');
    }
    case 'order': {
      if (answer.kind !== 'order') return zeroPoints;
      const right = key.optionIds.filter((id, place) => answer.optionIds[place] === id).length;
      return partMarks(full, right, key.optionIds.length, parts);
    }
    case 'pairs': {
      if (answer.kind !== 'pairs') return zeroPoints;
      const chosen = new Map(answer.pairs.map((pair) => [pair.left, pair.right]));
      const right = key.pairs.filter((pair) => chosen.get(pair.left) === pair.right).length;
      return partMarks(full, right, key.pairs.length, parts);
    }
    case 'text':
      return zeroPoints;
    case 'choice': {
      if (answer.kind !== 'choice') return zeroPoints;
      const choice = {
        options: new Set(movableOptions(body).map((option) => option.id)),
        correct: new Set(key.optionIds),
        chosen: new Set(answer.optionIds),
        full,
      };
      return markChoice(choice, body.type === 'multiple' ? policy : { kind: 'all-or-nothing' });
    }
    default:
      return assertNever(key);
  }
}

/** `raw` of `full` on the scale of 100, in hundredths, floored. An empty paper has no score: 0. */
export function scaledScore(raw: Points, full: Points): Points {
  if (full <= 0) return zeroPoints;
  return hundredths(Number((BigInt(raw) * 10_000n) / BigInt(full)));
}

/** The whole sheet. The order of questions and of answers does not matter; a missing answer earns nothing. */
export function grade(
  questions: readonly GradedQuestion[],
  answers: ReadonlyMap<number, AnswerContent>,
  policy: MarkPolicy,
  blankRule: BlankRule,
): ScoreSheet {
  const marks = questions
    .map((question) => {
      const answer = answers.get(question.number);
      return {
        number: question.number,
        marks: markOf(question, answer, policy, blankRule),
        full: question.full,
        answered: !isOpen(answer),
      };
    })
    .toSorted((a, b) => a.number - b.number);
  const raw = hundredths(Math.max(0, sumPoints(marks.map((mark) => mark.marks))));
  const full = sumPoints(marks.map((mark) => mark.full));
  const waiting = questions
    .filter(({ number, body }) => manualTypes.includes(body.type) && !isOpen(answers.get(number)))
    .map((question) => question.number)
    .toSorted((a, b) => a - b);
  return { marks, raw, full, score: scaledScore(raw, full), waiting };
}
