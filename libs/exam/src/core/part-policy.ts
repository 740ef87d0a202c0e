import type { BlankPolicy, MatchingPolicy, OrderingPolicy } from '@xuekao/contracts';
import { assertNever, hundredths, zeroPoints } from '@xuekao/kernel';
import type { Points } from '@xuekao/kernel';
import { share } from './mark-policy.js';

/** Length of the longest common subsequence of two orders without repeats: the longest increasing run of places. */
function longestOrder(places: readonly number[]): number {
  const tails: number[] = [];
  for (const place of places) {
    const at = tails.findIndex((tail) => tail >= place);
    if (at < 0) tails.push(place);
    else tails[at] = place;
  }
  return tails.length;
}

/**
 * Marks of an ordering, 0 to full, floored. Only ids of the right order count, each once; an order that is whole and right
 * gives the full mark under every policy, one without a right place, neighbour or run of two gives 0.
 */
export function markOrder(
  right: readonly string[],
  given: readonly string[],
  full: Points,
  policy: OrderingPolicy,
): Points {
  const placeOf = new Map(right.map((id, index) => [id, index]));
  const places = [...new Set(given)].flatMap((id) => placeOf.get(id) ?? []);
  const n = right.length;
  const isWhole = places.length === n && places.every((place, index) => place === index);
  if (isWhole) return full;
  switch (policy.kind) {
    case 'all-or-nothing':
      return zeroPoints;
    case 'per-place':
      return hundredths(share(full, given.filter((id, index) => right[index] === id).length, n));
    case 'per-neighbours': {
      const kept = places.filter((place, index) => index > 0 && place === places[index - 1]! + 1).length;
      return hundredths(n < 2 ? 0 : share(full, kept, n - 1));
    }
    case 'longest-order': {
      const run = longestOrder(places);
      return hundredths(n < 2 ? 0 : share(full, Math.max(0, run - 1), n - 1));
    }
    default:
      return assertNever(policy);
  }
}

/** Marks of a matching, 0 to full, floored. A left counts once, by its last pair; a left that is open is not wrong. */
export function markPairs(
  right: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string>,
  full: Points,
  policy: MatchingPolicy,
): Points {
  if (right.size === 0) return zeroPoints;
  const pairs = [...given].filter(([left]) => right.has(left));
  const hits = pairs.filter(([left, to]) => right.get(left) === to).length;
  switch (policy.kind) {
    case 'all-or-nothing':
      return hits === right.size ? full : zeroPoints;
    case 'per-pair': {
      const counted = policy.wrongTakesBack === true ? Math.max(0, hits - (pairs.length - hits)) : hits;
      return hundredths(share(full, counted, right.size));
    }
    default:
      return assertNever(policy);
  }
}

/** Marks of blanks, 0 to full: `hits` says of every blank whether it is right. */
export function markBlanks(hits: readonly boolean[], full: Points, policy: BlankPolicy): Points {
  const right = hits.filter(Boolean).length;
  if (hits.length === 0) return zeroPoints;
  if (right === hits.length) return full;
  switch (policy.kind) {
    case 'all-or-nothing':
      return zeroPoints;
    case 'per-blank': {
      if (!policy.shares) return hundredths(share(full, right, hits.length));
      const total = hits.reduce((sum, hit, index) => sum + (hit ? (policy.shares![index] ?? 0) : 0), 0);
      return hundredths(Math.min(full, total));
    }
    default:
      return assertNever(policy);
  }
}
