import { Injectable } from '@nestjs/common';
import { QuestionIndex, fingerprintOf } from './core/index.js';
import type { BodyAndKey, Fingerprint, Likeness, Match } from './core/index.js';
import { QuestionStore } from './question.store.js';
import { SimilarityStore } from './similarity.store.js';
import type { HeadText } from './similarity.store.js';

/** One question that asks the same: of the bank (`questionId`, `code`) or an earlier one of the same batch (`row`, from 0). */
export interface SimilarityFinding extends Likeness {
  readonly questionId: string | null;
  readonly code: string | null;
  readonly row: number | null;
}

export interface SimilarityScope {
  /** A question that is edited is not its own twin. */
  readonly exceptQuestionId?: string;
}

interface Loaded {
  readonly index: QuestionIndex<string>;
  readonly versions: Map<string, number>;
  newest: number;
  sum: number;
}

const mostFindings = 5;

/** Which questions ask the same as given ones. Server only: it compares keys. */
@Injectable()
export class QuestionSimilarity {
  private loaded: Loaded | undefined;
  private loading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: SimilarityStore,
    private readonly questions: QuestionStore,
  ) {}

  /**
   * For each draft, in their order, what asks the same in the bank or earlier in the batch: exact, then conflicts, then
   * near ones, at most five; empty where it is new. Retired questions count too.
   */
  async check(
    drafts: readonly BodyAndKey[],
    { exceptQuestionId }: SimilarityScope = {},
  ): Promise<SimilarityFinding[][]> {
    const bank = await this.current();
    const batch = new QuestionIndex<number>();
    const found = drafts.map(({ body, key }, row) => {
      const print = fingerprintOf(body, key);
      const known = bank.matches(print).filter((match) => match.of !== exceptQuestionId);
      const earlier = batch.matches(print);
      batch.set(row, print);
      return { known: known.slice(0, mostFindings), earlier: earlier.slice(0, mostFindings) };
    });
    const ids = [...new Set(found.flatMap(({ known }) => known.map((match) => match.of)))];
    const codes = new Map((await this.questions.byIds(ids)).map((question) => [question.id, question.code]));
    return found.map(({ known, earlier }) =>
      [
        ...known.map((match): SimilarityFinding => ({
          ...likenessOf(match),
          questionId: match.of,
          code: codes.get(match.of) ?? null,
          row: null,
        })),
        ...earlier.map((match): SimilarityFinding => ({
          ...likenessOf(match),
          questionId: null,
          code: null,
          row: match.of,
        })),
      ].slice(0, mostFindings),
    );
  }

  /** All pairs of the bank that ask the same, by ids in order. */
  async pairs(): Promise<(Likeness & { readonly first: string; readonly second: string })[]> {
    const index = await this.current();
    const pairs: (Likeness & { first: string; second: string })[] = [];
    for (const [id, print] of index.all()) {
      for (const match of index.matches(print)) {
        if (id < match.of) pairs.push({ ...likenessOf(match), first: id, second: match.of });
      }
    }
    return pairs;
  }

  /** One load at a time; the next caller sees what the one before it left. */
  private current(): Promise<QuestionIndex<string>> {
    const next = this.loading.then(() => this.refreshed());
    this.loading = next.catch(() => undefined);
    return next;
  }

  private async refreshed(): Promise<QuestionIndex<string>> {
    const stamp = await this.store.stamp();
    const isCurrent = ({ newest, sum, versions }: Loaded): boolean =>
      newest === stamp.newest && sum === stamp.versions && versions.size === stamp.count;
    if (this.loaded && isCurrent(this.loaded)) return this.loaded.index;
    // A rolled back or removed question can be seen only by the counts: then all is read anew.
    if (this.loaded && this.loaded.newest <= stamp.newest) await this.read(this.loaded, this.loaded.newest);
    if (!this.loaded || !isCurrent(this.loaded)) {
      this.loaded = { index: new QuestionIndex<string>(), versions: new Map(), newest: 0, sum: 0 };
      await this.read(this.loaded, 0);
    }
    return this.loaded.index;
  }

  private async read(loaded: Loaded, since: number): Promise<void> {
    for await (const heads of this.store.headsSince(since)) for (const head of heads) take(loaded, head);
  }
}

function take(loaded: Loaded, { id, version, updatedAt, body, key }: HeadText): void {
  const before = loaded.versions.get(id);
  if (before === version) return;
  const print: Fingerprint = fingerprintOf(body, key);
  loaded.index.set(id, print);
  loaded.versions.set(id, version);
  loaded.sum += version - (before ?? 0);
  loaded.newest = Math.max(loaded.newest, updatedAt);
}

function likenessOf({ kind, score, reason }: Match<unknown>): Likeness {
  return { kind, score, reason };
}
