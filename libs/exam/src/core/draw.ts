import { isRefusal, refuse, sumPoints } from '@xuekao/kernel';
import type { Refusal, Rng } from '@xuekao/kernel';
import { bundleChoices, bundled, bundlesByChance, roomAfter } from './draw-bundles.js';
import type { Bundle, PlacedBundle, Room } from './draw-bundles.js';
import { blueprintRefusal, cellsOf, demandText, fits, fitsWhole, groupOf, isOfMaterials } from './draw-cells.js';
import type { Cell } from './draw-cells.js';
import { materialShortage } from './draw-materials.js';
import { Matching } from './matching.js';
import { itemOf, mostQuestions } from './paper.js';
import type { Blueprint, Paper, PoolQuestion } from './paper.js';

interface Wanted {
  readonly question: PoolQuestion;
  readonly section: number;
}

interface Demand {
  /** By group, the question on its own that a wanted code names. */
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** Materials that a wanted code brings along. */
  readonly bundles: readonly PlacedBundle[];
}

/** Everything of one draw that stays while bundles are tried. */
interface Draw {
  readonly blueprint: Blueprint;
  readonly cells: readonly Cell[];
  readonly demand: Demand;
  /** In drawn order. */
  readonly singles: readonly PoolQuestion[];
}

/** Resolves the codes that must come: by the group of near twins they stand for, or by their material. */
function demandOf({ sections }: Blueprint, pool: readonly PoolQuestion[], cells: readonly Cell[]): Demand | Refusal {
  const byCode = new Map(pool.map((question) => [question.code, question]));
  const bundleOf = new Map(bundled(pool).bundles.map((bundle) => [bundle.materialId, bundle]));
  const hasMaterials = sections.some(isOfMaterials);
  const wanted = new Map<string, Wanted>();
  const bundles: PlacedBundle[] = [];
  for (const [section, { name, must = [] }] of sections.entries()) {
    for (const code of must) {
      const question = byCode.get(code);
      if (!question) return refuse('exam.paper.question-unknown', { code });
      const bundle = question.materialId ? bundleOf.get(question.materialId)! : undefined;
      const isFit = cells.some(
        (cell) =>
          cell.section === section &&
          (bundle && hasMaterials
            ? fitsWhole(sections[section]!, cell, bundle.questions)
            : fits(sections[section]!, cell, question)),
      );
      if (!isFit) return refuse('exam.paper.must-unfit', { code, section: name });
      if (bundle && bundles.some((each) => each.bundle === bundle && each.section === section)) continue;
      for (const group of bundle?.groups ?? [groupOf(question)]) {
        const twin = wanted.get(group);
        if (twin && (!bundle || twin.question.materialId !== bundle.materialId)) {
          return refuse('exam.paper.must-twins', { code, other: twin.question.code });
        }
      }
      for (const each of bundle?.questions ?? [question]) wanted.set(groupOf(each), { question: each, section });
      if (bundle) bundles.push({ bundle, section });
    }
  }
  return { wanted: new Map([...wanted].filter(([, { question }]) => !question.materialId)), bundles };
}

/** The room beside the materials that must come; refuses where one does not come into its section whole. */
function roomBeside({ sections, ...rest }: Blueprint, cells: readonly Cell[], { bundles }: Demand): Room | Refusal {
  const blueprint = { sections, ...rest };
  let room: Room = { left: cells.map((cell) => cell.count), groups: new Set() };
  for (const { bundle, section } of bundles) {
    const after = roomAfter(room, bundle, section, blueprint, cells);
    if (!after) {
      const { name } = sections[section]!;
      const { code } = bundle.questions.find((question) => sections[section]!.must?.includes(question.code))!;
      return refuse('exam.paper.must-material', { code, section: name, questions: bundle.questions.length });
    }
    room = after;
  }
  return room;
}

/** For each cell the groups of near twins that may fill it, with their questions in drawn order. */
function choicesOf({ blueprint, cells, demand, singles }: Draw, room: Room): Map<string, PoolQuestion[]>[] {
  return cells.map((cell) => {
    const groups = new Map<string, PoolQuestion[]>();
    for (const question of singles) {
      const group = groupOf(question);
      const must = demand.wanted.get(group);
      const isBound = must !== undefined && (must.question.code !== question.code || must.section !== cell.section);
      if (isBound || room.groups.has(group) || !fits(blueprint.sections[cell.section]!, cell, question)) continue;
      groups.set(group, [...(groups.get(group) ?? []), question]);
    }
    return groups;
  });
}

