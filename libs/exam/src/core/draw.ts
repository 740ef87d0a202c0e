import { difficulties as difficultyNames, questionTypes } from '@xuekao/contracts';
import type { Difficulty } from '@xuekao/contracts';
import { isRefusal, refuse, sumPoints } from '@xuekao/kernel';
import type { Refusal, Rng } from '@xuekao/kernel';
import { Matching } from './matching.js';
import { itemOf, mostQuestions, together } from './paper.js';
import type { Blueprint, BlueprintSection, Paper, PoolQuestion } from './paper.js';

/** Places of one section with the same demand: the whole section, or one difficulty of its mix. */
interface Cell {
  readonly section: number;
  readonly count: number;
  readonly difficulty: number | null;
}

function mixOf({ mix }: BlueprintSection): [number, number][] {
  return Object.entries(mix ?? {}).map(([difficulty, count]) => [Number(difficulty), count]);
}

function sectionRefusal(section: BlueprintSection): Refusal | undefined {
  const { name, count, marks, must = [] } = section;
  if (!Number.isSafeInteger(count) || count < 1 || count > mostQuestions) {
    return refuse('exam.paper.count-invalid', { section: name, most: mostQuestions });
  }
  if (!Number.isSafeInteger(marks) || marks <= 0) return refuse('exam.paper.marks-invalid', { section: name });
  const mix = mixOf(section);
  const isWhole = mix.every(([level, part]) => level in difficultyNames && Number.isSafeInteger(part) && part >= 0);
  const sum = mix.reduce((total, [, part]) => total + part, 0);
  if (section.mix && (!isWhole || sum !== count)) {
    return refuse('exam.paper.mix-invalid', { section: name, wanted: count, found: sum });
  }
  if (must.length > count) {
    return refuse('exam.paper.must-too-many', { section: name, wanted: must.length, places: count });
  }
  return undefined;
}

function blueprintRefusal({ sections, mustNot = [] }: Blueprint): Refusal | undefined {
  if (sections.length === 0) return refuse('exam.paper.empty');
  const total = sections.reduce((sum, section) => sum + section.count, 0);
  if (total > mostQuestions) return refuse('exam.paper.count-invalid', { section: '全卷', most: mostQuestions });
  for (const section of sections) {
    const refusal = sectionRefusal(section);
    if (refusal) return refusal;
  }
  const wanted = sections.flatMap((section) => section.must ?? []);
  const repeated = wanted.find((code, index) => wanted.indexOf(code) !== index);
  if (repeated !== undefined) return refuse('exam.paper.question-repeated', { code: repeated });
  const barred = wanted.find((code) => mustNot.includes(code));
  return barred === undefined ? undefined : refuse('exam.paper.must-barred', { code: barred });
}

function cellsOf({ sections }: Blueprint): Cell[] {
  return sections.flatMap((section, index): Cell[] =>
    section.mix
      ? mixOf(section)
          .filter(([, count]) => count > 0)
          .map(([difficulty, count]) => ({ section: index, count, difficulty }))
      : [{ section: index, count: section.count, difficulty: null }],
  );
}

function fits(section: BlueprintSection, { difficulty }: Cell, question: PoolQuestion): boolean {
  const { topics = [], difficulties = [] } = section;
  return (
    question.type === section.type &&
    (topics.length === 0 || topics.includes(question.topic)) &&
    (difficulty === null
      ? difficulties.length === 0 || difficulties.includes(question.difficulty)
      : question.difficulty === difficulty)
  );
}

const groupOf = (question: PoolQuestion): string => question.factId ?? question.questionId;

interface Demand {
  /** The question that each wanted code names, with its section. */
  readonly wanted: ReadonlyMap<string, { readonly question: PoolQuestion; readonly section: number }>;
}

/** Resolves the codes that must come: by the group of near twins they stand for. */
function demandOf({ sections }: Blueprint, pool: readonly PoolQuestion[], cells: readonly Cell[]): Demand | Refusal {
  const byCode = new Map(pool.map((question) => [question.code, question]));
  const wanted = new Map<string, { question: PoolQuestion; section: number }>();
  for (const [section, { name, must = [] }] of sections.entries()) {
    for (const code of must) {
      const question = byCode.get(code);
      if (!question) return refuse('exam.paper.question-unknown', { code });
      const isFit = cells.some((cell) => cell.section === section && fits(sections[section]!, cell, question));
      if (!isFit) return refuse('exam.paper.must-unfit', { code, section: name });
      const twin = wanted.get(groupOf(question));
      if (twin) return refuse('exam.paper.must-twins', { code, other: twin.question.code });
      wanted.set(groupOf(question), { question, section });
    }
  }
  return { wanted };
}

/** For each cell the groups of near twins that may fill it, with their questions in drawn order. */
function choicesOf(
  { sections }: Blueprint,
  drawn: readonly PoolQuestion[],
  cells: readonly Cell[],
  { wanted }: Demand,
): Map<string, PoolQuestion[]>[] {
  return cells.map((cell) => {
    const groups = new Map<string, PoolQuestion[]>();
    for (const question of drawn) {
      const must = wanted.get(groupOf(question));
      const isBound = must !== undefined && (must.question.code !== question.code || must.section !== cell.section);
      if (isBound || !fits(sections[cell.section]!, cell, question)) continue;
      groups.set(groupOf(question), [...(groups.get(groupOf(question)) ?? []), question]);
    }
    return groups;
  });
}

