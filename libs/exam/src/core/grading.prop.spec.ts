import type { AnswerContent, QuestionBody } from '@xuekao/contracts';
import { inShownOrder, movableOptions } from '@xuekao/contracts';
import { hundredths, seededRng } from '@xuekao/kernel';
import fc from 'fast-check';
import { grade, scaledScore } from './grading.js';
import type { GradedQuestion, ScoreSheet } from './grading.js';
import { markChoice } from './mark-policy.js';
import type { MarkPolicy } from './mark-policy.js';
import { usualPolicies } from './marking-rules.js';

const bounded: MarkPolicy[] = [
  { kind: 'all-or-nothing' },
  { kind: 'part-without-wrong' },
  { kind: 'part-without-wrong', perOption: 50 },
  { kind: 'half-when-incomplete', round: 'down' },
  { kind: 'half-when-incomplete', round: 'up-to-whole' },
  { kind: 'option-fractions', weights: { denominator: 3, of: { a: 1, b: 2, c: -3 } } },
  { kind: 'mean-of-options', denominator: 2, right: 2, wrong: -1, open: 0 },
  { kind: 'every-decision' },
  { kind: 'halves' },
  { kind: 'plus-minus', right: 70, wrong: 30 },
  { kind: 'penalised', penalty: 'false2', floor: true },
];
const policies = fc.constantFrom(...bounded);
const optionIds = ['a', 'b', 'c', 'd', 'e'];
const fullMarks = fc.integer({ min: 1, max: 10_000 }).map(hundredths);

type Asked = Omit<GradedQuestion, 'policies'>;
const question = (number: number): fc.Arbitrary<{ question: Asked; answer: AnswerContent | undefined }> =>
  fc
    .record({
      type: fc.constantFrom('single', 'multiple', 'blank'),
      correct: fc.subarray(optionIds, { minLength: 1 }),
      chosen: fc.subarray(optionIds),
      texts: fc.array(fc.constantFrom('甲', '乙', ''), { minLength: 2, maxLength: 2 }),
      full: fullMarks,
      open: fc.boolean(),
    })
    .map(({ type, correct, chosen, texts, full, open }) => {
      const body: QuestionBody =
        type === 'blank'
          ? { type, stem: '题', blanks: 2 }
          : { type: type as 'single', stem: '题', options: optionIds.map((id) => ({ id, text: id })) };
      const key =
        type === 'blank'
          ? { kind: 'blank' as const, accepted: [['甲'], ['乙']] }
          : { kind: 'choice' as const, optionIds: type === 'single' ? correct.slice(0, 1) : correct };
      const content: AnswerContent =
        type === 'blank'
          ? { kind: 'blank', texts }
          : { kind: 'choice', optionIds: type === 'single' ? chosen.slice(0, 1) : chosen };
      return { question: { number, body, key, full }, answer: open ? undefined : content };
    });

const sheets = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => question(i + 1))));
const exact = (accepted: readonly string[], given: string): boolean => accepted.includes(given);

function answersOf(
  items: readonly { question: Asked; answer: AnswerContent | undefined }[],
): Map<number, AnswerContent> {
  return new Map(items.flatMap(({ question: { number }, answer }) => (answer ? [[number, answer] as const] : [])));
}

function sheetOf(
  items: readonly { question: Asked; answer: AnswerContent | undefined }[],
  multiple: MarkPolicy,
): ScoreSheet {
  const questions = items.map((item) => ({ ...item.question, policies: { ...usualPolicies, multiple } }));
  return grade(questions, answersOf(items), exact);
}

describe('marking', () => {
  it('never gives less than 0 nor more than the full mark', () => {
    fc.assert(
      fc.property(sheets, policies, (items, policy) => {
        const sheet = sheetOf(items, policy);
        for (const mark of sheet.marks) {
          expect(mark.marks).toBeGreaterThanOrEqual(0);
          expect(mark.marks).toBeLessThanOrEqual(mark.full);
        }
        expect(sheet.score).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  it('does not depend on the order of questions, options or answers', () => {
    fc.assert(
      fc.property(sheets, policies, fc.string(), (items, policy, seed) => {
        const rng = seededRng(seed);
        const shuffled = rng.shuffle(items).map(({ question: q, answer }) => ({
          question: {
            ...q,
            body: inShownOrder(q.body, rng.shuffle(movableOptions(q.body).map((option) => option.id))),
          },
          answer: answer?.kind === 'choice' ? { ...answer, optionIds: rng.shuffle(answer.optionIds) } : answer,
        }));
        expect(sheetOf(shuffled, policy)).toEqual(sheetOf(items, policy));
      }),
    );
  });

  it('gives the whole mark for the whole key, whatever the policy of right answers', () => {
    const generous = fc.constantFrom<MarkPolicy>(
      { kind: 'all-or-nothing' },
      { kind: 'part-without-wrong' },
      { kind: 'half-when-incomplete', round: 'down' },
      { kind: 'every-decision' },
      { kind: 'halves' },
      { kind: 'penalised', penalty: 'all', floor: true },
    );
    fc.assert(
      fc.property(fc.subarray(optionIds, { minLength: 1 }), fullMarks, generous, (correct, full, policy) => {
        const choice = { options: new Set(optionIds), correct: new Set(correct), chosen: new Set(correct), full };
        expect(markChoice(choice, policy)).toBe(full);
      }),
    );
  });

  it('says 80 only to who reached 80 exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(20_000), (full, part) => {
        const raw = Math.min(part, full);
        expect(scaledScore(hundredths(raw), hundredths(full)) >= 8000).toBe(raw * 100 >= full * 80);
      }),
    );
  });
});