interface Placed {
  readonly section: number;
  readonly question: PoolQuestion;
}

/** Fills the room with questions on their own; refuses by the first demand that fails, given those before it. */
function filled(draw: Draw, room: Room): Placed[] | Refusal {
  const { blueprint, cells, demand } = draw;
  const choices = choicesOf(draw, room);
  const cellOfPlace = room.left.flatMap((count, index) => Array<number>(count).fill(index));
  const groups = choices.map((cell) => [...cell.keys()]);
  const matching = new Matching(
    (place) => groups[cellOfPlace[place]!]!,
    (group) => cellOfPlace.flatMap((cell, place) => (choices[cell]!.has(group) ? [place] : [])),
  );
  for (const [group, { question, section }] of demand.wanted) {
    const { name, count, must = [] } = blueprint.sections[section]!;
    if (!matching.lodge(group)) {
      const facts = { section: name, wanted: must.length, places: count, code: question.code };
      return refuse('exam.paper.must-too-many', facts);
    }
  }
  const missing = cells.map(() => 0);
  for (const [place, cell] of cellOfPlace.entries()) if (!matching.fill(place)) missing[cell]! += 1;
  const short = missing.findIndex((count) => count > 0);
  if (short >= 0) return shortage(blueprint, cells[short]!, missing[short]!);
  return cellOfPlace.map((cell, place) => ({
    section: cells[cell]!.section,
    question: choices[cell]!.get(matching.thingOf[place]!)![0]!,
  }));
}

function shortage({ sections }: Blueprint, cell: Cell, missing: number): Refusal {
  const section = sections[cell.section]!;
  const type = demandText(section, cell);
  const found = cell.count - missing;
  return refuse('exam.paper.too-few-questions', { section: section.name, type, wanted: cell.count, found, missing });
}

/** Where the questions would do but for materials that come whole: how many of how many materials the section has. */
function tornRefusal({ blueprint, cells }: Draw, bundles: readonly Bundle[], short: Refusal): Refusal {
  const at = blueprint.sections.findIndex((section) => section.name === short.facts.section);
  const fitting = bundles.map(({ questions }) =>
    questions.filter((question) =>
      cells.some((cell) => cell.section === at && fits(blueprint.sections[at]!, cell, question)),
    ),
  );
  return refuse('exam.paper.materials-whole', {
    ...short.facts,
    materials: fitting.filter((questions) => questions.length > 0).length,
    questions: fitting.flat().length,
  });
}

/**
 * Draws a paper from the pool: no question twice, no two on the same fact, each code that must come in its section, none
 * that must not, and of every material all its questions in order in one section or none of them. The same blueprint, pool
 * (in any order) and seed give the same paper. Where it cannot be done the refusal names the first demand that fails, given
 * those before it, and by how many; 'exam.paper.materials-whole' where only taking materials apart would do it. Where a section
 * is of materials, materials come into such sections alone.
 */
export function drawPaper(blueprint: Blueprint, pool: readonly PoolQuestion[], rng: Rng): Paper | Refusal {
  const invalid = blueprintRefusal(blueprint);
  if (invalid) return invalid;
  const barred = barredCodes(blueprint, pool);
  const ordered = pool
    .filter((question) => !barred.has(question.code))
    .toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const barredMust = blueprint.sections.flatMap((section) => section.must ?? []).find((code) => barred.has(code));
  if (barredMust !== undefined) return refuse('exam.paper.must-barred', { code: barredMust });
  const cells = cellsOf(blueprint);
  const demand = demandOf(blueprint, ordered, cells);
  if (isRefusal(demand)) return demand;
  const beside = roomBeside(blueprint, cells, demand);
  if (isRefusal(beside)) return beside;
  const drawn = rng.shuffle(ordered);
  const { singles, bundles } = bundled(drawn);
  const draw: Draw = { blueprint, cells, demand, singles };
  const chosen = withBundles(draw, drawn, bundles, beside, rng);
  if (isRefusal(chosen)) return chosen;
  if (chosen.length > mostQuestions) {
    return refuse('exam.paper.count-invalid', { section: '全卷', most: mostQuestions });
  }
  return laidOut(blueprint, chosen);
}

/** Ways to place bundles that are tried out; more cost more than they find. */
const mostTries = 300;

