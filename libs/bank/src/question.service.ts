import { Injectable } from '@nestjs/common';
import type { Page, QuestionBody } from '@xuekao/contracts';
import { questionStates } from '@xuekao/contracts';
import { UniqueViolation, UnitOfWork } from '@xuekao/database';
import { normalText } from '@xuekao/kernel';
import { Access, AppClock, currentActor, decodeCursor, toPage } from '@xuekao/platform';
import { BankRefused, retired } from './bank.errors.js';
import { EntryLinks } from './entry-links.js';
import { QuestionChanges } from './question-changes.js';
import { QuestionDrafts } from './question-drafts.js';
import type { QuestionInput } from './question-drafts.js';
import { isQuestionCode } from './core/index.js';
import type { QuestionKey } from './core/index.js';
import type { QuestionRow } from './question.entity.js';
import { newQuestionRows, stemHashOf, versionRow } from './question-rows.js';
import { QuestionStore } from './question.store.js';
import type { QuestionFilter } from './question.store.js';

export interface QuestionSummary {
  readonly question: QuestionRow;
  readonly body: QuestionBody;
}

export interface QuestionDetail extends QuestionSummary {
  readonly number: number;
  /** Null for who may not edit the bank. */
  readonly keyed: { readonly key: QuestionKey; readonly explanation: string; readonly source: string } | null;
}

export interface QuestionQuery extends QuestionFilter {
  readonly cursor?: string;
  readonly limit: number;
}

const codeIn = (place: unknown): string | undefined =>
  typeof place === 'string' && isQuestionCode(place) ? place : undefined;
const numberIn = (place: unknown): number | undefined =>
  typeof place === 'number' && Number.isSafeInteger(place) ? place : undefined;

@Injectable()
export class QuestionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: QuestionStore,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly changes: QuestionChanges,
    private readonly drafts: QuestionDrafts,
    private readonly links: EntryLinks,
  ) {}

  /** In order of code; the questions of one import in the order of its file. */
  async list(query: QuestionQuery): Promise<Page<QuestionSummary>> {
    await this.changes.permit('bank.read');
    const after = decodeCursor(query.cursor)?.[0];
    const place = query.importId === undefined ? codeIn(after) : numberIn(after);
    const { rows, places, bodies, total } = await this.store.page(query, query.limit, place);
    const items = rows.map((question) => ({ question, body: bodies.get(question.headVersionId)! }));
    return toPage(items, query.limit, total, (last) => [places[items.indexOf(last)]!]);
  }

  async topics(): Promise<{ topic: string; count: number }[]> {
    await this.changes.permit('bank.read');
    const collator = new Intl.Collator('zh');
    return (await this.store.topics()).toSorted((a, b) => collator.compare(a.topic, b.topic));
  }

  /** The newest version, with its key for editors only. */
  async get(id: string): Promise<QuestionDetail> {
    await this.changes.permit('bank.read');
    const question = await this.changes.existing(id);
    const version = await this.changes.headOf(question);
    const key = (await this.access.holds('bank.edit')) ? await this.store.keyOf(version.id) : null;
    const keyed = key && { key: key.answerKey, explanation: key.explanation, source: key.source };
    return { question, body: version.body, number: version.number, keyed };
  }

  async create(code: string, input: QuestionInput): Promise<QuestionRow> {
    await this.changes.permit('bank.edit');
    const authorId = currentActor().accountId;
    try {
      return await this.uow.run(async () => {
        const question = await this.drafts.questionOf(code, input);
        const materialPlace = await this.drafts.placeOf(input);
        const entryVersion = await this.links.versionOf(question.entryKey);
        const { suggestedMarks = null } = input;
        const origin = { authorId, state: 'draft' as const, materialPlace, entryVersion, suggestedMarks };
        const { row, version } = newQuestionRows(question, origin, this.clock.now());
        await this.store.add([row], [version]);
        await this.changes.tell('bank.question.created', row);
        return row;
      });
    } catch (error) {
      if (error instanceof UniqueViolation) throw new BankRefused('bank.question.code-taken', { code });
      throw error;
    }
  }

  /** A new version in draft; what is published stays in use until the new one is published. */
  async edit(id: string, version: number, input: QuestionInput): Promise<QuestionRow> {
    await this.changes.permit('bank.edit');
    return this.uow.run(async () => {
      const before = await this.changes.existing(id);
      if (before.retiredAt !== null) throw retired(before);
      const head = await this.changes.headOf(before);
      const question = await this.drafts.questionOf(before.code, input, head.body);
      const isSameMaterial = input.materialId !== undefined && input.materialId === before.materialId;
      const place =
        isSameMaterial && input.materialPlace === undefined ? before.materialPlace : await this.drafts.placeOf(input);
      const authorId = currentActor().accountId;
      const now = this.clock.now();
      const next = versionRow(id, head.number + 1, question, authorId, now);
      await this.store.addVersions([next]);
      return this.changes.change(before, version, 'bank.question.edited', {
        headVersionId: next.row.id,
        state: 'draft',
        authorId,
        reviewerId: null,
        topic: question.topic,
        difficulty: question.difficulty,
        suggestedMarks: input.suggestedMarks === undefined ? before.suggestedMarks : input.suggestedMarks,
        factId: question.factId,
        entryKey: question.entryKey,
        entryVersion: await this.links.versionOf(question.entryKey),
        materialId: input.materialId ?? null,
        materialPlace: place,
        stemHash: stemHashOf(question.body),
        stemText: normalText(question.body.stem),
      });
    });
  }

  /** By somebody other than the author of the newest version. */
  async review(id: string): Promise<QuestionRow> {
    await this.changes.permit('bank.edit');
    const reviewerId = currentActor().accountId;
    return this.uow.run(async () => {
      const row = await this.changes.existing(id);
      const { code } = row;
      if (row.retiredAt !== null) throw retired(row);
      if (row.state !== 'draft') {
        throw new BankRefused('bank.review.not-draft', { code, state: questionStates[row.state] });
      }
      if (row.authorId === reviewerId) throw new BankRefused('bank.review.own-work', { code });
      return this.changes.change(row, row.version, 'bank.question.reviewed', { state: 'reviewed', reviewerId });
    });
  }

  /** The newest version becomes the one in use; written against the entry of today, it needs no other look. */
  async publish(id: string): Promise<QuestionRow> {
    await this.changes.permit('bank.edit');
    return this.uow.run(async () => {
      const row = await this.changes.existing(id);
      if (row.retiredAt !== null) throw retired(row);
      if (row.state !== 'reviewed') {
        const facts = { code: row.code, state: questionStates[row.state] };
        throw new BankRefused('bank.publish.not-reviewed', facts);
      }
      const isChecked = row.entryVersion !== null && row.entryVersion === (await this.links.versionOf(row.entryKey));
      const change = {
        state: 'published' as const,
        publishedVersionId: row.headVersionId,
        ...(isChecked ? { recheckSince: null, recheckReason: null, recheckNote: null } : {}),
      };
      return this.changes.change(row, row.version, 'bank.question.published', change);
    });
  }
}
