import ExcelJS from 'exceljs';
import { formatPoints, hundredths } from '@xuekao/kernel';
import type { ContestResults } from '../contest.service.js';

type Sheet = ExcelJS.Worksheet;

/** The results as a workbook: seats by place, removed ones last and marked, and units by the ranking. Ids are text. */
export async function resultsSheet(results: ContestResults): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const { contest, rows, units } = results;
  const seats = headed(workbook, '竞赛成绩', `${contest.title}（共 ${contest.questions} 题）`, [
    ['名次', 8],
    ['姓名', 14],
    ['党支部', 30],
    ['得分', 10],
    ['答对', 10],
    ['作答', 10],
    ['答对总用时（秒）', 16],
    ['人员编号', 38],
  ]);
  for (const { place, memberName, unitName, points, correct, answered, scoringMs, memberId } of rows) {
    const seconds = Math.round(scoringMs / 10) / 100;
    const name = [place ?? '已移出', memberName, unitName];
    seats.addRow([...name, inPoints(points), correct, answered, seconds, memberId]);
  }
  const ranking = headed(workbook, '支部排名', contest.title, [
    ['名次', 12],
    ['党支部', 30],
    ['平均分', 10],
    ['参与人数', 10],
    ['在册人数', 10],
    ['参与率', 10],
    ['单位编号', 38],
  ]);
  for (const { place, unitName, meanPoints, participants, roll, unitId } of units) {
    const rate = roll === 0 ? 0 : participants / roll;
    const row = ranking.addRow([place ?? '未达人数', unitName, inPoints(meanPoints), participants, roll, rate, unitId]);
    row.getCell(6).numFmt = '0.0%';
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const inPoints = (points: number): number => Number(formatPoints(hundredths(points)));

function headed(
  workbook: ExcelJS.Workbook,
  name: string,
  title: string,
  columns: readonly (readonly [string, number])[],
): Sheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.columns = columns.map(([, width]) => ({ width }));
  sheet.mergeCells(1, 1, 1, columns.length);
  sheet.getCell('A1').value = title;
  sheet.getCell('A1').font = { bold: true, size: 14 };
  sheet.addRow(columns.map(([head]) => head)).font = { bold: true };
  return sheet;
}
