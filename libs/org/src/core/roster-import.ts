import { genders, membershipTypes, type Gender, type MembershipType } from '@xuekao/contracts';
import { normalText, parseCivilDate, refuse, type CivilDate, type Refusal } from '@xuekao/kernel';

/** A sheet as text: the first row is the header; dates are `YYYY-MM-DD`, `YYYY/M/D` or `YYYY年M月D日`. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

export const rosterColumns = {
  staffNumber: '工号',
  name: '姓名',
  gender: '性别',
  type: '人员类别',
  party: '党支部',
  department: '科室',
  joinedOn: '入党日期',
  fullSince: '转正日期',
  phone: '手机号',
  from: '起始日期',
} as const;
export type RosterColumn = keyof typeof rosterColumns;
const required: readonly RosterColumn[] = ['staffNumber', 'name', 'type'];
export const importLimit = 5000;

export interface ImportedMember {
  readonly row: number;
  readonly staffNumber: string;
  readonly name: string;
  readonly gender: Gender | null;
  readonly type: MembershipType;
  readonly partyUnitId: string | null;
  readonly departmentUnitId: string | null;
  readonly joinedOn: CivilDate | null;
  readonly fullSince: CivilDate | null;
  readonly phone: string | null;
  readonly from: CivilDate;
}

export interface CellFault {
  readonly sheet: string;
  /** As in the spreadsheet, such as `C5`. */
  readonly cell: string;
  readonly row: number;
  /** Chinese: what was expected and what was found. */
  readonly message: string;
}

/** Units within the importer's scope by the normal form of full and short names; null where a name is ambiguous. */
export type UnitNames = ReadonlyMap<string, { readonly id: string; readonly from: CivilDate } | null>;

export interface ImportDirectory {
  readonly partyUnits: UnitNames;
  readonly departmentUnits: UnitNames;
  readonly takenStaffNumbers: ReadonlySet<string>;
  readonly today: CivilDate;
}

export interface RosterPreview {
  readonly good: readonly ImportedMember[];
  readonly faults: readonly CellFault[];
}

/** `2017/6/1`, `2017年6月1日`, `2017.6.1` and `2017-06-01` as a civil date; undefined for anything else. */
export function readDate(text: string): CivilDate | undefined {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text.normalize('NFKC').trim());
  return match ? parseCivilDate(`${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`) : undefined;
}

function columnLetter(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnLetter(Math.floor(index / 26) - 1) + columnLetter(index % 26);
}

function keyOf<K extends string>(names: Readonly<Record<K, string>>, text: string): K | undefined {
  const wanted = normalText(text);
  return (Object.keys(names) as K[]).find((key) => normalText(names[key]) === wanted);
}

const typeNames = Object.fromEntries(Object.entries(membershipTypes).map(([key, type]) => [key, type.name])) as Record<
  MembershipType,
  string
>;

/** Reads one row; every fault of the row is collected, so that one look at the preview is enough. */
class RowReader {
  readonly faults: CellFault[] = [];

  constructor(
    private readonly sheet: string,
    private readonly row: number,
    private readonly cells: readonly string[],
    private readonly columns: ReadonlyMap<RosterColumn, number>,
  ) {}

  text(column: RosterColumn): string {
    return this.cells[this.columns.get(column) ?? -1]?.normalize('NFKC').trim() ?? '';
  }

  fault(column: RosterColumn, message: string): null {
    const cell = `${columnLetter(this.columns.get(column) ?? 0)}${this.row}`;
    this.faults.push({ sheet: this.sheet, cell, row: this.row, message });
    return null;
  }

  within(column: RosterColumn, limit: number): string {
    const text = this.text(column);
    if (text === '' && required.includes(column)) this.fault(column, `${rosterColumns[column]}不能为空`);
    if ([...text].length > limit) this.fault(column, `${rosterColumns[column]}最多 ${limit} 个字符`);
    return text;
  }

  date(column: RosterColumn): CivilDate | null {
    const text = this.text(column);
    if (text === '') return null;
    return readDate(text) ?? this.fault(column, `“${text}”不是日期，应为 2017-06-01 的形式`);
  }

