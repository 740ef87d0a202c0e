import { Injectable } from '@nestjs/common';
import { unitKindRules, type Permission, type Tree } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { normalText } from '@xuekao/kernel';
import { Access, Outbox } from '@xuekao/platform';
import { readRoster, rosterColumns, type RosterPreview, type Sheet, type UnitNames } from './core/index.js';
import type { MemberListQuery } from './member.query.js';
import { RosterReading } from './roster-reading.js';
import { MemberService } from './member.service.js';
import type { UnitEntity } from './org.entity.js';
import { decided, OrgRefused } from './org.errors.js';
import { OrgStores } from './org.stores.js';
import { readSheet, writeSheet } from './roster-sheet.js';

const chunkRows = 500;
const columns = Object.values(rosterColumns);

/** Rosters as .xlsx files: preview, import and export. */
@Injectable()
export class RosterFileService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly stores: OrgStores,
    private readonly members: MemberService,
    private readonly reading: RosterReading,
  ) {}

  /** What an import would do; nothing is written. */
  async preview(file: Buffer): Promise<RosterPreview> {
    return this.check(await readSheet(file));
  }

  /** `all` refuses a file with any fault; `good-rows` imports the others. All rows commit together. */
  async import(
    file: Buffer,
    mode: 'all' | 'good-rows',
  ): Promise<{ imported: number; faults: RosterPreview['faults'] }> {
    const sheet = await readSheet(file);
    return this.uow.run(async () => {
      const { good, faults } = await this.check(sheet);
      if (mode === 'all' && faults.length > 0) {
        const errors = faults.map(({ cell, message }) => ({ path: `${sheet.name}!${cell}`, code: 'cell', message }));
        throw new OrgRefused('org.import.has-errors', { errors: faults.length }, errors);
      }
      for (let start = 0; start < good.length; start += chunkRows) {
        await this.enrol(good.slice(start, start + chunkRows));
      }
      return { imported: good.length, faults };
    });
  }

  /** One event for a part of the file, so that no event grows with it. */
  private async enrol(part: RosterPreview['good']): Promise<void> {
    const memberIds = await this.members.enrolMany(part);
    const unitId = part[0]!.partyUnitId ?? part[0]!.departmentUnitId!;
    const payload = { imported: memberIds.length, memberIds };
    await this.outbox.add({ type: 'org.roster.imported', subjectType: 'unit', subjectId: unitId, unitId, payload });
  }

  /** The filtered list within the actor's scope, in the columns that an import reads. */
  async export(query: Pick<MemberListQuery, 'unitId' | 'type' | 'q'>): Promise<Buffer> {
    const rows = await this.reading.rowsOf(query);
    await this.uow.run(() =>
      this.outbox.add({
        type: 'org.roster.exported',
        subjectType: 'roster',
        subjectId: query.unitId ?? 'all',
        unitId: query.unitId ?? null,
        payload: { rows: rows.length },
      }),
    );
    return writeSheet({ name: '名册', rows: [columns, ...rows] }, [12, 12, 6, 14, 24, 20, 12, 12, 16, 12]);
  }

  /** An empty roster with its header row. */
  async template(): Promise<Buffer> {
    return writeSheet({ name: '名册', rows: [columns] }, [12, 12, 6, 14, 24, 20, 12, 12, 16, 12]);
  }

  private async check(sheet: Sheet): Promise<RosterPreview> {
    const units = await this.unitsWithin('org.import');
    const wanted = sheet.rows.flatMap((row) => row.map(normalText)).filter((text) => text !== '' && text.length <= 32);
    return decided(
      readRoster(sheet, {
        partyUnits: byName(units, 'party'),
        departmentUnits: byName(units, 'department'),
        takenStaffNumbers: await this.stores.members.takenStaffNumbers([...new Set(wanted)]),
        today: this.reading.today.date(),
      }),
    );
  }

  private async unitsWithin(permission: Permission): Promise<UnitEntity[]> {
    const scope = await this.access.scope(permission);
    return (await this.stores.units.all()).filter((unit) => scope.includes(unit.id) && unit.to === null);
  }
}

/** Full and short names to ids; null for a name that more than one unit bears. */
function byName(units: readonly UnitEntity[], tree: Tree): UnitNames {
  const names = new Map<string, UnitEntity | null>();
  for (const unit of units.filter((each) => each.tree === tree && unitKindRules[each.kind].holds === 'primary')) {
    for (const key of new Set([normalText(unit.name), normalText(unit.shortName)])) {
      names.set(key, names.has(key) ? null : unit);
    }
  }
  return names;
}
