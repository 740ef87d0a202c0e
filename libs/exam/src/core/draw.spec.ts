import { isRefusal, marks, seededRng } from '@xuekao/kernel';
import fc from 'fast-check';
import { drawPaper } from './draw.js';
import { drawWithoutTwins } from './draw-twins.js';
import type { Blueprint, BlueprintSection, Paper, PoolQuestion } from './paper.js';

const pool = Array.from({ length: 30 }, (_, i): PoolQuestion => ({
  questionId: `q${i}`,
  versionId: `v${i}`,
  code: `C${String(i).padStart(2, '0')}`,
  type: i % 5 === 4 ? 'multiple' : 'single',
  topic: i % 2 === 0 ? '党章' : '报告',
  difficulty: 1 + (i % 3),
  factId: i >= 24 ? 'f1' : null,
}));
const section = (over: Partial<BlueprintSection> = {}): BlueprintSection => ({
  name: '一、单选题',
  type: 'single',
  count: 6,
  marks: marks(2),
  ...over,
});
const drawn = (blueprint: Blueprint, seed = 's'): Paper => {
  const paper = drawPaper(blueprint, pool, seededRng(seed));
  if (isRefusal(paper)) throw new Error(`${paper.code} ${JSON.stringify(paper.facts)}`);
  return paper;
};
const codesOf = (paper: Paper): string[] => paper.items.map((item) => item.code);
const refusalOf = (blueprint: Blueprint): unknown => drawPaper(blueprint, pool, seededRng('s'));

describe('a blueprint', () => {
  it('puts in what must come and leaves out what must not, whatever the seed', () => {
    fc.assert(
      fc.property(
        fc.subarray(['C00', 'C01', 'C02', 'C05', 'C25'], { maxLength: 4 }),
        fc.subarray(['C03', 'C06', 'C07', 'C26']),
        fc.string(),
        (must, mustNot, seed) => {
          const codes = codesOf(drawn({ sections: [section({ must })], mustNot }, seed));
          expect(codes).toEqual(expect.arrayContaining(must));
          expect(codes.filter((code) => mustNot.includes(code))).toEqual([]);
          expect(new Set(codes).size).toBe(6);
        },
      ),
    );
  });

  it('takes exactly so many of each difficulty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 2 }), fc.string(), (easy, hard, seed) => {
        const mix = { 1: easy, 2: 6 - easy - hard, 3: hard };
        const levels = drawn({ sections: [section({ mix })] }, seed).items.map(
          (item) => pool.find((question) => question.code === item.code)!.difficulty,
        );
        expect([1, 2, 3].map((level) => levels.filter((each) => each === level).length)).toEqual(Object.values(mix));
      }),
    );
  });

  it('moves what it drew to make room for what must come', () => {
    // Only C00 and C06 are easy singles about 党章 among these four.
    const few = pool.filter(({ code }) => ['C00', 'C06', 'C02', 'C08'].includes(code));
    const sections = [section({ count: 1, difficulties: [1] }), section({ name: '二', count: 1, must: ['C00'] })];
    const paper = drawPaper({ sections }, few, seededRng('x')) as Paper;
    expect(codesOf(paper)).toEqual(['C06', 'C00']);
  });

  it.each<[string, Blueprint, object]>([
    ['a code nobody has', { sections: [section({ must: ['X'] })] }, { code: 'exam.paper.question-unknown' }],
    [
      'a code that does not fit',
      { sections: [section({ must: ['C04'] })] },
      { code: 'exam.paper.must-unfit', facts: { code: 'C04', section: '一、单选题' } },
    ],
    [
      'two on one fact',
      { sections: [section({ must: ['C25', 'C26'] })] },
      { code: 'exam.paper.must-twins', facts: { code: 'C26', other: 'C25' } },
    ],
    [
      'a code that is barred as well',
      { sections: [section({ must: ['C00'] })], mustNot: ['C00'] },
      { code: 'exam.paper.must-barred' },
    ],
    [
      'more than there are places',
      { sections: [section({ count: 1, must: ['C00', 'C01'] })] },
      { code: 'exam.paper.must-too-many' },
    ],
    [
      'more of a difficulty than its share',
      { sections: [section({ count: 2, mix: { 1: 1, 2: 1 }, must: ['C00', 'C03'] })] },
      { code: 'exam.paper.must-too-many' },
    ],
    [
      'a mix that does not add up',
      { sections: [section({ mix: { 1: 2 } })] },
      { code: 'exam.paper.mix-invalid', facts: { section: '一、单选题', wanted: 6, found: 2 } },
    ],
    [
      'a difficulty the bank lacks, by name and number',
      { sections: [section({ count: 20, topics: ['党章'], mix: { 1: 1, 3: 19 } })] },
      {
        code: 'exam.paper.too-few-questions',
        facts: { type: '单选题（党章；难）', wanted: 19, found: 4, missing: 15 },
      },
    ],
  ])('refuses %s', (_, blueprint, wanted) => {
    expect(refusalOf(blueprint)).toMatchObject(wanted);
  });
});

