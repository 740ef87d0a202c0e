import { isRefusal, marks, seededRng } from '@xuekao/kernel';
import fc from 'fast-check';
import { drawPaper } from './draw.js';
import { groupOf } from './draw-cells.js';
import type { Blueprint, BlueprintSection, PoolQuestion } from './paper.js';

const topics = ['党章', '报告'];

const questions = fc.record({
  type: fc.constantFrom('single' as const, 'blank' as const),
  topic: fc.constantFrom(...topics),
  difficulty: fc.integer({ min: 1, max: 3 }),
  fact: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null, freq: 2 }),
});
/** A few questions on their own and up to five materials with one to three questions of any types. */
const pools = fc
  .record({
    alone: fc.array(questions, { maxLength: 6 }),
    materials: fc.array(fc.array(questions, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 }),
  })
  .map(({ alone, materials }): PoolQuestion[] =>
    [
      ...alone.map((question) => ({ question, materialId: null, materialPlace: null })),
      ...materials.flatMap((about, m) =>
        about.map((question, place) => ({ question, materialId: `m${m}`, materialPlace: about.length - place })),
      ),
    ].map(({ question: { fact, ...question }, ...material }, i) => ({
      ...question,
      ...material,
      questionId: `q${i}`,
      versionId: `v${i}`,
      code: `C${String(i).padStart(2, '0')}`,
      factId: fact === null ? null : `f${fact}`,
    })),
  );
const sections: fc.Arbitrary<BlueprintSection> = fc
  .record({
    type: fc.constantFrom('material' as const, 'material' as const, 'single' as const),
    count: fc.integer({ min: 1, max: 2 }),
    questionsEach: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 2 }),
    topics: fc.subarray(topics),
    difficulties: fc.subarray([1, 2, 3]),
    points: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ questionsEach, points, ...section }) => ({
    ...section,
    name: section.type,
    marks: marks(points),
    ...(section.type === 'material' && questionsEach !== undefined ? { questionsEach } : {}),
  }));
const blueprints: fc.Arbitrary<Blueprint> = fc
  .array(sections, { minLength: 1, maxLength: 3 })
  .filter((all) => all.some(({ type }) => type === 'material'))
  .map((all) => ({ sections: all.map((section, i) => ({ ...section, name: `第${i + 1}部分` })) }));

const aboutOf = (pool: readonly PoolQuestion[], materialId: string): PoolQuestion[] =>
  pool.filter((question) => question.materialId === materialId).toSorted((a, b) => a.materialPlace! - b.materialPlace!);
const inTopics = ({ topics: wanted = [] }: BlueprintSection, all: readonly PoolQuestion[]): boolean =>
  wanted.length === 0 || all.every(({ topic }) => wanted.includes(topic));
const isAsHard = ({ difficulties = [] }: BlueprintSection, all: readonly PoolQuestion[]): boolean =>
  difficulties.length === 0 ||
  difficulties.includes(Math.round(all.reduce((sum, { difficulty }) => sum + difficulty, 0) / all.length));
const suits = (section: BlueprintSection, all: readonly PoolQuestion[]): boolean =>
  inTopics(section, all) &&
  isAsHard(section, all) &&
  (section.questionsEach === undefined || section.questionsEach === all.length);

/** Whether the places can be filled at all, by trying everything: the referee of the draw. */
function canBeMet({ sections: wanted }: Blueprint, pool: readonly PoolQuestion[]): boolean {
  const units = [
    ...pool.filter((question) => !question.materialId).map((question) => ({ isMaterial: false, all: [question] })),
    ...[...new Set(pool.flatMap(({ materialId }) => materialId ?? []))].map((id) => ({
      isMaterial: true,
      all: aboutOf(pool, id),
    })),
  ];
  const places = wanted.flatMap((section) => Array<BlueprintSection>(section.count).fill(section));
  const fill = (at: number, groups: ReadonlySet<string>): boolean => {
    const section = places[at];
    if (!section) return true;
    return units.some(({ isMaterial, all }) => {
      if (isMaterial !== (section.type === 'material')) return false;
      if (!isMaterial && all[0]!.type !== section.type) return false;
      const own = new Set(all.map(groupOf));
      if (!suits(section, all) || own.size < all.length || [...own].some((group) => groups.has(group))) return false;
      return fill(at + 1, new Set([...groups, ...own]));
    });
  };
  return fill(0, new Set());
}

describe('a section of materials', () => {
  it('holds exactly so many whole materials, each in its order, with its marks, and fails only where nothing will do', () => {
    let [drawn, refused] = [0, 0];
    fc.assert(
      fc.property(blueprints, pools, fc.string(), (blueprint, pool, seed) => {
        const paper = drawPaper(blueprint, pool, seededRng(seed));
        expect(isRefusal(paper)).toBe(!canBeMet(blueprint, pool));
        if (isRefusal(paper)) {
          refused += 1;
          expect(paper.code).toMatch(/^exam\.paper\.(?:too-few-(?:materials|questions)|materials-alike)$/u);
          return;
        }
        drawn += 1;
        const questionOf = new Map(pool.map((question) => [question.code, question]));
        const chosen = paper.items.map((item) => ({ item, question: questionOf.get(item.code)! }));
        expect(new Set(chosen.map(({ question }) => groupOf(question))).size).toBe(chosen.length);
        for (const [index, section] of blueprint.sections.entries()) {
          const own = chosen.filter(({ item }) => item.section === index + 1);
          expect(own.every(({ item }) => item.marks === section.marks)).toBe(true);
          if (section.type !== 'material') {
            expect(own.map(({ question }) => question.materialId)).toEqual(Array(section.count).fill(null));
            continue;
          }
          const ids = [...new Set(own.map(({ question }) => question.materialId!))];
          expect(ids).toHaveLength(section.count);
          expect(own.map(({ question }) => question.code)).toEqual(
            ids.flatMap((id) => aboutOf(pool, id).map(({ code }) => code)),
          );
          expect(ids.every((id) => suits(section, aboutOf(pool, id)))).toBe(true);
        }
        expect(paper.full).toBe(paper.items.reduce((sum, item) => sum + item.marks, 0));
      }),
      { numRuns: 600 },
    );
    expect(Math.min(drawn, refused)).toBeGreaterThan(10);
  });

  it('is the same for the same seed, whatever the order of the pool', () => {
    fc.assert(
      fc.property(blueprints, pools, fc.string(), (blueprint, pool, seed) => {
        const again = drawPaper(blueprint, seededRng(`other${seed}`).shuffle(pool), seededRng(seed));
        expect(again).toEqual(drawPaper(blueprint, pool, seededRng(seed)));
      }),
    );
  });
});
