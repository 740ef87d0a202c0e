import { Injectable } from '@nestjs/common';
import type { ImportMode } from '@xuekao/contracts';
import { importStates } from '@xuekao/contracts';
import { ForeignKeyViolation, UnitOfWork } from '@xuekao/database';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { AppClock, JobQueue, Outbox, currentActor, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import type { QuestionRow } from '../question.entity.js';
import { QuestionStore } from '../question.store.js';
import { breathe } from './import-check.js';
import { ImportPictures } from './import-pictures.js';
import type { ImportQuestionRow } from './import.entity.js';
import { ImportService, safetyDelayMs, sliceRows } from './import.service.js';
import type { CountedImport } from './import.service.js';
import { ImportStore, chunksOf } from './import.store.js';

export const undoJob = 'bank.import.undo';

/** A question that stays in the bank, and why. */
export interface StayingQuestion {
  readonly number: number;
  readonly code: string;
  readonly refusal: Refusal;
}

export interface UndoPlan {
  /** How many leave the bank. */
  readonly going: number;
  readonly staying: readonly StayingQuestion[];
}

/** Codes that a refusal names; the plan has them all. */
const mostNamed = 10;

/** Why a question stays: only what nobody has read, changed or used since goes. */
function reasonToKeep(question: QuestionRow): Refusal | null {
  const { code, state, version, publishedVersionId } = question;
  if (publishedVersionId !== null || state === 'published') return refuse('bank.undo.published', { code });
  if (state === 'reviewed') return refuse('bank.undo.reviewed', { code });
  return version > 1 ? refuse('bank.undo.edited', { code }) : null;
}

/** Takes an import back: its questions leave the bank unless somebody has worked on them. */
@Injectable()
export class ImportUndoService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly questions: QuestionStore,
    private readonly imports: ImportService,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
    private readonly jobs: JobQueue,
    private readonly pictures: ImportPictures,
  ) {}

  /** What an undo would take and what it would leave. */
  async plan(id: string): Promise<UndoPlan> {
    await this.imports.permit();
    await this.imports.existing(id);
    const staying: StayingQuestion[] = [];
    let going = 0;
    for (const slice of chunksOf(await this.store.numbersOf(id, 'imported'), 1000)) {
      const rows = await this.store.rowsByNumber(id, slice);
      const questions = await this.questionsOf(rows);
      for (const { number, questionId } of rows.toSorted((a, b) => a.number - b.number)) {
        const question = questions.get(questionId!);
        const refusal = question ? reasonToKeep(question) : null;
        if (question && refusal) staying.push({ number, code: question.code, refusal });
        else going += 1;
      }
    }
    return { going, staying };
  }

  /**
   * `all-or-nothing` refuses 'bank.import.in-use' where a question was reviewed, changed or published, with their codes;
   * `good-only` leaves those where they are. Few rows go at once, many by a job that goes on after a stop. While it runs, and
   * once it is done, asking again changes nothing. Rows end as `undone`, or `kept` with the reason.
   */
  async undo(id: string, mode: ImportMode = 'all-or-nothing'): Promise<CountedImport> {
    const actor = currentActor();
    const { going, staying } = await this.plan(id);
    const isQuick = await this.uow.run(async () => {
      const batch = await this.imports.existing(id);
      if (batch.state === 'undoing' || batch.state === 'undone') return false;
      if (batch.state !== 'committed') {
        throw new BankRefused('bank.import.wrong-state', { state: importStates[batch.state] });
      }
      if (mode === 'all-or-nothing' && staying.length > 0) throw inUse(staying);
      const expected = going + staying.length;
      const isSmall = expected <= sliceRows;
      await this.store.change(id, { state: 'undoing', done: 0, expected, updatedAt: this.clock.now() });
      const job = { name: undoJob, key: `${undoJob}:${id}`, payload: { id, actor } };
      await this.jobs.enqueue(isSmall ? { ...job, runAt: this.clock.now() + safetyDelayMs } : job);
      return isSmall;
    });
    if (isQuick) await this.takeAll(id, actor);
    return this.imports.counted(id);
  }

  /** The job: goes on where a broken-off run stopped. */
  async takeAll(id: string, actor: Actor): Promise<void> {
    const batch = await this.store.byId(id);
    if (batch?.state !== 'undoing') return;
    const numbers = await this.store.numbersOf(id, 'imported');
    let done = Math.max(0, batch.expected - numbers.length);
    for (const slice of chunksOf(numbers, sliceRows)) {
      await this.undoSlice(id, slice);
      done += slice.length;
      await this.uow.run(() => this.store.change(id, { done, updatedAt: this.clock.now() }));
      await breathe();
    }
    await runAs(actor, () => this.uow.run(() => this.finish(id)));
  }

  private async finish(id: string): Promise<void> {
    if ((await this.imports.existing(id)).state !== 'undoing') return;
    await this.pictures.dropUnused(id);
    const now = this.clock.now();
    const counts = (await this.store.counts([id])).get(id) ?? {};
    await this.store.change(id, { state: 'undone', undoneAt: now, updatedAt: now });
    await this.outbox.add({
      type: 'bank.import.undone',
      subjectType: 'question-import',
      subjectId: id,
      payload: { importId: id, undone: counts.undone ?? 0, kept: counts.kept ?? 0 },
    });
  }

  /** All at once; one by one where something else holds on to one of them. */
  private async undoSlice(id: string, numbers: readonly number[]): Promise<void> {
    try {
      await this.uow.run(() => this.takeBack(id, numbers));
    } catch (error) {
      if (!(error instanceof ForeignKeyViolation)) throw error;
      if (numbers.length > 1) {
        for (const number of numbers) await this.undoSlice(id, [number]);
        return;
      }
      await this.uow.run(async () => {
        const [row] = await this.store.rowsByNumber(id, numbers);
        const [question] = await this.questions.byIds([row!.questionId!]);
        await this.keep(row!, refuse('bank.undo.in-use', { code: question?.code ?? '' }));
      });
    }
  }

  private async takeBack(id: string, numbers: readonly number[]): Promise<void> {
    const rows = (await this.store.rowsByNumber(id, numbers)).filter((row) => row.state === 'imported');
    const questions = await this.questionsOf(rows);
    const going: QuestionRow[] = [];
    const gone: number[] = [];
    for (const row of rows) {
      const question = questions.get(row.questionId!);
      const reason = question && reasonToKeep(question);
      if (reason) await this.keep(row, reason);
      else {
        gone.push(row.number);
        if (question) going.push(question);
      }
    }
    await this.store.removeQuestions(going.map((question) => question.id));
    await this.store.removeIdleMaterials([...new Set(going.flatMap((question) => question.materialId ?? []))]);
    await this.store.changeRows(id, gone, { state: 'undone' });
  }

  private async questionsOf(rows: readonly ImportQuestionRow[]): Promise<Map<string, QuestionRow>> {
    const questions = await this.questions.byIds(rows.flatMap((row) => row.questionId ?? []));
    return new Map(questions.map((question) => [question.id, question]));
  }

  private keep(row: ImportQuestionRow, refusal: Refusal): Promise<void> {
    return this.store.changeRow(row.importId, row.number, { state: 'kept', faults: [...row.faults, { refusal }] });
  }
}

function inUse(staying: readonly StayingQuestion[]): BankRefused {
  const named = staying.slice(0, mostNamed).map(({ code }) => code);
  const codes = `${named.join('、')}${staying.length > mostNamed ? ' 等' : ''}`;
  return new BankRefused('bank.import.in-use', { count: staying.length, codes });
}
