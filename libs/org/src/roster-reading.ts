import { Injectable } from '@nestjs/common';
import { genders, membershipTypes } from '@xuekao/contracts';
import { MemberQuery, type MemberListQuery, type MemberRow } from './member.query.js';
import { OrgStores } from './org.stores.js';
import { Today } from './today.js';

const pageRows = 200;

/** Reads the whole list page by page, so that an export shows exactly what the list shows. */
@Injectable()
export class RosterReading {
  constructor(
    private readonly query: MemberQuery,
    private readonly stores: OrgStores,
    readonly today: Today,
  ) {}

  async rowsOf(filter: Pick<MemberListQuery, 'unitId' | 'type' | 'q'>): Promise<string[][]> {
    const units = new Map((await this.stores.units.all()).map((unit) => [unit.id, unit.name]));
    const rows: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await this.query.list({ ...filter, limit: pageRows, ...(cursor ? { cursor } : {}) });
      rows.push(...page.items.map((row) => cellsOf(row, units)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return rows;
  }
}

function cellsOf(row: MemberRow, units: ReadonlyMap<string, string>): string[] {
  return [
    row.staffNumber,
    row.name,
    row.gender ? genders[row.gender] : '',
    membershipTypes[row.type].name,
    units.get(row.partyUnitId ?? '') ?? '',
    units.get(row.departmentUnitId ?? '') ?? '',
    row.joinedOn ?? '',
    row.fullSince ?? '',
    row.phone ?? '',
    '',
  ];
}
