import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Difficulty, ImportFormat, ImportRowState, Page } from '@xuekao/contracts';
import { importRowStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { isRefusal, newId } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { Access, AppClock, JobQueue, currentActor, decodeCursor, toPage } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import { fileFormat, readFile } from '../formats/index.js';
import type { FileReading } from '../formats/index.js';
import { ImportCheck, breathe } from './import-check.js';
import type { CheckedRow } from './import-check.js';
import type { ImportBatchRow, ImportQuestionRow } from './import.entity.js';
import { ImportPictures } from './import-pictures.js';
import { ImportStore, chunksOf } from './import.store.js';
import type { ImportFilter, StateCounts } from './import.store.js';

export interface NewImport {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly format?: ImportFormat | undefined;
  readonly topic?: string | undefined;
  readonly difficulty?: Difficulty | undefined;
}

export interface CountedImport {
  readonly batch: ImportBatchRow;
  readonly counts: StateCounts;
}

export const readJob = 'bank.import.read';
/** Files up to these sizes are read while their senders wait: some hundreds of questions. */
const quickText = 128 * 1024;
const quickPacked = 32 * 1024;

function isQuick(bytes: Uint8Array): boolean {
  const isPacked = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return bytes.byteLength <= (isPacked ? quickPacked : quickText);
}
/** Rows per transaction: others write in between. */
export const sliceRows = 250;
/** A quick step is also a job that finds it done, or does it where the process went down in the middle. */
export const safetyDelayMs = 60_000;
const mostUnread = 200;

/** Takes files in and reads them into stored rows that can be looked at, page by page. */
@Injectable()
export class ImportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly jobs: JobQueue,
    private readonly checks: ImportCheck,
    private readonly pictures: ImportPictures,
  ) {}

  /** Small files are read at once; larger ones by a job, so that the page may be left. */
  async upload(given: NewImport): Promise<CountedImport> {
    await this.permit();
    const format = fileFormat(given.name, given.bytes, given.format);
    if (isRefusal(format)) throw BankRefused.of(format);
    const batch = this.batchOf(given, format);
    if (isQuick(given.bytes)) {
      const reading = await readFile(given.name, given.bytes, given.format);
      if (isRefusal(reading)) throw BankRefused.of(reading);
      await this.uow.run(() => this.store.add(batch));
      await this.keepRows(batch, reading);
    } else {
      await this.uow.run(async () => {
        await this.store.add(batch);
        await this.store.keepFile(batch.id, given.bytes);
        await this.jobs.enqueue({
          name: readJob,
          key: `${readJob}:${batch.id}`,
          payload: { id: batch.id, format: given.format },
        });
      });
    }
    return this.counted(batch.id);
  }

  /** The job: idempotent, since rows of a broken-off run are read anew. */
  async read(id: string, format?: ImportFormat): Promise<void> {
    const batch = await this.store.byId(id);
    if (batch?.state !== 'reading') return;
    const bytes = await this.store.fileOf(id);
    const reading = await readFile(batch.fileName, bytes, format);
    if (isRefusal(reading)) await this.fail(id, reading);
    else await this.keepRows(batch, reading);
  }

  async list(query: ImportFilter & { cursor?: string | undefined; limit: number }): Promise<Page<CountedImport>> {
    await this.permit();
    const after = decodeCursor(query.cursor)?.[0];
    const { rows, total } = await this.store.page(query, query.limit, typeof after === 'string' ? after : undefined);
    const counts = await this.store.counts(rows.map((row) => row.id));
    const items = rows.map((batch) => ({ batch, counts: counts.get(batch.id) ?? {} }));
    return toPage(items, query.limit, total, (last) => [last.batch.id]);
  }

  async get(id: string): Promise<CountedImport> {
    await this.permit();
    return this.counted(id);
  }

  async rows(
    id: string,
    query: { state?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<Page<ImportQuestionRow>> {
    await this.permit();
    await this.existing(id);
    const states = query.state
      ?.split(',')
      .filter((state): state is ImportRowState => Object.hasOwn(importRowStates, state));
    const after = decodeCursor(query.cursor)?.[0];
    const page = { states, limit: query.limit, ...(typeof after === 'number' ? { after } : {}) };
    const { rows, total } = await this.store.rows(id, page);
    return toPage(rows, query.limit, total, (last) => [last.number]);
  }

  async permit(): Promise<void> {
    if (!(await this.access.holds('bank.edit'))) throw new BankRefused('auth.forbidden', { permission: 'bank.edit' });
  }

  async existing(id: string): Promise<ImportBatchRow> {
    const batch = this.uow.isOpen ? await this.store.byIdForUpdate(id) : await this.store.byId(id);
    if (!batch) throw new BankRefused('resource.not-found', { id });
    return batch;
  }

  async counted(id: string): Promise<CountedImport> {
    const batch = await this.existing(id);
    return { batch, counts: (await this.store.counts([id])).get(id) ?? {} };
  }

  private batchOf(given: NewImport, format: ImportFormat): ImportBatchRow {
    const now = this.clock.now();
    return {
      id: newId(now),
      state: 'reading',
      format,
      fileName: [...given.name.trim()].slice(-200).join('') || '粘贴的文字',
      fileHash: createHash('sha256').update(given.bytes).digest('hex'),
      topic: given.topic?.trim() || '未分类',
      difficulty: given.difficulty ?? 2,
      mode: null,
      done: 0,
      expected: 0,
      failure: null,
      unread: [],
      authorId: currentActor().accountId,
      createdAt: now,
      updatedAt: now,
      committedAt: null,
      undoneAt: null,
      version: 1,
    };
  }

  private async fail(id: string, failure: Refusal): Promise<void> {
    await this.uow.run(async () => {
      await this.store.dropFile(id);
      await this.store.dropRows(id);
      await this.store.change(id, { state: 'failed', failure, updatedAt: this.clock.now() });
    });
  }

  private async keepRows(batch: ImportBatchRow, reading: FileReading): Promise<void> {
    await this.pictures.keep(batch, reading.pictures);
    const checked = await this.checks.check(reading.rows);
    await this.uow.run(async () => {
      await this.store.dropRows(batch.id);
      await this.store.change(batch.id, { done: 0, expected: checked.length });
    });
    let done = 0;
    for (const slice of chunksOf(checked, sliceRows)) {
      const rows = slice.map((row, at) => importRowOf(batch.id, done + at + 1, row));
      done += slice.length;
      await this.uow.run(async () => {
        await this.store.addRows(rows);
        await this.store.change(batch.id, { done, updatedAt: this.clock.now() });
      });
      await breathe();
    }
    await this.uow.run(async () => {
      await this.store.dropFile(batch.id);
      const unread = reading.unread.slice(0, mostUnread);
      await this.store.change(batch.id, { state: 'preview', unread, updatedAt: this.clock.now() });
    });
  }
}

export function importRowOf(importId: string, number: number, checked: CheckedRow): ImportQuestionRow {
  const { row, state, finding, stemHash, contentHash, twins } = checked;
  return {
    importId,
    number,
    state,
    label: [...row.label].slice(0, 200).join(''),
    place: row.place,
    draft: row.draft,
    faults: finding ? [...row.faults, { refusal: finding, place: row.place }] : row.faults,
    guesses: row.guesses,
    twins,
    raw: row.raw,
    stemHash,
    contentHash,
    questionId: null,
  };
}
