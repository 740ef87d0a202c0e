import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import type { Bundle, Room } from './draw-bundles.js';
import { demandText, fitsWhole, isOfMaterials } from './draw-cells.js';
import type { Cell } from './draw-cells.js';
import { Matching } from './matching.js';
import type { Blueprint } from './paper.js';

/**
 * The first demand for materials that the bank cannot meet, given those before it, and by how many; undefined where each
 * demand finds enough. Whether materials ask for the same facts among themselves is not looked at.
 */
export function materialShortage(
  { sections }: Blueprint,
  cells: readonly Cell[],
  bundles: readonly Bundle[],
  { left, groups }: Room,
): Refusal | undefined {
  const usable = bundles.filter(
    (bundle) =>
      bundle.groups.size === bundle.questions.length && ![...bundle.groups].some((group) => groups.has(group)),
  );
  const cellOfPlace = left.flatMap((count, cell) =>
    isOfMaterials(sections[cells[cell]!.section]!) ? Array<number>(count).fill(cell) : [],
  );
  const idsOf = cells.map((cell) =>
    usable
      .filter(({ questions }) => fitsWhole(sections[cell.section]!, cell, questions))
      .map(({ materialId }) => materialId),
  );
  const matching = new Matching(
    (place) => idsOf[cellOfPlace[place]!]!,
    (id) => cellOfPlace.flatMap((cell, place) => (idsOf[cell]!.includes(id) ? [place] : [])),
  );
  const missing = cells.map(() => 0);
  for (const [place, cell] of cellOfPlace.entries()) if (!matching.fill(place)) missing[cell]! += 1;
  const short = missing.findIndex((count) => count > 0);
  if (short < 0) return undefined;
  const cell = cells[short]!;
  const section = sections[cell.section]!;
  return refuse('exam.paper.too-few-materials', {
    section: section.name,
    type: demandText(section, cell),
    wanted: cell.count,
    found: cell.count - missing[short]!,
    missing: missing[short]!,
  });
}
