import { compareQuestions } from './compare.js';
import type { Likeness } from './compare.js';
import type { Fingerprint } from './fingerprint.js';

export interface Match<T> extends Likeness {
  readonly of: T;
}

interface Entry<T> {
  readonly of: T;
  readonly print: Fingerprint;
  readonly grams: number;
}

const leastShare = 0.5;
const mostCandidates = 24;
const rank = { exact: 0, conflict: 1, near: 2 } as const;

function gramsOf(form: string): number[] {
  const grams = new Set<number>();
  for (let at = 0; at + 1 < form.length; at++) grams.add(form.charCodeAt(at) * 65_536 + form.charCodeAt(at + 1));
  if (form.length === 1) grams.add(form.charCodeAt(0));
  return [...grams];
}

/**
 * Questions by the pairs of neighbouring signs in their stems. Candidates are those that share at least half of them
 * (Dice), so that nothing near is missed by chance, as it would be by hashing.
 */
export class QuestionIndex<T> {
  readonly #entries: (Entry<T> | undefined)[] = [];
  readonly #places = new Map<T, number>();
  readonly #postings = new Map<number, number[]>();
  readonly #byStem = new Map<string, number[]>();

  #room = new Uint16Array(0);

  get size(): number {
    return this.#places.size;
  }

  *all(): Generator<[T, Fingerprint]> {
    for (const entry of this.#entries) if (entry) yield [entry.of, entry.print];
  }

  /** Replaces what was there under the same name. */
  set(of: T, print: Fingerprint): void {
    this.delete(of);
    const place = this.#entries.length;
    const grams = gramsOf(print.form);
    this.#entries.push({ of, print, grams: grams.length });
    this.#places.set(of, place);
    for (const gram of grams) append(this.#postings, gram, place);
    append(this.#byStem, print.stem, place);
  }

  delete(of: T): void {
    const place = this.#places.get(of);
    if (place === undefined) return;
    this.#entries[place] = undefined;
    this.#places.delete(of);
  }

  /** All that ask the same, the most serious first: exact, conflict, near; then by score. */
  matches(print: Fingerprint): Match<T>[] {
    return this.#candidates(print)
      .flatMap((entry): Match<T>[] => {
        const likeness = compareQuestions(print, entry.print);
        return likeness ? [{ ...likeness, of: entry.of }] : [];
      })
      .toSorted((a, b) => rank[a.kind] - rank[b.kind] || b.score - a.score);
  }

  /** Zeros for so many places; who counts in it leaves zeros behind. */
  #counts(places: number): Uint16Array {
    if (this.#room.length < places) this.#room = new Uint16Array(places * 2);
    return this.#room;
  }

  #candidates(print: Fingerprint): Entry<T>[] {
    const grams = gramsOf(print.form);
    const shared = this.#counts(this.#entries.length);
    const touched: number[] = [];
    for (const gram of grams) {
      for (const place of this.#postings.get(gram) ?? []) {
        if (shared[place] === 0) touched.push(place);
        shared[place] = shared[place]! + 1;
      }
    }
    const found: { entry: Entry<T>; share: number }[] = [];
    for (const place of touched) {
      const entry = this.#entries[place];
      const count = shared[place]!;
      shared[place] = 0;
      if (!entry || entry.print.sense !== print.sense) continue;
      const share = (2 * count) / (grams.length + entry.grams);
      if (share >= leastShare) found.push({ entry, share });
    }
    const best = found.toSorted((a, b) => b.share - a.share).slice(0, mostCandidates);
    const same = (this.#byStem.get(print.stem) ?? []).flatMap((place) => this.#entries[place] ?? []);
    return [...new Set([...same, ...best.map(({ entry }) => entry)])];
  }
}

function append<K>(lists: Map<K, number[]>, key: K, place: number): void {
  const list = lists.get(key);
  if (list) list.push(place);
  else lists.set(key, [place]);
}
