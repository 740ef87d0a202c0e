import { Injectable } from '@nestjs/common';
import type { ImportMode } from '@xuekao/contracts';
import { importStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { isRefusal, refuse } from '@xuekao/kernel';
import { AppClock, JobQueue, Outbox, currentActor, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import type { Question } from '../core/index.js';
import { bodyAndKeyOfFile } from '../formats/index.js';
import type { FileQuestion } from '../formats/index.js';
import { contentHashOf, newQuestionRows, stemHashOf } from '../question-rows.js';
import { QuestionStore } from '../question.store.js';
import { breathe } from './import-check.js';
import { ImportMaterials } from './import-materials.js';
import type { ImportBatchRow, ImportQuestionRow } from './import.entity.js';
import { ImportService, safetyDelayMs, sliceRows } from './import.service.js';
import type { CountedImport } from './import.service.js';
import { ImportStore, chunksOf } from './import.store.js';

export const commitJob = 'bank.import.commit';

interface Fresh {
  readonly row: ImportQuestionRow;
  readonly made: ReturnType<typeof newQuestionRows>;
}

/** Brings the good rows of a preview into the bank as drafts of the importer. */
@Injectable()
export class ImportCommitService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly questions: QuestionStore,
    private readonly materials: ImportMaterials,
    private readonly imports: ImportService,
    private readonly clock: AppClock,
    private readonly jobs: JobQueue,
    private readonly outbox: Outbox,
  ) {}

  /**
   * `all-or-nothing` refuses where a row is faulty, in conflict or not confirmed. Few rows are written at once, many by a
   * job that goes on after a stop; what the bank has got in the meantime is passed over.
   */
  async commit(id: string, mode: ImportMode): Promise<CountedImport> {
    await this.imports.permit();
    const actor = currentActor();
    const isQuick = await this.uow.run(async () => {
      const batch = await this.imports.existing(id);
      if (batch.state !== 'preview') {
        throw new BankRefused('bank.import.wrong-state', { state: importStates[batch.state] });
      }
      const counts = (await this.store.counts([id])).get(id) ?? {};
      const bad = (counts.faulty ?? 0) + (counts.conflict ?? 0) + (counts.unclear ?? 0);
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      if (mode === 'all-or-nothing' && bad > 0) throw new BankRefused('bank.import.has-errors', { total, bad });
      const expected = counts.good ?? 0;
      await this.store.change(id, { state: 'committing', mode, done: 0, expected, updatedAt: this.clock.now() });
      const isSmall = expected <= sliceRows;
      const job = { name: commitJob, key: `${commitJob}:${id}`, payload: { id, actor } };
      await this.jobs.enqueue(isSmall ? { ...job, runAt: this.clock.now() + safetyDelayMs } : job);
      return isSmall;
    });
    if (isQuick) await this.write(id, actor);
    return this.imports.counted(id);
  }

  /** The job: goes on where a broken-off run stopped. */
  async write(id: string, actor: Actor): Promise<void> {
    const batch = await this.store.byId(id);
    if (batch?.state !== 'committing') return;
    const numbers = await this.store.numbersOf(id, 'good');
    await runAs(actor, async () => {
      for (const slice of chunksOf(numbers, sliceRows)) {
        await this.uow.run(() => this.writeSlice(batch, slice));
        await breathe();
      }
      await this.uow.run(async () => {
        const now = this.clock.now();
        await this.store.change(id, { state: 'committed', committedAt: now, updatedAt: now });
      });
    });
  }

  private async writeSlice(batch: ImportBatchRow, numbers: readonly number[]): Promise<void> {
    const now = this.clock.now();
    const rows = (await this.store.rowsByNumber(batch.id, numbers))
      .filter((row) => row.state === 'good' && row.draft)
      .toSorted((a, b) => a.number - b.number);
    const drafts = rows.map((row) => row.draft!);
    const materials = await this.materials.ensure(drafts, batch.topic, batch.authorId, now);
    const origin = { authorId: batch.authorId, state: 'draft' as const };
    const made = rows.map((row, index): Fresh | null => {
      const question = questionOf(row, batch, ImportMaterials.of(drafts[index]!, materials));
      const own = { ...origin, materialPlace: row.number, suggestedMarks: drafts[index]!.marks };
      return question && { row, made: newQuestionRows(question, own, now) };
    });
    const fresh = await this.stillFresh(
      made.flatMap((each) => each ?? []),
      batch.id,
    );
    await this.questions.add(
      fresh.map((each) => each.made.row),
      fresh.map((each) => each.made.version),
    );
    await this.store.markImported(
      batch.id,
      fresh.map(({ row, made: { row: question } }) => ({ number: row.number, questionId: question.id })),
    );
    // The hash of a question about a new material is known only once the material has its id.
    for (const { row, made: question } of fresh.filter(
      (each) => each.row.contentHash !== each.made.version.row.contentHash,
    )) {
      await this.store.changeRow(batch.id, row.number, { contentHash: question.version.row.contentHash });
    }
    await this.store.change(batch.id, { done: numbers.at(-1)!, updatedAt: now });
    if (fresh.length === 0) return;
    const codes = fresh.map((each) => each.made.row.code);
    await this.outbox.add({
      type: 'bank.question.imported',
      subjectType: 'question-import',
      subjectId: batch.id,
      payload: { importId: batch.id, added: codes.length, codes },
    });
  }

  /** Without those whose stem or code came into the bank since the preview. */
  private async stillFresh(made: readonly Fresh[], importId: string): Promise<Fresh[]> {
    const known = new Map(
      (await this.questions.byStemHashes(made.map((each) => each.made.row.stemHash))).map((row) => [
        row.stemHash,
        row.code,
      ]),
    );
    const taken = new Set(
      (await this.questions.byCodes(made.map((each) => each.made.row.code))).map((row) => row.code),
    );
    const fresh: Fresh[] = [];
    for (const each of made) {
      const { stemHash, code } = each.made.row;
      const twin = known.get(stemHash);
      if (twin === undefined && !taken.has(code)) fresh.push(each);
      else {
        const refusal = twin
          ? refuse('bank.question.stem-known', { code: twin })
          : refuse('bank.question.code-taken', { code });
        const faults = [...each.row.faults, { refusal }];
        await this.store.changeRow(importId, each.row.number, { state: twin ? 'known' : 'faulty', faults });
      }
    }
    return fresh;
  }
}

function questionOf(
  row: ImportQuestionRow,
  batch: ImportBatchRow,
  material: ReturnType<typeof ImportMaterials.of>,
): Question | null {
  const draft: FileQuestion = row.draft!;
  const made = bodyAndKeyOfFile(draft, material);
  if (isRefusal(made)) return null;
  return {
    code: draft.code || codeOf(stemHashOf(made.body), contentHashOf(made.body, made.key)),
    ...made,
    explanation: draft.explanation,
    source: draft.source,
    difficulty: draft.difficulty ?? (batch.difficulty as Question['difficulty']),
    topic: draft.topic.trim() || batch.topic,
    factId: null,
    entryKey: null,
  };
}

/** From stem and content, so that a question that was edited since does not stand in the way of another with its old stem. */
function codeOf(stemHash: string, contentHash: string): string {
  return `p${stemHash.slice(0, 10)}${contentHash.slice(0, 6)}`;
}