/** `单选题（党章、十九大报告；难）`: what a cell asks for, in words. */
function demandText({ type, topics = [], difficulties = [] }: BlueprintSection, { difficulty }: Cell): string {
  const levels = (difficulty === null ? difficulties : [difficulty]).map((each) => difficultyNames[each as Difficulty]);
  const limits = [topics.join('、'), levels.join('、')].filter((text) => text !== '').join('；');
  return limits === '' ? questionTypes[type].name : `${questionTypes[type].name}（${limits}）`;
}

/**
 * Draws a paper from the pool: no question twice, no two on the same fact, each code that must come in its section, none
 * that must not. The same blueprint, pool (in any order) and seed give the same paper. Where it cannot be done the refusal
 * names the first demand that fails, given those before it, and by how many.
 */
export function drawPaper(blueprint: Blueprint, pool: readonly PoolQuestion[], rng: Rng): Paper | Refusal {
  const invalid = blueprintRefusal(blueprint);
  if (invalid) return invalid;
  const barred = new Set(blueprint.mustNot);
  const ordered = pool
    .filter((question) => !barred.has(question.code))
    .toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const cells = cellsOf(blueprint);
  const demand = demandOf(blueprint, ordered, cells);
  if (isRefusal(demand)) return demand;
  const choices = choicesOf(blueprint, rng.shuffle(ordered), cells, demand);
  const cellOfPlace = cells.flatMap((cell, index) => Array<number>(cell.count).fill(index));
  const groups = choices.map((cell) => [...cell.keys()]);
  const matching = new Matching(
    (place) => groups[cellOfPlace[place]!]!,
    (group) => cellOfPlace.flatMap((cell, place) => (choices[cell]!.has(group) ? [place] : [])),
  );
  const missing = filled(blueprint, cells, cellOfPlace, matching, demand);
  if (missing) return missing;
  return laidOut(
    blueprint,
    cellOfPlace.map((cell, place) => ({
      section: cells[cell]!.section,
      question: choices[cell]!.get(matching.thingOf[place]!)![0]!,
    })),
  );
}

function filled(
  { sections }: Blueprint,
  cells: readonly Cell[],
  cellOfPlace: readonly number[],
  matching: Matching,
  { wanted }: Demand,
): Refusal | undefined {
  for (const [group, { question, section }] of wanted) {
    const { name, count, must = [] } = sections[section]!;
    if (!matching.lodge(group)) {
      return refuse('exam.paper.must-too-many', {
        section: name,
        wanted: must.length,
        places: count,
        code: question.code,
      });
    }
  }
  const found = cells.map(() => 0);
  for (const [place, cell] of cellOfPlace.entries()) if (matching.fill(place)) found[cell]! += 1;
  const short = cells.findIndex((cell, index) => found[index]! < cell.count);
  if (short < 0) return undefined;
  const cell = cells[short]!;
  const section = sections[cell.section]!;
  return refuse('exam.paper.too-few-questions', {
    section: section.name,
    type: demandText(section, cell),
    wanted: cell.count,
    found: found[short]!,
    missing: cell.count - found[short]!,
  });
}

interface Placed {
  readonly section: number;
  readonly question: PoolQuestion;
}

function laidOut({ sections }: Blueprint, placed: readonly Placed[]): Paper {
  const items = sections
    .flatMap((section, index) =>
      together(placed.filter((each) => each.section === index).map((each) => each.question)).map((question) => ({
        section,
        index,
        question,
      })),
    )
    .map(({ section, index, question }, place) => itemOf(place + 1, index + 1, section, question));
  return { items, full: sumPoints(items.map((item) => item.marks)) };
}

/** Pairs among drawn questions that ask nearly the same; by code. */
export type TwinsAmong = (codes: readonly string[]) => Promise<readonly (readonly [string, string])[]>;

const mostRedraws = 20;

/**
 * A paper without near twins: where the drawn questions hold some, the one that need not come is barred and the paper is
 * drawn anew from the same seed. What still is alike after twenty draws is refused by name.
 */
export async function drawWithoutTwins(
  blueprint: Blueprint,
  pool: readonly PoolQuestion[],
  rng: () => Rng,
  twinsAmong: TwinsAmong,
): Promise<Paper | Refusal> {
  const musts = new Set(blueprint.sections.flatMap((section) => section.must ?? []));
  const barred = new Set(blueprint.mustNot);
  for (let draw = 0; ; draw += 1) {
    const paper = drawPaper({ ...blueprint, mustNot: [...barred] }, pool, rng());
    if (isRefusal(paper)) return paper;
    const twins = await twinsAmong(paper.items.map((item) => item.code));
    const movable = twins.filter(([one, other]) => !musts.has(one) || !musts.has(other));
    if (movable.length === 0) return paper;
    if (draw >= mostRedraws) {
      return refuse('exam.paper.near-twins', { code: movable[0]![0], other: movable[0]![1] });
    }
    for (const [one, other] of movable) barred.add(musts.has(other) ? one : other);
  }
}
