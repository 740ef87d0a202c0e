import { Injectable } from '@nestjs/common';
import type { Page, QuestionType } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { Access, AppClock, currentActor, Outbox, Refused, toPage } from '@xuekao/platform';
import type { PageQuery } from '@xuekao/platform';
import { mostQuestionBytes, questionBytes } from './core/fitted-view.js';
import { LiveRefused } from './live.errors.js';
import { liveEvents } from './live.events.js';
import type { QuestionSetRow } from './live.entity.js';
import { LiveQuestionSource } from './live.ports.js';
import type { LiveQuestion } from './live.ports.js';
import { LiveStore } from './live.store.js';
import { quizQuestionOf, unfitFor } from './quiz-setup.js';

export const mostQuestions = 200;

export interface QuestionSetInput {
  readonly title: string;
  readonly versionIds: readonly string[];
}

export interface QuestionSetSummary extends QuestionSetRow {
  readonly questions: number;
}

export interface QuestionSetDetail extends QuestionSetSummary {
  readonly items: readonly { readonly versionId: string; readonly type: QuestionType; readonly stem: string }[];
}

/** Question sets: a title and question versions in their order, owned by a unit. */
@Injectable()
export class QuestionSetService {
  constructor(
    private readonly store: LiveStore,
    private readonly source: LiveQuestionSource,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
    private readonly uow: UnitOfWork,
  ) {}

  async list(query: PageQuery): Promise<Page<QuestionSetSummary>> {
    const { unitIds } = await this.access.scope('live.host');
    const { rows, total } = await this.store.sets([...unitIds], query);
    const counts = await this.store.questionCounts(rows.map((row) => row.id));
    const summaries = rows.map((row) => ({ ...row, questions: counts.get(row.id) ?? 0 }));
    return toPage(summaries, query.limit, total, (last) => [last.id]);
  }

  async get(id: string): Promise<QuestionSetDetail> {
    const set = await this.owned(id);
    const versionIds = await this.store.setItems(id);
    const questions = await this.source.load(versionIds);
    const items = versionIds.flatMap((versionId) => {
      const body = questions.get(versionId)?.body;
      return body ? [{ versionId, type: body.type, stem: body.stem }] : [];
    });
    return { ...set, questions: versionIds.length, items };
  }

  async create(unitId: string, { title, versionIds }: QuestionSetInput): Promise<QuestionSetRow> {
    await this.access.require('live.host', unitId);
    await this.questionsOf(versionIds);
    await this.refuseUnpublished(versionIds, []);
    const now = this.clock.now();
    const createdBy = currentActor().accountId;
    const set = { id: newId(now), unitId, title, version: 1, createdBy, createdAt: now, updatedAt: now };
    await this.uow.run(async () => {
      await this.store.addSet(set, versionIds);
      await this.tell(liveEvents.setCreated, set);
    });
    return set;
  }

  async change(id: string, version: number, { title, versionIds }: QuestionSetInput): Promise<QuestionSetRow> {
    const set = await this.owned(id);
    await this.questionsOf(versionIds);
    await this.refuseUnpublished(versionIds, await this.store.setItems(id));
    const updatedAt = this.clock.now();
    await this.uow.run(async () => {
      const changed = await this.store.changeSet({ ...set, version }, { title, updatedAt }, versionIds);
      if (!changed) throw new Refused('resource.conflict');
      await this.tell(liveEvents.setChanged, set);
    });
    return { ...set, title, updatedAt, version: version + 1 };
  }

  async remove(id: string): Promise<void> {
    const set = await this.owned(id);
    await this.uow.run(async () => {
      if (await this.store.isSetUsed(id)) throw new LiveRefused('live.set.in-use');
      await this.store.removeSet(id);
      await this.tell(liveEvents.setDeleted, set);
    });
  }

  /** The set with its questions and keys, for a contest. */
  async withKeys(id: string): Promise<{ readonly set: QuestionSetRow; readonly questions: readonly LiveQuestion[] }> {
    const set = await this.owned(id);
    return { set, questions: await this.questionsOf(await this.store.setItems(id)) };
  }

  private async owned(id: string): Promise<QuestionSetRow> {
    const set = await this.store.set(id);
    if (!set) throw new Refused('resource.not-found');
    await this.access.require('live.host', set.unitId);
    return set;
  }

  private async questionsOf(versionIds: readonly string[]): Promise<readonly LiveQuestion[]> {
    if (versionIds.length === 0) throw new LiveRefused('live.set.empty');
    if (versionIds.length > mostQuestions) throw new LiveRefused('live.set.too-long', { limit: mostQuestions });
    const found = await this.source.load(versionIds);
    const missing = versionIds.filter((versionId) => !found.has(versionId));
    if (missing.length > 0) throw new LiveRefused('live.set.unknown-questions', { versionIds: missing });
    const questions = versionIds.map((versionId) => found.get(versionId)!);
    const unfit = questions.flatMap((question) => unfitFor(question.body) ?? []);
    if (unfit.length > 0) {
      const kinds = [...new Set(unfit)].join('、');
      throw new LiveRefused('live.set.unfit-questions', { count: unfit.length, kinds });
    }
    const large = questions.filter((question) => questionBytes(quizQuestionOf(question)) > mostQuestionBytes);
    if (large.length > 0) {
      const characters = Math.floor(mostQuestionBytes / 3);
      throw new LiveRefused('live.set.too-large', { characters, versionIds: large.map((each) => each.versionId) });
    }
    return questions;
  }

  /** What the set holds already stays, though it was replaced or retired since. */
  private async refuseUnpublished(versionIds: readonly string[], held: readonly string[]): Promise<void> {
    const known = new Set(held);
    const published = await this.source.publishedAmong(versionIds.filter((versionId) => !known.has(versionId)));
    const places = versionIds.flatMap((versionId, at) =>
      known.has(versionId) || published.has(versionId) ? [] : [at + 1],
    );
    if (places.length > 0) throw new LiveRefused('live.set.unpublished-questions', { places });
  }

  private tell(type: string, set: QuestionSetRow): Promise<void> {
    const { id, unitId, title } = set;
    return this.outbox.add({ type, subjectType: 'question-set', subjectId: id, unitId, payload: { title } });
  }
}