  unit(column: 'party' | 'department', units: UnitNames, from: CivilDate): string | null {
    const text = this.text(column);
    if (text === '') return null;
    const unit = units.get(normalText(text));
    if (unit === undefined) return this.fault(column, `没有名为“${text}”的${rosterColumns[column]}，或不在管理范围内`);
    if (unit === null) return this.fault(column, `名为“${text}”的组织不止一个，请用全称`);
    if (from < unit.from) return this.fault(column, `“${text}”于 ${unit.from} 成立，晚于起始日期 ${from}`);
    return unit.id;
  }
}

function readRow(reader: RowReader, row: number, directory: ImportDirectory, seen: Set<string>): ImportedMember {
  const staffNumber = reader.within('staffNumber', 32);
  const key = normalText(staffNumber);
  if (seen.has(key)) reader.fault('staffNumber', `工号 ${staffNumber} 在本表中重复`);
  else if (directory.takenStaffNumbers.has(key)) reader.fault('staffNumber', `工号 ${staffNumber} 已在系统中`);
  if (key !== '') seen.add(key);
  const typeText = reader.within('type', 32);
  const type = keyOf(typeNames, typeText);
  if (!type && typeText !== '') {
    reader.fault('type', `“${typeText}”不是人员类别，应为：${Object.values(typeNames).join('、')}`);
  }
  const genderText = reader.text('gender');
  const gender = genderText === '' ? null : (keyOf(genders, genderText) ?? reader.fault('gender', '性别应为男或女'));
  const from = reader.date('from') ?? directory.today;
  const partyUnitId = reader.unit('party', directory.partyUnits, from);
  const departmentUnitId = reader.unit('department', directory.departmentUnits, from);
  if (reader.text('party') === '' && reader.text('department') === '') reader.fault('name', '党支部和科室至少填一项');
  const joinedOn = reader.date('joinedOn');
  const fullSince = reader.date('fullSince');
  if (joinedOn && fullSince && fullSince < joinedOn) reader.fault('fullSince', '转正日期不能早于入党日期');
  if (from > directory.today) reader.fault('from', `起始日期不能晚于今天（${directory.today}）`);
  const phone = reader.text('phone');
  if (phone !== '' && !/^\+?[0-9 -]{5,20}$/.test(phone)) reader.fault('phone', '手机号格式不正确');
  const name = reader.within('name', 60);
  return {
    row,
    staffNumber,
    name,
    gender,
    type: type ?? 'masses',
    partyUnitId,
    departmentUnitId,
    joinedOn,
    fullSince,
    phone: phone || null,
    from,
  };
}

/** Members that can be created, and every fault with its sheet and cell. Refuses a sheet without the columns it needs. */
export function readRoster(sheet: Sheet, directory: ImportDirectory): RosterPreview | Refusal {
  const [header = [], ...body] = sheet.rows;
  const titles = header.map((title) => normalText(title).replace(/\s|\*/g, ''));
  const columns = new Map<RosterColumn, number>();
  for (const column of Object.keys(rosterColumns) as RosterColumn[]) {
    const index = titles.indexOf(rosterColumns[column]);
    if (index >= 0) columns.set(column, index);
  }
  const missing = required.filter((column) => !columns.has(column)).map((column) => rosterColumns[column]);
  if (missing.length > 0) return refuse('org.import.header', { sheet: sheet.name, missing: missing.join('、') });
  const filled = body
    .map((cells, index) => ({ cells, row: index + 2 }))
    .filter(({ cells }) => cells.some((c) => c.trim()));
  if (filled.length === 0) return refuse('org.import.empty');
  if (filled.length > importLimit) return refuse('org.import.too-many', { limit: importLimit, found: filled.length });
  const seen = new Set<string>();
  const good: ImportedMember[] = [];
  const faults: CellFault[] = [];
  for (const { cells, row } of filled) {
    const reader = new RowReader(sheet.name, row, cells, columns);
    const member = readRow(reader, row, directory, seen);
    if (reader.faults.length === 0) good.push(member);
    faults.push(...reader.faults);
  }
  return { good, faults };
}
