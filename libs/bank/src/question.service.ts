import { Injectable } from '@nestjs/common';
import type { Page, Permission, QuestionBody } from '@xuekao/contracts';
import { questionStates } from '@xuekao/contracts';
import { UniqueViolation, UnitOfWork } from '@xuekao/database';
import { isRefusal, normalText } from '@xuekao/kernel';
import { Access, AppClock, Outbox, currentActor, decodeCursor, toPage, unwrap } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import { difficultyFrom, isQuestionCode, nextVersion } from './core/index.js';
import type { Question, QuestionDraft, QuestionKey } from './core/index.js';
import type { QuestionRow, QuestionVersionRow } from './question.entity.js';
import { newQuestionRows, stemHashOf, versionRow } from './question-rows.js';
import { QuestionStore } from './question.store.js';
import type { QuestionFilter } from './question.store.js';

export interface QuestionInput extends QuestionDraft {
  readonly explanation: string;
  readonly source: string;
  readonly difficulty: number;
  readonly topic: string;
  readonly entryKey?: string;
  readonly factId?: string;
}

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

const refused = BankRefused.of;

@Injectable()
export class QuestionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: QuestionStore,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async list(query: QuestionQuery): Promise<Page<QuestionSummary>> {
    await this.permit('bank.read');
    const after = decodeCursor(query.cursor)?.[0];
    const afterCode = typeof after === 'string' && isQuestionCode(after) ? after : undefined;
    const { rows, bodies, total } = await this.store.page(query, query.limit, afterCode);
    const items = rows.map((question) => ({ question, body: bodies.get(question.headVersionId)! }));
    return toPage(items, query.limit, total, (last) => [last.question.code]);
  }

  async topics(): Promise<{ topic: string; count: number }[]> {
    await this.permit('bank.read');
    const collator = new Intl.Collator('zh');
    return (await this.store.topics()).toSorted((a, b) => collator.compare(a.topic, b.topic));
  }

  /** The newest version, with its key for editors only. */
  async get(id: string): Promise<QuestionDetail> {
    await this.permit('bank.read');
    const question = await this.existing(id);
    const version = await this.headOf(question);
    const key = (await this.access.holds('bank.edit')) ? await this.store.keyOf(version.id) : null;
    const keyed = key && { key: key.answerKey, explanation: key.explanation, source: key.source };
    return { question, body: version.body, number: version.number, keyed };
  }

  async create(code: string, input: QuestionInput): Promise<QuestionRow> {
    await this.permit('bank.edit');
    const question = this.questionOf(code, input);
    const { row, version } = newQuestionRows(
      question,
      { authorId: currentActor().accountId, state: 'draft' },
      this.clock.now(),
    );
    try {
      await this.uow.run(async () => {
        await this.store.add([row], [version]);
        await this.tell('bank.question.created', row);
      });
    } catch (error) {
      if (error instanceof UniqueViolation) throw new BankRefused('bank.question.code-taken', { code });
      throw error;
    }
    return row;
  }

  /** A new version in draft; what is published stays in use until the new one is published. */
  async edit(id: string, version: number, input: QuestionInput): Promise<QuestionRow> {
    await this.permit('bank.edit');
    return this.uow.run(async () => {
      const before = await this.existing(id);
      const head = await this.headOf(before);
      const question = this.questionOf(before.code, input, head.body);
      const authorId = currentActor().accountId;
      const now = this.clock.now();
      const next = versionRow(id, head.number + 1, question, authorId, now);
      await this.store.addVersions([next]);
      return this.change(before, version, 'bank.question.edited', {
        headVersionId: next.row.id,
        state: 'draft',
        authorId,
        reviewerId: null,
        topic: question.topic,
        difficulty: question.difficulty,
        factId: question.factId,
        entryKey: question.entryKey,
        stemHash: stemHashOf(question.body),
        stemText: normalText(question.body.stem),
      });
    });
  }

  /** By somebody other than the author of the newest version. */
  async review(id: string): Promise<QuestionRow> {
    await this.permit('bank.edit');
    const reviewerId = currentActor().accountId;
    return this.uow.run(async () => {
      const row = await this.existing(id);
      const { code } = row;
      if (row.state !== 'draft') {
        throw new BankRefused('bank.review.not-draft', { code, state: questionStates[row.state] });
      }
      if (row.authorId === reviewerId) throw new BankRefused('bank.review.own-work', { code });
      return this.change(row, row.version, 'bank.question.reviewed', { state: 'reviewed', reviewerId });
    });
  }

  async publish(id: string): Promise<QuestionRow> {
    await this.permit('bank.edit');
    return this.uow.run(async () => {
      const row = await this.existing(id);
      if (row.state !== 'reviewed') {
        const facts = { code: row.code, state: questionStates[row.state] };
        throw new BankRefused('bank.publish.not-reviewed', facts);
      }
      const change = { state: 'published' as const, publishedVersionId: row.headVersionId };
      return this.change(row, row.version, 'bank.question.published', change);
    });
  }

  private async change(
    row: QuestionRow,
    version: number,
    event: string,
    change: Partial<QuestionRow>,
  ): Promise<QuestionRow> {
    const whole = { ...change, updatedAt: this.clock.now() };
    if (!(await this.store.change(row.id, version, whole))) throw new BankRefused('resource.conflict');
    const changed = { ...row, ...whole, version: version + 1 };
    await this.tell(event, changed);
    return changed;
  }

  private questionOf(code: string, input: QuestionInput, before?: QuestionBody): Question {
    if (!isQuestionCode(code)) throw new BankRefused('bank.question.code-malformed', { code });
    const { body, key } = unwrap(nextVersion(input, before), refused);
    const difficulty = difficultyFrom(input.difficulty);
    if (isRefusal(difficulty)) throw refused(difficulty);
    return {
      code,
      body,
      key,
      difficulty,
      explanation: input.explanation.trim(),
      source: input.source.trim(),
      topic: input.topic.trim(),
      factId: input.factId ?? null,
      entryKey: input.entryKey ?? null,
    };
  }

  private async permit(permission: Permission): Promise<void> {
    if (!(await this.access.holds(permission))) throw new BankRefused('auth.forbidden', { permission });
  }

  private async existing(id: string): Promise<QuestionRow> {
    const row = this.uow.isOpen ? await this.store.byIdForUpdate(id) : await this.store.byId(id);
    if (!row) throw new BankRefused('resource.not-found', { id });
    return row;
  }

  private async headOf(question: QuestionRow): Promise<QuestionVersionRow> {
    const version = await this.store.versionById(question.headVersionId);
    if (!version) throw new Error(`Question ${question.id} has lost its version ${question.headVersionId}`);
    return version;
  }

  private tell(type: string, row: QuestionRow): Promise<void> {
    const payload = { code: row.code, versionId: row.headVersionId, entryKey: row.entryKey, factId: row.factId };
    return this.outbox.add({ type, subjectType: 'question', subjectId: row.id, payload });
  }
}
