import { Injectable } from '@nestjs/common';
import { importStates } from '@xuekao/contracts';
import { ForeignKeyViolation, UnitOfWork } from '@xuekao/database';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { AppClock, Outbox } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import type { QuestionRow } from '../question.entity.js';
import { QuestionStore } from '../question.store.js';
import { breathe } from './import-check.js';
import type { ImportQuestionRow } from './import.entity.js';
import { ImportService, sliceRows } from './import.service.js';
import type { CountedImport } from './import.service.js';
import { ImportStore, chunksOf } from './import.store.js';

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
  ) {}

  /** Rows end as `undone`, or `kept` with the reason. */
  async undo(id: string): Promise<CountedImport> {
    await this.imports.permit();
    const batch = await this.imports.existing(id);
    if (batch.state !== 'committed')
      throw new BankRefused('bank.import.wrong-state', { state: importStates[batch.state] });
    const numbers = await this.store.numbersOf(id, 'imported');
    for (const slice of chunksOf(numbers, sliceRows)) {
      await this.undoSlice(id, slice);
      await breathe();
    }
    await this.uow.run(async () => {
      const now = this.clock.now();
      const counts = (await this.store.counts([id])).get(id) ?? {};
      await this.store.change(id, { state: 'undone', undoneAt: now, updatedAt: now });
      await this.outbox.add({
        type: 'bank.import.undone',
        subjectType: 'question-import',
        subjectId: id,
        payload: { importId: id, undone: counts.undone ?? 0, kept: counts.kept ?? 0 },
      });
    });
    return this.imports.counted(id);
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
    const questions = new Map(
      (await this.questions.byIds(rows.map((row) => row.questionId!))).map((question) => [question.id, question]),
    );
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

  private keep(row: ImportQuestionRow, refusal: Refusal): Promise<void> {
    return this.store.changeRow(row.importId, row.number, { state: 'kept', faults: [...row.faults, { refusal }] });
  }
}