/** What must not come, and with it all that its material holds. */
function barredCodes({ mustNot = [] }: Blueprint, pool: readonly PoolQuestion[]): Set<string> {
  const named = new Set(mustNot);
  const materials = new Set(
    pool.flatMap(({ code, materialId }) => (named.has(code) && materialId ? [materialId] : [])),
  );
  const along = pool.filter(({ materialId }) => materialId && materials.has(materialId)).map(({ code }) => code);
  return new Set([...named, ...along]);
}

function withBundles(
  draw: Draw,
  drawn: readonly PoolQuestion[],
  all: readonly Bundle[],
  beside: Room,
  rng: Rng,
): Placed[] | Refusal {
  const { blueprint, cells, demand } = draw;
  const forced = new Set(demand.bundles.map((each) => each.bundle.materialId));
  const isFree = ({ materialId, groups }: Bundle): boolean =>
    !forced.has(materialId) && ![...groups].some((group) => demand.wanted.has(group));
  const bundles = all.filter(isFree);
  const walk = { blueprint, cells, drawn, bundles, room: wantedAside(draw, beside) };
  const whole = (placed: readonly PlacedBundle[], questions: Placed[]): Placed[] => [
    ...questions,
    ...[...demand.bundles, ...placed].flatMap(({ bundle, section }) =>
      bundle.questions.map((question) => ({ section, question })),
    ),
  ];
  const byChance = bundlesByChance(walk, rng);
  let room = beside;
  for (const { bundle, section } of byChance) room = roomAfter(room, bundle, section, blueprint, cells)!;
  const first = filled(draw, room);
  if (!isRefusal(first)) return whole(byChance, first);
  const most = choicesOf(draw, beside).map((groups) => groups.size);
  let tries = 0;
  for (const choice of bundleChoices({ ...walk, room: beside }, sharedGroups(drawn))) {
    if (choice.room.left.some((count, cell) => count > most[cell]!)) continue;
    if (++tries > mostTries) break;
    const found = filled(draw, choice.room);
    if (!isRefusal(found)) return whole(choice.placed, found);
  }
  if (blueprint.sections.some(isOfMaterials)) return materialsRefusal(draw, bundles, beside);
  const torn = {
    ...draw,
    singles: drawn.filter((question) => !question.materialId || !forced.has(question.materialId)),
  };
  const apart = filled(torn, beside);
  return isRefusal(apart) ? apart : tornRefusal(draw, all, first);
}

/** Materials that are too few, then questions that are too few beside them; else it is what both ask that stands in the way. */
function materialsRefusal(draw: Draw, bundles: readonly Bundle[], beside: Room): Refusal {
  const { blueprint, cells } = draw;
  const isMaterial = cells.map((cell) => isOfMaterials(blueprint.sections[cell.section]!));
  const short = materialShortage(blueprint, cells, bundles, beside);
  if (short) return short;
  const rest = filled(draw, { ...beside, left: beside.left.map((count, cell) => (isMaterial[cell] ? 0 : count)) });
  const { name } = blueprint.sections.find(isOfMaterials)!;
  return isRefusal(rest) ? rest : refuse('exam.paper.materials-alike', { section: name });
}

/** The room without the places that wanted questions on their own will take. */
function wantedAside({ blueprint, cells, demand }: Draw, room: Room): Room {
  const left = [...room.left];
  for (const { question, section } of demand.wanted.values()) {
    const at = cells.findIndex(
      (cell, index) =>
        cell.section === section && left[index]! > 0 && fits(blueprint.sections[section]!, cell, question),
    );
    if (at >= 0) left[at]! -= 1;
  }
  return { left, groups: new Set([...room.groups, ...demand.wanted.keys()]) };
}

/** Groups that more than one question has: to take them matters to others. */
function sharedGroups(pool: readonly PoolQuestion[]): Set<string> {
  const seen = new Set<string>();
  return new Set(pool.map(groupOf).filter((group) => seen.size === seen.add(group).size));
}

/** Section by section: first the questions on their own, then the materials. */
function laidOut({ sections }: Blueprint, placed: readonly Placed[]): Paper {
  const items = sections
    .flatMap((section, index) =>
      placed.filter((each) => each.section === index).map(({ question }) => ({ section, index, question })),
    )
    .map(({ section, index, question }, place) => itemOf(place + 1, index + 1, section, question));
  return { items, full: sumPoints(items.map((item) => item.marks)) };
}
