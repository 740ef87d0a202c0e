import type { QuestionBody } from '@xuekao/contracts';
import fc from 'fast-check';
import { attemptDto, attemptJson } from './taking.presenter.js';

const option = (id: string) => fc.record({ text: fc.string({ unit: 'grapheme' }) }).map(({ text }) => ({ id, text }));
const options = fc.tuple(option('a'), option('b'), option('c'), option('d')).map((all) => [...all]);
const base = {
  stem: fc.string({ unit: 'grapheme' }),
  material: fc.option(fc.constant({ id: 'm', versionId: 'mv', title: '材料', text: '"引"\\' }), { nil: undefined }),
};
const body = fc.oneof(
  fc.record({ ...base, type: fc.constantFrom('single', 'multiple', 'true-false', 'ordering'), options }),
  fc.record({ ...base, type: fc.constant('matching'), lefts: options, rights: options }),
  fc.record({ ...base, type: fc.constant('blank'), blanks: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ ...base, type: fc.constant('short-answer'), maxLength: fc.constant(200) }),
) as fc.Arbitrary<QuestionBody>;
const questions = fc.array(
  fc.record({
    body,
    section: fc.string(),
    marks: fc.integer({ min: 0, max: 10_000 }),
    optionIds: fc.shuffledSubarray(['a', 'b', 'c', 'd', 'gone']),
  }),
  { maxLength: 8 },
);

interface Drawn {
  readonly body: QuestionBody;
  readonly section: string;
  readonly marks: number;
  readonly optionIds: string[];
}

const viewOf = (drawn: readonly Drawn[], order: readonly number[], extraMs: number) => {
  const items = drawn.map(({ section, marks }, index) => ({
    number: index + 1,
    sectionName: section,
    marks,
    versionId: `v${index}`,
  }));
  const layout = order.map((index) => ({ number: index + 1, optionIds: drawn[index]!.optionIds }));
  return {
    attempt: { id: 'attempt', state: 'open', startedAt: 1, deadlineAt: 2, layout },
    exam: { id: 'exam', title: '"考试"', limitMinutes: 30 },
    extraMs,
    paper: { items, bodies: new Map(drawn.map(({ body: own }, index) => [`v${index}`, own])), bodyOf: () => undefined },
    answers: layout.slice(0, 2).map(({ number }) => ({
      number,
      content: { kind: 'choice', optionIds: ['a'] },
      clientSeq: 1,
      savedAt: 2,
      lateMs: 0,
    })),
    decided: [{ number: 1, kind: 'void', reason: '"印错"' }],
    serverNow: 3,
  } as unknown as Parameters<typeof attemptJson>[0];
};

describe('a paper as text', () => {
  it('is what the presenter gives, letter by letter, for every order', () => {
    const drawn = questions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()]), fc.constantFrom(0, 600_000)),
    );
    fc.assert(
      fc.property(drawn, ([all, order, extraMs]) => {
        const view = viewOf(all, order, extraMs);
        expect(attemptJson(view).toString()).toBe(JSON.stringify(attemptDto(view)));
      }),
    );
  });
});
