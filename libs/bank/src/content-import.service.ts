import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, Outbox, unwrap } from '@xuekao/platform';
import { newId } from '@xuekao/kernel';
import { BankRefused } from './bank.errors.js';
import { EntryLinks } from './entry-links.js';
import { questionFrom } from './core/index.js';
import type { QuestionContent } from './core/index.js';
import { newQuestionRows } from './question-rows.js';
import { QuestionStore } from './question.store.js';

export interface ContentImported {
  readonly added: number;
  /** Codes that were in the bank already; their questions stay as they are. */
  readonly known: number;
}

/** Loads content that ships with the product: read and checked by its editors, so published at once. Not an HTTP matter. */
@Injectable()
export class ContentImport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: QuestionStore,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
    private readonly links: EntryLinks,
  ) {}

  /** Idempotent by code. Refuses the whole content at its first faulty question. */
  async importContent(content: readonly QuestionContent[]): Promise<ContentImported> {
    const questions = content.map((each) => unwrap(questionFrom(each), BankRefused.of));
    return this.uow.run(async () => {
      const known = new Set(
        (await this.store.byCodes(questions.map((question) => question.code))).map((row) => row.code),
      );
      const now = this.clock.now();
      const added = questions.filter((question) => !known.has(question.code));
      const versions = await this.links.versionsOf(added.flatMap((question) => question.entryKey ?? []));
      const fresh = added.map((question) => {
        const entryVersion = versions.get(question.entryKey ?? '') ?? null;
        return newQuestionRows(question, { authorId: null, state: 'published', entryVersion }, now);
      });
      if (fresh.length > 0) {
        await this.store.add(
          fresh.map((each) => each.row),
          fresh.map((each) => each.version),
        );
        const payload = { added: fresh.length, codes: fresh.map((each) => each.row.code) };
        await this.outbox.add({
          type: 'bank.content.imported',
          subjectType: 'question-batch',
          subjectId: newId(now),
          payload,
        });
      }
      return { added: fresh.length, known: questions.length - fresh.length };
    });
  }
}
