import { isRefusal, marks, seededRng } from '@xuekao/kernel';
import fc from 'fast-check';
import { drawPaper } from './draw.js';
import { paperByHand } from './paper.js';
import type { Blueprint, Paper, PoolQuestion } from './paper.js';

const pools = fc
  .array(
    fc.record({
      type: fc.constantFrom('single' as const, 'multiple' as const),
      topic: fc.constantFrom('党章', '报告'),
      difficulty: fc.integer({ min: 1, max: 3 }),
      fact: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
    }),
    { maxLength: 30 },
  )
  .map((rows) =>
    rows.map(({ fact, ...row }, i): PoolQuestion => ({
      ...row,
      questionId: `q${i}`,
      versionId: `v${i}`,
      code: `C${String(i).padStart(3, '0')}`,
      factId: fact === null ? null : `f${fact}`,
    })),
  );
const blueprints: fc.Arbitrary<Blueprint> = fc
  .array(
    fc.record({
      type: fc.constantFrom('single' as const, 'multiple' as const),
      count: fc.integer({ min: 1, max: 4 }),
      topics: fc.subarray(['党章', '报告']),
      difficulties: fc.subarray([1, 2, 3]),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((sections) => ({
    sections: sections.map((section, i) => ({ ...section, name: `第${i + 1}部分`, marks: marks(2) })),
  }));

const groupOf = (question: PoolQuestion): string => question.factId ?? question.questionId;

/** The largest number of places that can be filled, by trying everything: the referee of the draw. */
function mostFilled(blueprint: Blueprint, pool: readonly PoolQuestion[]): number {
  const places = blueprint.sections.flatMap((section) =>
    Array.from(
      { length: section.count },
      () =>
        new Set(
          pool
            .filter(
              (q) =>
                q.type === section.type &&
                (section.topics!.length === 0 || section.topics!.includes(q.topic)) &&
                (section.difficulties!.length === 0 || section.difficulties!.includes(q.difficulty)),
            )
            .map(groupOf),
        ),
    ),
  );
  let holders = new Map<string, number>();
  let filled = 0;
  for (const [place] of places.entries()) {
    const reached = new Map<string, number>();
    const queue = [place];
    let end: string | undefined;
    for (let from = queue.shift(); from !== undefined && end === undefined; from = queue.shift()) {
      for (const group of places[from]!) {
        if (reached.has(group)) continue;
        reached.set(group, from);
        const holder = holders.get(group);
        if (holder === undefined) {
          end = group;
          break;
        }
        queue.push(holder);
      }
    }
    if (end === undefined) continue;
    filled += 1;
    const placeOf = new Map([...holders].map(([group, holder]) => [holder, group]));
    holders = new Map(holders);
    for (let group: string | undefined = end; group !== undefined;) {
      const from: number = reached.get(group)!;
      const left = placeOf.get(from);
      holders.set(group, from);
      group = from === place ? undefined : left;
    }
  }
  return filled;
}

/** Pools with materials of one to three questions, of one type or several, some on facts that others have too. */
const materialPools = pools.chain((pool) =>
  fc
    .array(fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }), { minLength: pool.length, maxLength: pool.length })
    .map((materials) =>
      pool.map((question, i): PoolQuestion => ({
        ...question,
        materialId: materials[i] === null ? null : `m${materials[i]}`,
        materialPlace: materials[i] === null ? null : pool.length - i,
      })),
    ),
);

/** Whether some choice of whole materials leaves sections that the other questions fill, by trying every choice. */
function canBeWhole(blueprint: Blueprint, pool: readonly PoolQuestion[]): boolean {
  const materials = [...new Set(pool.flatMap((question) => question.materialId ?? []))];
  const tryFrom = (at: number, sections: Blueprint['sections'], rest: readonly PoolQuestion[]): boolean => {
    if (at === materials.length) {
      const open = { sections: sections.filter((section) => section.count > 0) };
      const total = open.sections.reduce((sum, section) => sum + section.count, 0);
      return (
        mostFilled(
          open,
          rest.filter((question) => !question.materialId),
        ) === total
      );
    }
    const about = rest.filter((question) => question.materialId === materials[at]);
    const others = rest.filter((question) => question.materialId !== materials[at]);
    const groups = new Set(about.map(groupOf));
    if (tryFrom(at + 1, sections, others)) return true;
    if (about.length === 0 || groups.size < about.length) return false;
    // A material that loses a question to a fact that came already cannot come whole.
    if (about.length < pool.filter((question) => question.materialId === materials[at]).length) return false;
    return sections.some((section, index) => {
      const fits = about.every(
        (q) =>
          q.type === section.type &&
          (section.topics!.length === 0 || section.topics!.includes(q.topic)) &&
          (section.difficulties!.length === 0 || section.difficulties!.includes(q.difficulty)),
      );
      if (!fits || section.count < about.length) return false;
      const left = sections.map((each, i) => (i === index ? { ...each, count: each.count - about.length } : each));
      return tryFrom(
        at + 1,
        left,
        others.filter((question) => !groups.has(groupOf(question))),
      );
    });
  };
  return tryFrom(0, blueprint.sections, pool);
}

describe('drawing materials', () => {
  it('takes each whole, together and in order, in one section, or not at all, and fails only where no choice will do', () => {
    fc.assert(
      fc.property(blueprints, materialPools, fc.string(), (blueprint, pool, seed) => {
        const paper = drawPaper(blueprint, pool, seededRng(seed));
        expect(isRefusal(paper)).toBe(!canBeWhole(blueprint, pool));
        if (isRefusal(paper)) {
          const total = blueprint.sections.reduce((sum, section) => sum + section.count, 0);
          const isTorn = mostFilled(blueprint, pool) === total;
          expect(paper.code).toBe(isTorn ? 'exam.paper.materials-whole' : 'exam.paper.too-few-questions');
          return;
        }
        const chosen = paper.items.map((item) => pool.find((question) => question.code === item.code)!);
        expect(new Set(chosen.map(groupOf)).size).toBe(chosen.length);
        for (const materialId of new Set(chosen.flatMap((question) => question.materialId ?? []))) {
          const about = pool
            .filter((question) => question.materialId === materialId)
            .toSorted((a, b) => a.materialPlace! - b.materialPlace!)
            .map((question) => question.code);
          const from = paper.items.findIndex((item) => item.code === about[0]);
          const run = paper.items.slice(from, from + about.length);
          expect(run.map((item) => item.code)).toEqual(about);
          expect(new Set(run.map((item) => item.section)).size).toBe(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for the same seed, whatever the order of the pool', () => {
    fc.assert(
      fc.property(blueprints, materialPools, fc.string(), (blueprint, pool, seed) => {
        const again = drawPaper(blueprint, seededRng(`other${seed}`).shuffle(pool), seededRng(seed));
        expect(again).toEqual(drawPaper(blueprint, pool, seededRng(seed)));
      }),
    );
  });
});

describe('drawing a paper', () => {
  it('fills every section exactly, repeats no question and no fact, and fits the filters', () => {
    fc.assert(
      fc.property(blueprints, pools, fc.string(), (blueprint, pool, seed) => {
        const paper = drawPaper(blueprint, pool, seededRng(seed));
        const total = blueprint.sections.reduce((sum, section) => sum + section.count, 0);
        if (isRefusal(paper)) {
          expect(paper.code).toBe('exam.paper.too-few-questions');
          expect(mostFilled(blueprint, pool)).toBeLessThan(total);
          return;
        }
        const chosen = paper.items.map((item) => pool.find((question) => question.questionId === item.questionId)!);
        expect(new Set(chosen.map(groupOf)).size).toBe(total);
        expect(paper.items.map((item) => item.number)).toEqual(chosen.map((_, i) => i + 1));
        for (const [i, item] of paper.items.entries()) {
          const section = blueprint.sections[item.section - 1]!;
          expect(chosen[i]!.type).toBe(section.type);
          if (section.topics!.length > 0) expect(section.topics).toContain(chosen[i]!.topic);
          if (section.difficulties!.length > 0) expect(section.difficulties).toContain(chosen[i]!.difficulty);
        }
        expect(paper.full).toBe(total * 200);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for the same seed, whatever the order of the pool', () => {
    fc.assert(
      fc.property(blueprints, pools, fc.string(), (blueprint, pool, seed) => {
        const again = drawPaper(blueprint, seededRng(`other${seed}`).shuffle(pool), seededRng(seed));
        expect(again).toEqual(drawPaper(blueprint, pool, seededRng(seed)));
      }),
    );
  });

  it('names the section that cannot be filled and by how many', () => {
    const pool: PoolQuestion[] = ['a', 'b', 'c'].map((code) => ({
      questionId: code,
      versionId: code,
      code,
      type: 'single',
      topic: '党章',
      difficulty: 1,
      factId: null,
    }));
    const sections = [
      { name: '一', type: 'single' as const, count: 2, marks: marks(2) },
      { name: '二', type: 'single' as const, count: 3, marks: marks(2) },
    ];
    expect(drawPaper({ sections }, pool, seededRng('x'))).toEqual({
      kind: 'refusal',
      code: 'exam.paper.too-few-questions',
      facts: { section: '二', type: '单选题', wanted: 3, found: 1, missing: 2 },
    });
  });

  it('gives every question of a cell about the same chance', () => {
    const pool: PoolQuestion[] = Array.from({ length: 10 }, (_, i) => ({
      questionId: `q${i}`,
      versionId: `v${i}`,
      code: `C${i}`,
      type: 'single',
      topic: '党章',
      difficulty: 1,
      factId: null,
    }));
    const seen = new Map<string, number>();
    for (let i = 0; i < 1000; i++) {
      const sections = [{ name: '一', type: 'single' as const, count: 4, marks: marks(1) }];
      const paper = drawPaper({ sections }, pool, seededRng(`s${i}`)) as Paper;
      for (const item of paper.items) seen.set(item.code, (seen.get(item.code) ?? 0) + 1);
    }
    const counts = [...seen.values()];
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.5);
  });
});

describe('a paper by hand', () => {
  const pool: PoolQuestion[] = (['single', 'single', 'multiple'] as const).map((type, i) => ({
    questionId: `q${i}`,
    versionId: `v${i}`,
    code: `C${i}`,
    type,
    topic: '党章',
    difficulty: 1,
    factId: null,
  }));
  it('keeps the chosen order and begins a section where the type changes', () => {
    const paper = paperByHand(
      ['C1', 'C0', 'C2'].map((code) => ({ code, marks: marks(5) })),
      pool,
    ) as Paper;
    expect(paper.items.map((item) => [item.code, item.section])).toEqual([
      ['C1', 1],
      ['C0', 1],
      ['C2', 2],
    ]);
    expect(paper.full).toBe(1500);
  });
  it('puts the questions of one material together, in their order and a section of their own', () => {
    const about = (code: string, place: number, type: PoolQuestion['type']): PoolQuestion => ({
      ...pool[0]!,
      questionId: code,
      versionId: code,
      code,
      type,
      materialId: 'm',
      materialPlace: place,
    });
    const paper = paperByHand(
      ['M2', 'C0', 'M1', 'C1'].map((code) => ({ code, marks: marks(5) })),
      [...pool, about('M1', 1, 'single'), about('M2', 2, 'blank')],
    ) as Paper;
    expect(paper.items.map((item) => [item.code, item.section, item.sectionName])).toEqual([
      ['M1', 1, '材料题'],
      ['M2', 1, '材料题'],
      ['C0', 2, '单选题'],
      ['C1', 2, '单选题'],
    ]);
  });
  it('takes the suggested marks of a question where none are given, and names one without', () => {
    const suggested = pool.map((question, i) => ({ ...question, suggestedMarks: i === 2 ? null : 250 }));
    const paper = paperByHand([{ code: 'C0' }, { code: 'C1', marks: marks(4) }], suggested) as Paper;
    expect(paper.items.map((item) => item.marks)).toEqual([250, 400]);
    expect(paperByHand([{ code: 'C2' }], suggested)).toMatchObject({ code: 'exam.paper.marks-missing' });
  });
  it.each([
    [['C1', 'C1'], 'exam.paper.question-repeated'],
    [['C9'], 'exam.paper.question-unknown'],
    [[], 'exam.paper.empty'],
  ])('refuses %j with %s', (codes, code) => {
    expect(
      paperByHand(
        codes.map((c) => ({ code: c, marks: marks(5) })),
        pool,
      ),
    ).toMatchObject({ code });
  });
});

describe('a drawn paper', () => {
  it('keeps the questions of one material together and in order inside their section', () => {
    const pool = Array.from({ length: 9 }, (_, i): PoolQuestion => ({
      questionId: `q${i}`,
      versionId: `v${i}`,
      code: `C${i}`,
      type: 'single',
      topic: '党章',
      difficulty: 1,
      factId: null,
      materialId: i % 3 === 0 ? 'm' : null,
      materialPlace: i % 3 === 0 ? 9 - i : null,
    }));
    const blueprint: Blueprint = { sections: [{ name: '一', type: 'single', count: 9, marks: marks(1) }] };
    for (let seed = 0; seed < 20; seed++) {
      const { items } = drawPaper(blueprint, pool, seededRng(String(seed))) as Paper;
      const codes = items.map((item) => item.code);
      const at = codes.indexOf('C6');
      expect(codes.slice(at, at + 3)).toEqual(['C6', 'C3', 'C0']);
      expect(items.map((item) => item.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });
});
