import ExcelJS from 'exceljs';
import { formatPoints, hundredths } from '@xuekao/kernel';
import type { ContestResultRow, ContestRow } from '../live.entity.js';

/** The results as a workbook: one row per seat by place, removed seats last and marked. */
export async function resultsSheet(contest: ContestRow, rows: readonly ContestResultRow[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('竞赛成绩', { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.columns = [8, 14, 30, 10, 10, 10, 16].map((width) => ({ width }));
  sheet.mergeCells('A1:G1');
  sheet.getCell('A1').value = `${contest.title}（共 ${contest.questions} 题）`;
  sheet.getCell('A1').font = { bold: true, size: 14 };
  sheet.addRow(['名次', '姓名', '党支部', '得分', '答对', '作答', '答对总用时（秒）']).font = { bold: true };
  for (const row of rows) {
    const points = Number(formatPoints(hundredths(row.points)));
    const seconds = Math.round(row.scoringMs / 10) / 100;
    sheet.addRow([row.place ?? '已移出', row.memberName, row.unitName, points, row.correct, row.answered, seconds]);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