describe('near twins', () => {
  const twins: readonly (readonly [string, string])[] = [
    ['C00', 'C01'],
    ['C02', 'C03'],
  ];
  const among = async (codes: readonly string[]) => twins.filter((pair) => pair.every((code) => codes.includes(code)));
  const blueprint = { sections: [section({ count: 12, must: ['C01', 'C02'] })] };

  it('do not come together, and what must come stays', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const paper = (await drawWithoutTwins(blueprint, pool, () => seededRng(`s${seed}`), among)) as Paper;
      const codes = codesOf(paper);
      expect(codes).toEqual(expect.arrayContaining(['C01', 'C02']));
      expect(codes).not.toContain('C00');
      expect(codes).not.toContain('C03');
    }
  });

  it('are named where the pool has nothing else', async () => {
    const all = async (codes: readonly string[]) => codes.slice(1).map((code) => [codes[0]!, code] as const);
    const paper = await drawWithoutTwins({ sections: [section({ count: 20 })] }, pool, () => seededRng('s'), all);
    expect(paper).toMatchObject({ code: 'exam.paper.too-few-questions' });
  });
});

describe('materials in a draw', () => {
  const about = (material: string, size: number, over: Partial<PoolQuestion> = {}): PoolQuestion[] =>
    Array.from({ length: size }, (_, i) => ({
      ...pool[0]!,
      questionId: `${material}${i}`,
      versionId: `${material}${i}`,
      code: `${material}-${i + 1}`,
      materialId: material,
      materialPlace: i + 1,
      ...over,
    }));
  const draw = (blueprint: Blueprint, questions: readonly PoolQuestion[], seed = 's'): unknown => {
    const paper = drawPaper(blueprint, questions, seededRng(seed));
    return isRefusal(paper) ? { refused: paper.code, ...paper.facts } : codesOf(paper);
  };
  const six = { sections: [section()] };

  it('come whole with a code that must come, after the other questions', () => {
    const codes = draw({ sections: [section({ must: ['M-2'] })] }, [...pool, ...about('M', 3)]) as string[];
    expect(codes.slice(3)).toEqual(['M-1', 'M-2', 'M-3']);
  });

  it('are barred whole with one of their codes', () => {
    const codes = draw({ ...six, mustNot: ['M-2'] }, [...about('M', 3), ...about('N', 3), ...about('O', 3)]);
    expect((codes as string[]).toSorted()).toEqual(['N-1', 'N-2', 'N-3', 'O-1', 'O-2', 'O-3']);
    const both = { sections: [section({ must: ['M-1'] })], mustNot: ['M-2'] };
    expect(draw(both, [...pool, ...about('M', 3)])).toMatchObject({ refused: 'exam.paper.must-barred' });
  });

  it('are named where the count cannot be met without taking them apart', () => {
    expect(draw(six, [...about('M', 4), ...about('N', 5)])).toEqual({
      refused: 'exam.paper.materials-whole',
      section: '一、单选题',
      type: '单选题',
      wanted: 6,
      found: expect.any(Number),
      missing: expect.any(Number),
      materials: 2,
      questions: 9,
    });
    expect(draw(six, about('M', 4))).toMatchObject({ refused: 'exam.paper.too-few-questions', found: 4 });
  });

  it('do not come into a section of one type with questions of another', () => {
    const mixed = [
      ...about('M', 2),
      ...about('M', 1, { questionId: 'x', code: 'M-9', type: 'multiple', materialPlace: 9 }),
    ];
    for (let seed = 0; seed < 10; seed++) {
      expect((draw(six, [...pool, ...mixed], String(seed)) as string[]).filter((code) => code.startsWith('M'))).toEqual(
        [],
      );
    }
    expect(draw({ sections: [section({ must: ['M-1'] })] }, [...pool, ...mixed])).toEqual({
      refused: 'exam.paper.must-material',
      code: 'M-1',
      section: '一、单选题',
      questions: 3,
    });
  });

  it('are drawn about as often as other questions', () => {
    const questions = [
      ...pool.filter(({ type, factId }) => type === 'single' && !factId),
      ...about('M', 3),
      ...about('N', 3),
    ];
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 1500; seed++) {
      for (const code of draw(six, questions, String(seed)) as string[]) seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    expect(seen.size).toBe(questions.length);
    const counts = [...seen.values()];
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.5);
  });

  it('may ask nearly the same twice in themselves', async () => {
    const alike = async (codes: readonly string[]) => (codes.includes('M-1') ? [['M-1', 'M-2'] as const] : []);
    const paper = await drawWithoutTwins(six, [...about('M', 3), ...about('N', 3)], () => seededRng('s'), alike);
    expect(isRefusal(paper)).toBe(false);
  });
});
