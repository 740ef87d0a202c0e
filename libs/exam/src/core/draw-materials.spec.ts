import { isRefusal, marks, seededRng } from '@xuekao/kernel';
import { drawPaper } from './draw.js';
import { drawWithoutTwins } from './draw-twins.js';
import type { BlueprintSection, Paper, PoolQuestion } from './paper.js';

const about = (material: string | null, size: number, over: Partial<PoolQuestion> = {}): PoolQuestion[] =>
  Array.from({ length: size }, (_, i) => ({
    questionId: `${material ?? 'Q'}${i}`,
    versionId: `${material ?? 'Q'}${i}`,
    code: `${material ?? 'Q'}-${i + 1}`,
    type: i % 2 === 0 ? 'single' : 'short-answer',
    topic: '党章',
    difficulty: 2,
    factId: null,
    materialId: material,
    materialPlace: material === null ? null : i + 1,
    ...over,
  }));
const section = (over: Partial<BlueprintSection> = {}): BlueprintSection => ({
  name: '五、材料题',
  type: 'material',
  count: 2,
  marks: marks(3),
  ...over,
});
const pool = [
  ...about(null, 6, { type: 'single' }),
  ...about('M', 3),
  ...about('N', 2, { difficulty: 3 }),
  ...about('O', 4, { topic: '报告' }),
];
const draw = (sections: BlueprintSection[], from: readonly PoolQuestion[] = pool, seed = 's'): unknown => {
  const paper = drawPaper({ sections }, from, seededRng(seed));
  return isRefusal(paper) ? { refused: paper.code, ...paper.facts } : paper.items.map((item) => item.code);
};

describe('a section of materials', () => {
  it('takes materials of several types whole, and leaves none for the sections of one type', () => {
    const sections = [section({ name: '一、单选题', type: 'single', count: 6 }), section({ count: 3 })];
    for (let seed = 0; seed < 10; seed++) {
      const codes = draw(sections, pool, String(seed)) as string[];
      expect(codes.slice(0, 6).every((code) => code.startsWith('Q'))).toBe(true);
      expect(codes).toHaveLength(15);
    }
  });

  it('gives each question its marks', () => {
    const paper = drawPaper({ sections: [section({ count: 3 })] }, pool, seededRng('s')) as Paper;
    expect([paper.items.length, paper.full]).toEqual([9, 2700]);
    expect(new Set(paper.items.map((item) => item.sectionName))).toEqual(new Set(['五、材料题']));
  });

  it('takes so many of each difficulty, of a topic, and of a number of questions', () => {
    const mixed = draw([section({ mix: { 2: 1, 3: 1 }, topics: ['党章'] })]) as string[];
    expect(mixed.toSorted()).toEqual(['M-1', 'M-2', 'M-3', 'N-1', 'N-2']);
    expect(draw([section({ count: 1, questionsEach: 4 })])).toEqual(['O-1', 'O-2', 'O-3', 'O-4']);
  });

  it('takes what must come with its material, once, however many of its codes are named', () => {
    const codes = draw([section({ must: ['O-2', 'O-3'] })]) as string[];
    expect(codes.slice(0, 4)).toEqual(['O-1', 'O-2', 'O-3', 'O-4']);
    const beside = [section({ count: 1 }), section({ name: '一', type: 'single', count: 1, must: ['M-1'] })];
    expect(draw(beside)).toEqual({ refused: 'exam.paper.must-unfit', code: 'M-1', section: '一' });
    expect(draw([section({ must: ['Q-1'] })])).toMatchObject({ refused: 'exam.paper.must-unfit', code: 'Q-1' });
    expect(draw([section({ count: 1, must: ['M-1', 'N-1'] })])).toMatchObject({ refused: 'exam.paper.must-material' });
  });

  it('says which demand for materials the bank cannot meet, and by how many', () => {
    expect(draw([section({ count: 3, topics: ['党章'], questionsEach: 3 })])).toEqual({
      refused: 'exam.paper.too-few-materials',
      section: '五、材料题',
      type: '材料题（党章；每篇 3 题）',
      wanted: 3,
      found: 1,
      missing: 2,
    });
    const both = [section({ count: 1 }), section({ name: '一', type: 'single', count: 7 })];
    expect(draw(both)).toMatchObject({ refused: 'exam.paper.too-few-questions', section: '一', found: 6, missing: 1 });
  });

  it('says that materials ask for the same fact where that alone stands in the way', () => {
    const alike = [...about('M', 2), ...about('N', 2)].map((question) =>
      question.materialPlace === 1 ? { ...question, factId: 'f' } : question,
    );
    expect(draw([section()], alike)).toEqual({ refused: 'exam.paper.materials-alike', section: '五、材料题' });
  });

  it('refuses more questions than a paper holds', () => {
    const large = about('L', 301);
    expect(draw([section({ count: 1 })], large)).toMatchObject({ refused: 'exam.paper.count-invalid' });
    expect(draw([section({ count: 100, questionsEach: 4 })])).toMatchObject({ refused: 'exam.paper.count-invalid' });
    expect(draw([section({ questionsEach: 0 })])).toMatchObject({ refused: 'exam.paper.count-invalid' });
  });

  it('keeps its materials where a question on its own is alike, and takes another one instead', async () => {
    const sections = [section({ count: 3 }), section({ name: '一', type: 'single', count: 5 })];
    const alike = async (codes: readonly string[]) =>
      codes.includes('M-1') && codes.includes('Q-3') ? [['Q-3', 'M-1'] as const] : [];
    const paper = (await drawWithoutTwins({ sections }, pool, () => seededRng('s'), alike)) as Paper;
    const codes = paper.items.map((item) => item.code);
    expect(codes).toContain('M-1');
    expect(codes).not.toContain('Q-3');
  });

  it('gives every material about the same chance, however many questions it has', () => {
    const materials = ['A', 'B', 'C', 'D', 'E'].flatMap((name, i) => about(name, i + 1));
    const seen = new Map<string, number>();
    for (let seed = 0; seed < 1000; seed++) {
      for (const code of draw([section()], materials, String(seed)) as string[]) {
        if (code.endsWith('-1')) seen.set(code, (seen.get(code) ?? 0) + 1);
      }
    }
    const counts = [...seen.values()];
    expect(counts).toHaveLength(5);
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.5);
  });
});
