import fc from 'fast-check';
import type { QuestionRow } from '../../bank/bank.api.js';
import {
  commonPoints,
  type HandQuestion,
  handSections,
  marksAdvice,
  mostQuestions,
  picksOf,
  pointsOf,
  withAdded,
  withMoved,
  withoutPoints,
} from './hand-form.js';

const row = (code: string, over: Partial<QuestionRow> = {}): QuestionRow => ({
  id: code,
  code,
  type: 'single',
  topic: '党章',
  difficulty: 1,
  suggestedMarks: 200,
  state: 'published',
  isPublished: true,
  entryKey: null,
  isRetired: false,
  retiredReason: null,
  recheck: null,
  body: { type: 'single', stem: `题干${code}`, options: [] },
  version: 1,
  updatedAt: 0,
  ...over,
});
const about = (code: string, id: string, materialPlace: number): QuestionRow =>
  row(code, {
    materialId: id,
    materialPlace,
    body: { type: 'single', stem: code, options: [], material: { id, versionId: id, title: `材料${id}`, text: '' } },
  });
const chosen = (...rows: QuestionRow[]): HandQuestion[] => withAdded([], rows).chosen;

describe('a paper by hand', () => {
  it('makes sections by type in the order of the file, and keeps the questions of a material together', () => {
    const picked = chosen(
      row('A1'),
      row('J1', { type: 'true-false' }),
      about('M2', 'm', 2),
      about('N1', 'n', 1),
      row('A2'),
      about('M1', 'm', 1),
    );
    expect(
      handSections(picked).map(({ name, first, questions }) => [name, first, questions.map((q) => q.code)]),
    ).toEqual([
      ['单选题', 1, ['A1', 'A2']],
      ['判断题', 3, ['J1']],
      ['材料题', 4, ['M1', 'M2', 'N1']],
    ]);
    expect(picksOf(picked).map((pick) => pick.code)).toEqual(['A1', 'A2', 'J1', 'M1', 'M2', 'N1']);
    expect(handSections(withMoved(picked, '材料题', -1)).map(({ name }) => name)).toEqual([
      '单选题',
      '材料题',
      '判断题',
    ]);
  });

  it('leaves out what nobody published, what is retired, what is there and what is too much, and counts each', () => {
    const before = chosen(row('A1'));
    const rows = [row('A1'), row('A2'), row('A3', { isPublished: false }), row('A4', { isRetired: true })];
    expect(withAdded(before, rows)).toMatchObject({ added: 1, known: 1, unusable: 2, beyond: 0 });
    const many = Array.from({ length: mostQuestions + 5 }, (_, at) => row(`B${at}`));
    expect(withAdded(before, many)).toMatchObject({ added: mostQuestions - 1, beyond: 6 });
  });

  it('takes the marks of the file, and says where they differ, are missing or were changed', () => {
    const even = chosen(row('A1'), row('A2'));
    expect(marksAdvice(even)).toEqual({ suggestions: [{ marks: 200, count: 2 }], without: 0, isFollowed: true });
    expect([commonPoints(even), pointsOf(even)]).toEqual([2, 4]);
    const changed = even.map((question) => ({ ...question, points: 3 }));
    expect(marksAdvice(changed).isFollowed).toBe(false);
    const odd = chosen(row('A1'), row('A2'), row('A3', { suggestedMarks: 550 }), row('A4', { suggestedMarks: null }));
    expect(marksAdvice(odd)).toEqual({
      suggestions: [
        { marks: 200, count: 2 },
        { marks: 550, count: 1 },
      ],
      without: 1,
      isFollowed: true,
    });
    expect([commonPoints(odd), pointsOf(odd), withoutPoints(odd)]).toEqual([null, 9.5, 1]);
    expect(marksAdvice(chosen(row('A4', { suggestedMarks: null }))).isFollowed).toBe(false);
  });

  it('sends every question once, whatever was added and moved', () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('single', 'multiple', 'blank'), fc.integer({ max: 3 })),
    );
    fc.assert(
      fc.property(rows, fc.array(fc.constantFrom('单选题', '多选题', '材料题')), (specs, moves) => {
        let picked = chosen(
          ...specs.map(([n, type, m]) =>
            m > 0 ? about(`M${n}`, `m${m}`, n) : row(`Q${n}`, { type: type as 'single' }),
          ),
        );
        const codes = picked.map((each) => each.code);
        for (const name of moves) picked = withMoved(picked, name, -1);
        expect(
          picksOf(picked)
            .map(({ code }) => code)
            .toSorted(),
        ).toEqual(codes.toSorted());
        expect(new Set(codes).size).toBe(picked.length);
      }),
    );
  });
});
