import type { Rng } from '@xuekao/kernel';
import { fits, fitsWhole, groupOf, isOfMaterials } from './draw-cells.js';
import type { Cell } from './draw-cells.js';
import type { Blueprint, PoolQuestion } from './paper.js';

/** The published questions of one material in their order. They come whole and into one section, or not at all. */
export interface Bundle {
  readonly materialId: string;
  readonly questions: readonly PoolQuestion[];
  readonly groups: ReadonlySet<string>;
}

/** A bundle with the section that it comes into. */
export interface PlacedBundle {
  readonly bundle: Bundle;
  readonly section: number;
}

/** Questions on their own in their order, and the materials in the order of their first questions. */
export function bundled(pool: readonly PoolQuestion[]): { singles: PoolQuestion[]; bundles: Bundle[] } {
  const singles = pool.filter((question) => !question.materialId);
  const byMaterial = new Map<string, PoolQuestion[]>();
  for (const question of pool) {
    const { materialId } = question;
    if (materialId) byMaterial.set(materialId, [...(byMaterial.get(materialId) ?? []), question]);
  }
  const bundles = [...byMaterial].map(([materialId, found]): Bundle => {
    const questions = found.toSorted(
      (a, b) => (a.materialPlace ?? 0) - (b.materialPlace ?? 0) || (a.code < b.code ? -1 : 1),
    );
    return { materialId, questions, groups: new Set(questions.map(groupOf)) };
  });
  const at = new Map(pool.map((question, index) => [question, index]));
  return { singles, bundles: bundles.toSorted((a, b) => at.get(a.questions[0]!)! - at.get(b.questions[0]!)!) };
}

/** How many places of each cell are left, and which groups are spoken for. */
export interface Room {
  readonly left: readonly number[];
  readonly groups: ReadonlySet<string>;
}

/** The room that is left with the bundle in the section; undefined where it does not fit whole. */
export function roomAfter(
  room: Room,
  bundle: Bundle,
  section: number,
  blueprint: Blueprint,
  cells: readonly Cell[],
): Room | undefined {
  const { questions, groups } = bundle;
  if (groups.size < questions.length || [...groups].some((group) => room.groups.has(group))) return undefined;
  const left = leftAfter(room, bundle, section, blueprint, cells);
  return left && { left, groups: new Set([...room.groups, ...groups]) };
}

/** A material takes one place of a section of materials, and no place elsewhere while there is such a section. */
function leftAfter(
  room: Room,
  { materialId, questions }: Bundle,
  section: number,
  { sections }: Blueprint,
  cells: readonly Cell[],
): number[] | undefined {
  const left = [...room.left];
  const wanted = sections[section]!;
  if (materialId !== '' && sections.some(isOfMaterials)) {
    const cell = cells.findIndex((each) => each.section === section && fitsWhole(wanted, each, questions));
    if (cell < 0 || left[cell]! <= 0) return undefined;
    left[cell]! -= 1;
    return left;
  }
  for (const question of questions) {
    const cell = cells.findIndex((each) => each.section === section && fits(wanted, each, question));
    if (cell < 0 || left[cell]! <= 0) return undefined;
    left[cell]! -= 1;
  }
  return left;
}

interface Walk {
  readonly blueprint: Blueprint;
  readonly cells: readonly Cell[];
  /** The pool in drawn order, questions about materials among the others. */
  readonly drawn: readonly PoolQuestion[];
  readonly bundles: readonly Bundle[];
  readonly room: Room;
}

/**
 * Bundles as chance gives them: units come in drawn order, a material where its first question stands, and each takes the
 * first room that holds it. A material that comes late takes places back from questions on their own as often as it had
 * places left, so that its questions are drawn about as often as any other.
 */
export function bundlesByChance({ blueprint, cells, drawn, bundles, room: whole }: Walk, rng: Rng): PlacedBundle[] {
  const placed: PlacedBundle[] = [];
  const byFirst = new Map(bundles.map((bundle) => [bundle.questions[0]!, bundle]));
  let room = whole;
  /** Of each cell, places that questions on their own have taken for now. */
  const lent = cells.map(() => 0);
  for (const question of drawn) {
    if (room.left.every((count) => count === 0)) break;
    const bundle = byFirst.get(question) ?? (question.materialId ? undefined : alone(question));
    if (!bundle) continue;
    const isAlone = bundle.materialId === '';
    for (const section of blueprint.sections.keys()) {
      const open = isAlone ? room : { ...room, left: room.left.map((count, cell) => count + lent[cell]!) };
      const after = roomAfter(open, bundle, section, blueprint, cells);
      if (!after) continue;
      const short = after.left.map((count, cell) => (isAlone ? 0 : Math.max(0, lent[cell]! - count)));
      const missing = short.reduce((sum, count) => sum + count, 0);
      if (missing > 0 && rng.int(bundle.questions.length) < missing) break;
      const left = after.left.map((count, cell) => (isAlone ? count : Math.max(0, count - lent[cell]!)));
      for (const cell of cells.keys()) lent[cell]! += isAlone ? room.left[cell]! - left[cell]! : -short[cell]!;
      room = { left, groups: after.groups };
      if (!isAlone) placed.push({ bundle, section });
      break;
    }
  }
  return placed;
}

function alone(question: PoolQuestion): Bundle {
  return { materialId: '', questions: [question], groups: new Set([groupOf(question)]) };
}

/** So many steps at most; beyond them the bundles are taken to fit no other way. */
const mostSteps = 40_000;

/**
 * Every way to place bundles that leaves another room for the questions on their own, ways with many of them first. Ways that
 * leave the same room, with the same of the `shared` groups, are one.
 */
export function* bundleChoices(
  { blueprint, cells, bundles, room }: Walk,
  shared: ReadonlySet<string>,
): Generator<{
  readonly placed: readonly PlacedBundle[];
  readonly room: Room;
}> {
  const seen = new Set<string>();
  const stack: { at: number; room: Room; placed: readonly PlacedBundle[] }[] = [{ at: 0, room, placed: [] }];
  for (let step = 0; stack.length > 0 && step < mostSteps; step += 1) {
    const { at, room: here, placed } = stack.pop()!;
    const known = `${at}|${here.left.join(',')}|${[...here.groups]
      .filter((group) => shared.has(group))
      .toSorted()
      .join(',')}`;
    if (seen.has(known)) continue;
    seen.add(known);
    const bundle = bundles[at];
    if (!bundle) {
      yield { placed, room: here };
      continue;
    }
    stack.push({ at: at + 1, room: here, placed });
    for (const section of [...blueprint.sections.keys()].toReversed()) {
      const after = roomAfter(here, bundle, section, blueprint, cells);
      if (after) stack.push({ at: at + 1, room: after, placed: [...placed, { bundle, section }] });
    }
  }
}
