import { Injectable } from '@nestjs/common';
import type { StageSheet, StageSheetCheck, StageSheetCheckBody, StageSheetSummary } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { Access, AppClock, currentActor, Outbox, Refused } from '@xuekao/platform';
import { hintsOf, needsOf, readSheet, shippedSheets } from '../core/stage/index.js';
import { LiveRefused } from '../live.errors.js';
import { liveEvents } from '../live.events.js';
import type { StageSheetRow } from './stage.entity.js';
import { StageStore } from './stage.store.js';

export interface StageSheetDetail extends StageSheetSummary {
  readonly sheet: StageSheet;
}

/** Rule sheets: those that are shipped, and those that units have stored. */
@Injectable()
export class SheetService {
  constructor(
    private readonly store: StageStore,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
    private readonly uow: UnitOfWork,
  ) {}

  async list(): Promise<StageSheetSummary[]> {
    const { unitIds } = await this.access.scope('live.host');
    const own = (await this.store.sheets([...unitIds])).map(storedDetail);
    return [...own, ...Object.keys(shippedSheets).map(shippedDetail)].map(({ sheet: _sheet, ...summary }) => summary);
  }

  /** Shipped sheets are everybody's; stored ones those of the units the actor may host for. */
  async get(id: string): Promise<StageSheetDetail> {
    return Object.hasOwn(shippedSheets, id) ? shippedDetail(id) : storedDetail(await this.owned(id));
  }

  /** Every fault, and what questions the sheet needs for so many teams. */
  check({ sheet: given, teams }: StageSheetCheckBody): StageSheetCheck {
    const { sheet, faults } = readSheet(given);
    if (!sheet) return { faults, needs: [], hints: [] };
    const count = teams ?? sheet.teams.least;
    return { faults, needs: needsOf(sheet, count), hints: hintsOf(sheet, count) };
  }

  async create(unitId: string, given: unknown): Promise<StageSheetRow> {
    await this.access.require('live.host', unitId);
    const sheet = valid(given);
    const now = this.clock.now();
    const createdBy = currentActor().accountId;
    const row = {
      id: newId(now),
      unitId,
      name: sheet.name,
      sheet,
      version: 1,
      createdBy,
      createdAt: now,
      updatedAt: now,
    };
    await this.uow.run(async () => {
      await this.store.addSheet(row);
      await this.tell(liveEvents.sheetCreated, row);
    });
    return row;
  }

  async change(id: string, version: number, given: unknown): Promise<StageSheetRow> {
    const row = await this.owned(id);
    const sheet = valid(given);
    const changed = { ...row, version, sheet, name: sheet.name, updatedAt: this.clock.now() };
    await this.uow.run(async () => {
      if (!(await this.store.changeSheet(changed))) throw new Refused('resource.conflict');
      await this.tell(liveEvents.sheetChanged, changed);
    });
    return { ...changed, version: version + 1 };
  }

  async remove(id: string): Promise<void> {
    const row = await this.owned(id);
    await this.uow.run(async () => {
      if (await this.store.isSheetUsed(id)) throw new LiveRefused('live.sheet.in-use');
      await this.store.removeSheet(id);
      await this.tell(liveEvents.sheetDeleted, row);
    });
  }

  private async owned(id: string): Promise<StageSheetRow> {
    if (Object.hasOwn(shippedSheets, id)) throw new LiveRefused('live.sheet.shipped');
    const row = await this.store.sheet(id);
    if (!row) throw new Refused('resource.not-found');
    await this.access.require('live.host', row.unitId);
    return row;
  }

  private tell(type: string, { id, unitId, name }: StageSheetRow): Promise<void> {
    return this.outbox.add({ type, subjectType: 'stage-sheet', subjectId: id, unitId, payload: { title: name } });
  }
}

function valid(given: unknown): StageSheet {
  const { sheet, faults } = readSheet(given);
  const [first] = faults;
  if (!sheet || first) {
    const facts = { count: faults.length, first: `${first?.path ?? ''} ${first?.message ?? ''}`.trim() };
    throw new LiveRefused('live.sheet.invalid', facts);
  }
  return sheet;
}

function detailOf(sheet: StageSheet): Omit<StageSheetDetail, 'id' | 'shipped' | 'unitId' | 'version'> {
  return { name: sheet.name, note: sheet.note ?? null, rounds: sheet.rounds.map(({ title }) => title), sheet };
}

function storedDetail({ id, unitId, version, sheet }: StageSheetRow): StageSheetDetail {
  return { id, ...detailOf(sheet), shipped: false, unitId, version };
}

function shippedDetail(id: string): StageSheetDetail {
  return { id, ...detailOf(shippedSheets[id]!), shipped: true, unitId: null, version: 1 };
}
