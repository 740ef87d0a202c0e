/** A stretch where two texts differ: what stands in the first, what in the second, and the sign after it. */
export interface Span {
  readonly left: string;
  readonly right: string;
  readonly next: string;
}

export interface Alignment {
  /** Signs that both have, in order. */
  readonly common: number;
  readonly spans: readonly Span[];
}

/** The longest common subsequence of two short texts, and what lies between its parts. */
export function align(left: string, right: string): Alignment {
  const [n, m] = [left.length, right.length];
  const width = m + 1;
  const lengths = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      lengths[i * width + j] =
        left[i] === right[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const spans: Span[] = [];
  let [i, j, fromI, fromJ] = [0, 0, 0, 0];
  const close = (next: string): void => {
    if (i > fromI || j > fromJ) spans.push({ left: left.slice(fromI, i), right: right.slice(fromJ, j), next });
  };
  while (i < n && j < m) {
    if (left[i] === right[j]) {
      close(left.slice(i, i + 4));
      i += 1;
      j += 1;
      [fromI, fromJ] = [i, j];
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  [i, j] = [n, m];
  close('');
  return { common: lengths[0]!, spans };
}
