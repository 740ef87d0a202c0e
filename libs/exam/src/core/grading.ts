import type { AnswerContent, QuestionBody } from '@xuekao/contracts';
import { hundredths, sumPoints, zeroPoints } from '@xuekao/kernel';
import type { Points } from '@xuekao/kernel';
import { markChoice } from './mark-policy.js';
import type { MarkPolicy } from './mark-policy.js';

/** The key of a pinned question version, as the bank gives it to the server. */
export type AnswerKey =
  | { readonly kind: 'choice'; readonly optionIds: readonly string[] }
  | { readonly kind: 'blank'; readonly accepted: readonly (readonly string[])[] };

export interface GradedQuestion {
  readonly number: number;
  readonly body: QuestionBody;
  readonly key: AnswerKey;
  readonly full: Points;
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
}

/** Whether a written answer says one of the accepted wordings; the bank's rule, given from outside. */
export type BlankRule = (accepted: readonly string[], given: string) => boolean;

export function isOpen(answer: AnswerContent | undefined): boolean {
  if (!answer) return true;
  return answer.kind === 'choice' ? answer.optionIds.length === 0 : answer.texts.every((text) => text.trim() === '');
}

/** Marks of one answer, 0 to full. Every blank carries the same share; the policy is for multiple choice alone. */
export function markOf(
  { body, key, full }: GradedQuestion,
  answer: AnswerContent | undefined,
  policy: MarkPolicy,
  blankRule: BlankRule,
): Points {
  if (!answer || isOpen(answer)) return zeroPoints;
  if (key.kind === 'blank') {
    if (answer.kind !== 'blank') return zeroPoints;
    const right = key.accepted.filter((accepted, index) => blankRule(accepted, answer.texts[index] ?? '')).length;
    return hundredths(Math.floor((full * right) / key.accepted.length));
  }
  if (answer.kind !== 'choice' || body.type === 'blank') return zeroPoints;
  const choice = {
    options: new Set(body.options.map((option) => option.id)),
    correct: new Set(key.optionIds),
    chosen: new Set(answer.optionIds),
    full,
  };
  return markChoice(choice, body.type === 'multiple' ? policy : { kind: 'all-or-nothing' });
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
  return { marks, raw, full, score: scaledScore(raw, full) };
}
