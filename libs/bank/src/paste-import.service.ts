import { Injectable } from '@nestjs/common';
import type { QuestionBody } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { isRefusal, newId, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { Access, AppClock, Outbox, currentActor } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import { difficultyFrom, questionsFromText, stemForm } from './core/index.js';
import type { PastedQuestion, QuestionKey } from './core/index.js';
import { contentHashOf, newQuestionRows, stemHashOf } from './question-rows.js';
import { QuestionStore } from './question.store.js';

export interface PasteRow {
  readonly line: number;
  readonly number: string;
  readonly stem: string;
  readonly body: QuestionBody | null;
  readonly key: QuestionKey | null;
  readonly refusal: Refusal | null;
}

export interface PastePreview {
  readonly rows: readonly PasteRow[];
  readonly good: number;
  readonly bad: number;
}

export interface PasteChoice {
  readonly topic: string;
  readonly difficulty: number;
  /** `all-or-nothing` imports nothing where one question is faulty. */
  readonly mode: 'good-only' | 'all-or-nothing';
}

const mostQuestions = 5000;

interface Checked {
  readonly row: PasteRow;
  readonly question: PastedQuestion | null;
}

/** Questions from text in the plain layout, with a preview. The same text twice adds nothing the second time. */
@Injectable()
export class PasteImport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: QuestionStore,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async preview(text: string): Promise<PastePreview> {
    const rows = (await this.checked(text)).map((each) => each.row);
    const bad = rows.filter((row) => row.refusal).length;
    return { rows, bad, good: rows.length - bad };
  }

  /** Drafts for review, with codes made from their stems. */
  async importText(text: string, choice: PasteChoice): Promise<{ added: number; codes: string[] }> {
    return this.uow.run(async () => {
      const checked = await this.checked(text);
      const bad = checked.filter((each) => each.row.refusal).length;
      if (bad > 0 && choice.mode === 'all-or-nothing') {
        throw new BankRefused('bank.import.has-errors', { total: checked.length, bad });
      }
      const difficulty = difficultyFrom(choice.difficulty);
      if (isRefusal(difficulty)) throw BankRefused.of(difficulty);
      const now = this.clock.now();
      const origin = { authorId: currentActor().accountId, state: 'draft' as const };
      const fresh = checked.flatMap(({ row, question }) => {
        if (row.refusal || !question) return [];
        const code = `p${stemHashOf(question.body).slice(0, 12)}`;
        const classed = { code, topic: choice.topic.trim(), difficulty, factId: null, entryKey: null };
        return [newQuestionRows({ ...question, ...classed }, origin, now)];
      });
      await this.store.add(
        fresh.map((each) => each.row),
        fresh.map((each) => each.version),
      );
      const codes = fresh.map((each) => each.row.code);
      const subject = { subjectType: 'question-batch', subjectId: newId(now) };
      await this.outbox.add({ type: 'bank.question.imported', ...subject, payload: { added: codes.length, codes } });
      return { added: codes.length, codes };
    });
  }

  private async checked(text: string): Promise<Checked[]> {
    if (!(await this.access.holds('bank.edit'))) throw new BankRefused('auth.forbidden', { permission: 'bank.edit' });
    const found = questionsFromText(text);
    if (found.length === 0) throw new BankRefused('bank.import.nothing-found');
    if (found.length > mostQuestions) {
      throw new BankRefused('bank.import.too-large', { limit: mostQuestions, found: found.length });
    }
    const questions = found.flatMap((each) => ('question' in each ? [each.question] : []));
    const known = await this.knownStems(questions);
    const firstLine = new Map<string, number>();
    return found.map((each) => {
      if ('fault' in each) return { row: { ...each.fault, body: null, key: null }, question: null };
      const { question } = each;
      const { line, number, body, key } = question;
      const form = stemForm(body.stem);
      const twin = firstLine.get(form);
      firstLine.set(form, twin ?? line);
      const refusal =
        twin === undefined
          ? this.knownRefusal(question, known)
          : refuse('bank.question.repeated-in-batch', { line: twin });
      return { row: { line, number, stem: body.stem, body, key, refusal }, question };
    });
  }

  private async knownStems(questions: readonly PastedQuestion[]): Promise<Map<string, { code: string; hash: string }>> {
    const rows = await this.store.byStemHashes(questions.map((question) => stemHashOf(question.body)));
    const versions = await this.store.versionsByIds(rows.map((row) => row.headVersionId));
    const hashOf = new Map(versions.map((version) => [version.id, version.contentHash]));
    return new Map(rows.map((row) => [row.stemHash, { code: row.code, hash: hashOf.get(row.headVersionId) ?? '' }]));
  }

  private knownRefusal(
    { body, key }: PastedQuestion,
    known: Map<string, { code: string; hash: string }>,
  ): Refusal | null {
    const twin = known.get(stemHashOf(body));
    if (!twin) return null;
    const same = twin.hash === contentHashOf(body, key);
    return refuse(same ? 'bank.question.stem-known' : 'bank.question.conflicting-key', { code: twin.code });
  }
}
