import ExcelJS from 'exceljs';
import { formatPoints, hundredths } from '@xuekao/kernel';
import type { StageResultDto } from './stage-contest.dto.js';
import type { StageContest } from './stage-contest.service.js';

const columns = [
  ['名次', 8],
  ['队伍', 24],
  ['得分', 10],
  ['答对', 10],
  ['答错', 10],
  ['队员', 48],
] as const;

/** The results as a workbook: teams by place with their members. */
export async function stageResultsSheet(
  { contest, stage }: StageContest,
  results: readonly StageResultDto[],
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('竞赛成绩', { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.columns = columns.map(([, width]) => ({ width }));
  sheet.mergeCells(1, 1, 1, columns.length);
  sheet.getCell('A1').value = `${contest.title}（赛制：${stage.sheet.name}）`;
  sheet.getCell('A1').font = { bold: true, size: 14 };
  sheet.addRow(columns.map(([head]) => head)).font = { bold: true };
  for (const { place, name, score, right, wrong, members } of results) {
    sheet.addRow([place, name, Number(formatPoints(hundredths(score))), right, wrong, members.join('、')]);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
