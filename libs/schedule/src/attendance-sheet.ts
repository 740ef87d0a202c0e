import {
  absenceReasons,
  attendanceSources,
  attendanceStatuses,
  exemptionReasons,
  leaveReasons,
  membershipTypes,
  rosterGroups,
  sessionTypes,
} from '@xuekao/contracts';
import { formatRate, zonedParts } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import ExcelJS from 'exceljs';
import { attendanceCounts, attendanceRate, coverageRate } from './core/index.js';
import type { Attendance, Session } from './core/index.js';

const headings = ['序号', '姓名', '政治面貌', '名册', '状态', '登记时间', '登记方式', '事由', '补学时间'];
const widths = [6, 12, 14, 18, 10, 18, 14, 28, 18];

function wallClock(at: Instant | null, zone: string): string {
  if (at === null) return '';
  const { date, hour, minute } = zonedParts(at, zone);
  return `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function reasonOf(row: Attendance): string {
  const parts = [
    row.status === 'leave' && row.leaveReason ? leaveReasons[row.leaveReason] : null,
    row.status === 'leave' ? row.leaveNote : null,
    row.status === 'absent' && row.absenceReason ? absenceReasons[row.absenceReason] : null,
    row.status === 'absent' ? row.absenceNote : null,
  ];
  return parts.filter(Boolean).join('：');
}

function cellsOf(row: Attendance, number: number, zone: string): (string | number)[] {
  const standing = row.exemption
    ? `${rosterGroups[row.group]}（${exemptionReasons[row.exemption]}）`
    : rosterGroups[row.group];
  return [
    number,
    row.name,
    membershipTypes[row.membershipType].name,
    standing,
    attendanceStatuses[row.status],
    wallClock(row.markedAt, zone),
    row.source ? attendanceSources[row.source] : '',
    reasonOf(row),
    wallClock(row.madeUpAt, zone),
  ];
}

/** Lines above the table: the session and its figures with their denominators. */
function summaryOf(session: Session, zone: string): readonly string[] {
  const { head, items, attendance, guests } = session;
  const counts = attendanceCounts(attendance, guests);
  const { due, present, leave, absent, madeUp } = counts;
  const from = wallClock(head.startedAt ?? head.plannedStartAt, zone);
  const to = wallClock(head.endedAt ?? head.plannedEndAt, zone);
  return [
    `${from} 至 ${to}　地点：${head.place}`,
    `类型：${items.map((item) => sessionTypes[item.type].name).join('、')}`,
    `主持人：${head.people.host?.name ?? ''}　记录人：${head.people.recorder?.name ?? ''}`,
    `应到 ${due}　实到 ${present}　请假 ${leave}　缺席 ${absent}　列席 ${counts.guests}　免计 ${counts.exempt}`,
    `到会率 ${present}/${due} ${formatRate(attendanceRate(counts))}　覆盖率（含补学）${present + madeUp}/${due} ${formatRate(coverageRate(counts))}`,
  ];
}

/** The attendance list of one session as XLSX; `rows` are those that the reader may see. */
export async function attendanceSheet(session: Session, rows: readonly Attendance[], zone: string): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('出勤', {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
  });
  sheet.columns = widths.map((width) => ({ width }));
  sheet.addRow([session.head.title]).font = { size: 16, bold: true };
  for (const line of summaryOf(session, zone)) sheet.addRow([line]);
  const heading = sheet.addRow(headings);
  heading.font = { bold: true };
  sheet.views = [{ state: 'frozen', ySplit: heading.number }];
  rows.forEach((row, index) => sheet.addRow(cellsOf(row, index + 1, zone)));
  for (const guest of session.guests) {
    sheet.addRow([
      '',
      guest.name,
      '',
      rosterGroups.guest,
      attendanceStatuses.present,
      '',
      '',
      guest.organisation ?? '',
      '',
    ]);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
