import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal, Rng } from '@xuekao/kernel';
import { drawPaper } from './draw.js';
import type { Blueprint, Paper, PoolQuestion } from './paper.js';

/** Pairs among drawn questions that ask nearly the same; by code. Two about one material are meant to. */
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
  const materialOf = new Map(pool.flatMap(({ code, materialId }) => (materialId ? [[code, materialId] as const] : [])));
  const named = blueprint.sections.flatMap((section) => section.must ?? []);
  const along = new Set(named.flatMap((code) => materialOf.get(code) ?? []));
  const musts = new Set([
    ...named,
    ...[...materialOf].filter(([, materialId]) => along.has(materialId)).map(([code]) => code),
  ]);
  const barred = new Set(blueprint.mustNot);
  for (let draw = 0; ; draw += 1) {
    const paper = drawPaper({ ...blueprint, mustNot: [...barred] }, pool, rng());
    if (isRefusal(paper)) return paper;
    const twins = await twinsAmong(paper.items.map((item) => item.code));
    const movable = twins.filter(
      ([one, other]) =>
        (!musts.has(one) || !musts.has(other)) &&
        (!materialOf.has(one) || materialOf.get(one) !== materialOf.get(other)),
    );
    if (movable.length === 0) return paper;
    if (draw >= mostRedraws) {
      return refuse('exam.paper.near-twins', { code: movable[0]![0], other: movable[0]![1] });
    }
    for (const pair of movable) barred.add(leastMissed(pair, musts, materialOf));
  }
}

/** Of two that are alike, one that need not come; rather a question on its own than one that takes its material along. */
function leastMissed(
  [one, other]: readonly [string, string],
  musts: ReadonlySet<string>,
  materialOf: ReadonlyMap<string, string>,
): string {
  if (musts.has(other)) return one;
  if (musts.has(one)) return other;
  return materialOf.has(other) && !materialOf.has(one) ? one : other;
}
