/** A reproducible source of chance: the same seed gives the same draws on every machine. */
export interface Rng {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, below). */
  int(below: number): number;
  /** A new array with the items in drawn order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

function seedOf(seed: string): number {
  let hash = 2166136261;
  for (let i = 0; i < seed.length; i++) {
    hash ^= seed.charCodeAt(i);
    hash = Math.imul(hash, 16777619);
  }
  return hash >>> 0;
}

/** mulberry32 over an FNV-1a hash of the seed. Not for secrets. */
export function seededRng(seed: string): Rng {
  let state = seedOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    shuffle<T>(items: readonly T[]): T[] {
      const drawn = [...items];
      for (let i = drawn.length - 1; i > 0; i--) {
        const j = int(i + 1);
        [drawn[i], drawn[j]] = [drawn[j]!, drawn[i]!];
      }
      return drawn;
    },
  };
}
