/** Attempts with their weight in a group: those at its border, equal in total, share the places that are left. */
export interface WeightedGroup {
  readonly size: number;
  /** By attempt, 0 to 1. */
  readonly weights: Float64Array;
  meanOf(values: ArrayLike<number>): number;
}

export interface ExtremeGroups {
  readonly top: WeightedGroup;
  readonly bottom: WeightedGroup;
}

/**
 * The upper and the lower 27 % by total, at least one attempt each. Equal totals at a border weigh equally, so the result
 * does not hang on the order of the attempts.
 */
export function upperLower(totals: ArrayLike<number>): ExtremeGroups {
  const n = totals.length;
  const size = n === 0 ? 0 : Math.max(1, Math.round(n * 0.27));
  const ascending = Float64Array.from(totals).sort();
  const weigh = (border: number, isIn: (total: number) => boolean): WeightedGroup => {
    const weights = new Float64Array(n);
    let [sure, tied] = [0, 0];
    for (let i = 0; i < n; i += 1) {
      if (totals[i] === border) tied += 1;
      else if (isIn(totals[i]!)) sure += 1;
    }
    const share = tied === 0 ? 0 : (size - sure) / tied;
    for (let i = 0; i < n; i += 1) weights[i] = totals[i] === border ? share : isIn(totals[i]!) ? 1 : 0;
    return { size, weights, meanOf: (values) => weightedMean(values, weights, size) };
  };
  const low = ascending[size - 1] ?? 0;
  const high = ascending[n - size] ?? 0;
  return { top: weigh(high, (total) => total > high), bottom: weigh(low, (total) => total < low) };
}

function weightedMean(values: ArrayLike<number>, weights: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) sum += values[i]! * weights[i]!;
  return size === 0 ? 0 : sum / size;
}
