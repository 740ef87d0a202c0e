import { Injectable } from '@nestjs/common';
import { QuestionSource, twinsAmong } from '@xuekao/bank';
import type { PublishedQuestion, QuestionAttention } from '@xuekao/bank';
import type { QuestionBody } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, seededRng } from '@xuekao/kernel';
import { Access, AppClock, currentActorOrNull } from '@xuekao/platform';
import { drawWithoutTwins, paperByHand } from './core/index.js';
import type { Blueprint, HandPick, Paper } from './core/index.js';
import type { PaperItemRow, PaperRow } from './exam.entity.js';
import { ExamRefused, decided, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { PaperStore } from './paper.store.js';

/** How a paper comes about: drawn from a blueprint (the seed makes it again) or chosen by hand. */
export type PaperPlan =
  | { readonly kind: 'draw'; readonly blueprint: Blueprint; readonly seed?: string }
  | { readonly kind: 'hand'; readonly picks: readonly HandPick[] };

export interface PlannedPaper {
  readonly paper: Paper;
  readonly seed: string | null;
}

export interface PaperView {
  readonly paper: Pick<PaperRow, 'seed' | 'full' | 'kind' | 'blueprint'> & { readonly id: string | null };
  readonly items: readonly (Paper['items'][number] & {
    readonly body: QuestionBody;
    /** What became of the question since it was chosen; null where all is well. */
    readonly attention: QuestionAttention | null;
  })[];
}

@Injectable()
export class PaperService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: PaperStore,
    private readonly exams: ExamStore,
    private readonly questions: QuestionSource,
    private readonly access: Access,
    private readonly clock: AppClock,
  ) {}

  /** What the plan would give now, stored nowhere. Drawing again with the same seed gives the same paper. */
  async preview(plan: PaperPlan): Promise<PaperView> {
    await this.permit();
    const { paper, seed } = await this.planned(plan);
    const blueprint = plan.kind === 'draw' ? plan.blueprint : null;
    const drawn = { id: null, seed, full: paper.full, kind: plan.kind, blueprint };
    return { paper: drawn, items: await this.withBodies(paper.items) };
  }

  /** Found only by who may manage an exam that uses it. */
  async get(id: string): Promise<PaperView> {
    const paper = found(await this.store.byId(id));
    const scope = await this.access.scope('exam.manage');
    const isOwn = (await this.exams.byPaper(id)).some((exam) => scope.includes(exam.unitId));
    if (!isOwn) throw new ExamRefused('resource.not-found');
    return { paper, items: await this.withBodies((await this.store.itemsOf(id)) as unknown as Paper['items']) };
  }

  /** Stores the paper; inside the caller's transaction, permission checked by the caller. */
  async make(plan: PaperPlan): Promise<PaperRow> {
    const { paper, seed } = await this.planned(plan);
    const row: PaperRow = {
      id: newId(),
      kind: plan.kind,
      seed,
      blueprint: plan.kind === 'draw' ? plan.blueprint : null,
      full: paper.full,
      authorId: currentActorOrNull()?.accountId ?? null,
      createdAt: this.clock.now(),
    };
    await this.uow.run(() => this.store.add(row, paper.items));
    return row;
  }

  private async planned(plan: PaperPlan): Promise<PlannedPaper> {
    if (plan.kind === 'hand') {
      const pool = await this.questions.publishedByCodes(plan.picks.map((pick) => pick.code));
      return { paper: decided(paperByHand(plan.picks, pool)), seed: null };
    }
    const seed = plan.seed ?? newId();
    const types = [...new Set(plan.blueprint.sections.map(({ type }) => type))].filter((type) => type !== 'material');
    const pool = await this.questions.published({ types, withMaterials: true });
    const twins = (codes: readonly string[]) => this.twinsAmong(codes, pool);
    const paper = await drawWithoutTwins(plan.blueprint, pool, () => seededRng(seed), twins);
    return { paper: decided(paper), seed };
  }

  private async twinsAmong(
    codes: readonly string[],
    pool: readonly PublishedQuestion[],
  ): Promise<(readonly [string, string])[]> {
    const versionOf = new Map(pool.map(({ code, versionId }) => [code, versionId]));
    const keyed = await this.questions.withKeys(codes.map((code) => versionOf.get(code)!));
    const drawn = codes.map((code) => keyed.get(versionOf.get(code)!)!);
    return twinsAmong(drawn).map(([one, other]) => [codes[one]!, codes[other]!] as const);
  }

  private async withBodies(items: readonly (Paper['items'][number] | PaperItemRow)[]): Promise<PaperView['items']> {
    const taking = await this.questions.forTaking(items.map((item) => item.versionId));
    const attention = await this.questions.attention(items.map((item) => item.questionId));
    return items.map((item) => ({
      ...(item as Paper['items'][number]),
      body: taking.get(item.versionId)!.body,
      attention: attention.get(item.questionId) ?? null,
    }));
  }

  private async permit(): Promise<void> {
    const permission = 'exam.manage';
    if (!(await this.access.holds(permission))) throw new ExamRefused('auth.forbidden', { permission });
  }
}
