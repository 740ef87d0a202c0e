import { Injectable } from '@nestjs/common';
import type { ImportRowState } from '@xuekao/contracts';
import { importRowStates, importStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AppClock } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import { faultsOf } from '../formats/index.js';
import type { FileQuestion, ImportRow } from '../formats/index.js';
import { ImportCheck } from './import-check.js';
import { ImportPictures } from './import-pictures.js';
import type { EarlierRow } from './import-check.js';
import type { ImportQuestionRow } from './import.entity.js';
import { ImportService, importRowOf } from './import.service.js';
import { ImportStore } from './import.store.js';

const open: readonly ImportRowState[] = ['good', 'unclear', 'faulty', 'known', 'repeated', 'conflict', 'skipped'];

/** What a person decides about rows of a preview: mend, confirm a guess, leave out. */
@Injectable()
export class ImportRowsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly imports: ImportService,
    private readonly checks: ImportCheck,
    private readonly clock: AppClock,
    private readonly pictures: ImportPictures,
  ) {}

  /** The row with another content; a person wrote it, so nothing of it is a guess. */
  async mend(id: string, number: number, given: FileQuestion): Promise<ImportQuestionRow> {
    await this.inPreview(id);
    const draft = await this.pictures.checked(given);
    const before = await this.openRow(id, number);
    const { place, label, raw } = before;
    const row: ImportRow = { place, label, raw, draft, faults: faultsOf(draft), guesses: [] };
    const [alone] = await this.checks.check([row]);
    const [checked] = await this.checks.check([row], await this.twinsOf(id, number, alone!.stemHash));
    const changed = importRowOf(id, number, checked!);
    return this.uow.run(async () => {
      await this.inPreview(id);
      const { importId, number: _number, ...change } = changed;
      await this.store.changeRow(importId, number, change);
      return changed;
    });
  }

  /** Guesses taken as right: of these rows, or of all that wait. Returns how many. */
  async confirm(id: string, numbers?: readonly number[]): Promise<number> {
    return this.settle(id, numbers, ['unclear'], 'good');
  }

  /** Rows that are not to be imported. Returns how many. */
  async skip(id: string, numbers: readonly number[] = []): Promise<number> {
    return this.settle(id, numbers, ['good', 'unclear', 'faulty', 'conflict'], 'skipped');
  }

  private async settle(
    id: string,
    numbers: readonly number[] | undefined,
    from: readonly ImportRowState[],
    to: ImportRowState,
  ): Promise<number> {
    await this.imports.permit();
    return this.uow.run(async () => {
      await this.inPreview(id);
      const wanted = numbers ?? (await this.store.numbersOf(id, from[0]!));
      const rows = await this.store.rowsByNumber(id, [...new Set(wanted)]);
      const fitting = rows.filter((row) => from.includes(row.state)).map((row) => row.number);
      await this.store.changeRows(id, fitting, { state: to });
      await this.store.change(id, { updatedAt: this.clock.now() });
      return fitting.length;
    });
  }

  private async inPreview(id: string): Promise<void> {
    await this.imports.permit();
    const batch = await this.imports.existing(id);
    if (batch.state !== 'preview')
      throw new BankRefused('bank.import.wrong-state', { state: importStates[batch.state] });
  }

  private async openRow(id: string, number: number): Promise<ImportQuestionRow> {
    const row = await this.store.row(id, number);
    if (!row) throw new BankRefused('resource.not-found', { id: `${id}/${number}` });
    if (!open.includes(row.state)) {
      throw new BankRefused('bank.import.row-settled', { number, state: importRowStates[row.state] });
    }
    return row;
  }

  private async twinsOf(id: string, number: number, stemHash: string | null): Promise<Map<string, EarlierRow>> {
    if (stemHash === null) return new Map();
    const others = (await this.store.rowsWithStem(id, stemHash)).filter(
      (row) => row.number !== number && (row.state === 'good' || row.state === 'unclear'),
    );
    const [first] = others;
    return new Map(first?.contentHash ? [[stemHash, { place: first.place, contentHash: first.contentHash }]] : []);
  }
}
