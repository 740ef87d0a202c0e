import { Injectable } from '@nestjs/common';
import { QuestionSource } from '@xuekao/bank';
import type { QuestionBody } from '@xuekao/contracts';
import type { PaperItemRow } from './exam.entity.js';
import { PaperStore } from './paper.store.js';

/** What a person who answers may see of a paper. */
export interface TakingPaper {
  readonly items: readonly PaperItemRow[];
  readonly bodies: ReadonlyMap<string, QuestionBody>;
  bodyOf(number: number): QuestionBody | undefined;
}

const kept = 40;

/** Papers and pinned versions never change, so the last used ones stay in memory: every save needs them. */
@Injectable()
export class PaperCache {
  private readonly papers = new Map<string, TakingPaper>();

  constructor(
    private readonly store: PaperStore,
    private readonly questions: QuestionSource,
  ) {}

  /** The paper where it is at hand, without a wait. */
  known(paperId: string): TakingPaper | undefined {
    return this.papers.get(paperId);
  }

  async get(paperId: string): Promise<TakingPaper> {
    const known = this.papers.get(paperId);
    if (known) return known;
    const paper = await this.load(paperId);
    if (this.papers.size >= kept) this.papers.delete(this.papers.keys().next().value!);
    this.papers.set(paperId, paper);
    return paper;
  }

  private async load(paperId: string): Promise<TakingPaper> {
    const items = await this.store.itemsOf(paperId);
    const taking = await this.questions.forTaking(items.map((item) => item.versionId));
    const bodies = new Map([...taking].map(([versionId, question]) => [versionId, question.body]));
    const lost = items.find((item) => !bodies.has(item.versionId));
    if (lost) throw new Error(`Paper ${paperId} pins version ${lost.versionId}, which the bank does not have`);
    const byNumber = new Map(items.map((item) => [item.number, bodies.get(item.versionId)!]));
    return { items, bodies, bodyOf: (number) => byNumber.get(number) };
  }
}
