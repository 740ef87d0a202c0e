import { optionFlags, questionTypes } from '@xuekao/contracts';
import { formatRate, rate } from '@xuekao/kernel';
import ExcelJS from 'exceljs';
import { letterOf } from './analysis.presenter.js';
import type { AnalysisWithSheets, ExamAnalysis } from './analysis.service.js';
import type { ScoreSummary } from '../core/index.js';

type Value = string | number | null;

interface Column<Row> {
  readonly heading: string;
  readonly width: number;
  /** Text stays text (numbers of people keep every digit); a figure is a number with two places, empty where undefined. */
  readonly format?: 'text' | 'figure' | 'count';
  readonly of: (row: Row) => Value;
}

const formats = { text: '@', figure: '0.00', count: '0' } as const;
/** Hundredths of a point as points. */
const points = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);

function addSheet<Row>(
  book: ExcelJS.Workbook,
  name: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): void {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] });
  sheet.columns = columns.map(({ heading, width, format = 'text' }) => ({
    header: heading,
    width,
    style: { numFmt: formats[format] },
  }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) sheet.addRow(columns.map((column) => column.of(row)));
}

const bandNames = Array.from({ length: 10 }, (_, k) => (k === 9 ? '90—100' : `${k * 10}—${k * 10 + 9.99}`));

function summaryColumns<Row>(of: (row: Row) => ScoreSummary): Column<Row>[] {
  const count = (heading: string, value: (scores: ScoreSummary) => Value, width = 8): Column<Row> => ({
    heading,
    width,
    format: 'count',
    of: (row) => value(of(row)),
  });
  const figure = (heading: string, value: (scores: ScoreSummary) => number | null): Column<Row> => ({
    heading,
    width: 9,
    format: 'figure',
    of: (row) => points(value(of(row))),
  });
  return [
    count('成绩数', (scores) => scores.count),
    figure('平均分', (scores) => scores.mean),
    figure('中位数', (scores) => scores.median),
    figure('最低分', (scores) => scores.lowest),
    figure('最高分', (scores) => scores.highest),
    count('合格', (scores) => scores.passed),
    { heading: '合格率', width: 10, of: (row) => formatRate(rate(of(row).passed, of(row).count)) },
    count('优秀', (scores) => scores.excellent),
    { heading: '优秀率', width: 10, of: (row) => formatRate(rate(of(row).excellent, of(row).count)) },
    ...bandNames.map((name, k) => count(`${name}分`, (scores) => scores.bands[k]!, 11)),
  ];
}

function wholePaper({ test }: ExamAnalysis): readonly (readonly [string, number | null])[] {
  return [
    ['计入的答卷', test.attempts],
    ['卷面平均分', points(test.mean)],
    ['卷面中位数', points(test.median)],
    ['标准差', points(test.standardDeviation)],
    ['偏度', test.skewness],
    ['峰度', test.kurtosis],
    ['内部一致性（α×100）', test.internalConsistency],
    ['误差比（%）', test.errorRatio],
    ['测量标准误', points(test.standardError)],
  ];
}

/** Whole paper, questions, options, branches, and the marks of everybody by question. */
export async function analysisWorkbook(analysis: AnalysisWithSheets): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const { items, units, scores, sheets } = analysis;
  addSheet(
    book,
    '整卷',
    [
      { heading: '指标', width: 24, of: ([name]) => name },
      { heading: '数值', width: 14, format: 'figure', of: ([, value]) => value },
    ],
    wholePaper(analysis),
  );
  addSheet(
    book,
    '各题',
    [
      { heading: '题号', width: 6, format: 'count', of: (item) => item.number },
      { heading: '题目编码', width: 16, of: (item) => item.code },
      { heading: '题型', width: 8, of: (item) => questionTypes[item.type].name },
      { heading: '题干', width: 48, of: (item) => item.stem },
      { heading: '满分', width: 8, format: 'figure', of: (item) => points(item.full) },
      { heading: '难度（得分率%）', width: 14, format: 'figure', of: (item) => item.facility },
      { heading: '标准差', width: 8, format: 'figure', of: (item) => points(item.standardDeviation) },
      { heading: '猜测得分%', width: 10, format: 'figure', of: (item) => item.randomGuess },
      { heading: '预定权重%', width: 10, format: 'figure', of: (item) => item.intendedWeight },
      { heading: '实际权重%', width: 10, format: 'figure', of: (item) => item.effectiveWeight },
      { heading: '区分度', width: 8, format: 'figure', of: (item) => item.discrimination },
      { heading: '区分效率%', width: 10, format: 'figure', of: (item) => item.efficiency },
      { heading: '高低分组差（D27）', width: 16, format: 'figure', of: (item) => item.d27 },
      { heading: '提示', width: 20, of: (item) => (item.hasNegativeCovariance ? '与总分负相关' : '') },
    ],
    items,
  );
  addSheet(
    book,
    '选项',
    [
      { heading: '题号', width: 6, format: 'count', of: ({ number }) => number },
      { heading: '选项', width: 6, of: ({ letter }) => letter },
      { heading: '内容', width: 40, of: ({ text }) => text },
      { heading: '正确', width: 6, of: ({ option }) => (option.isKey ? '是' : '') },
      { heading: '选择人次', width: 10, format: 'count', of: ({ option }) => option.chosen },
      { heading: '高分组%', width: 10, format: 'figure', of: ({ option }) => option.topShare },
      { heading: '低分组%', width: 10, format: 'figure', of: ({ option }) => option.bottomShare },
      { heading: '提示', width: 32, of: ({ option }) => option.flags.map((flag) => optionFlags[flag]).join('；') },
    ],
    items.flatMap(({ number, choices, optionTexts }) =>
      (choices?.options ?? []).map((option, place) => ({
        number,
        option,
        letter: letterOf(place),
        text: optionTexts.get(option.optionId) ?? '',
      })),
    ),
  );
  addSheet(
    book,
    '各支部',
    [
      { heading: '支部', width: 24, of: (row) => row.unitName },
      { heading: '应考', width: 8, format: 'count', of: (row) => row.due },
      ...summaryColumns((row: { readonly scores: ScoreSummary }) => row.scores),
    ],
    [...units, { unitName: '合计', due: units.reduce((sum, unit) => sum + unit.due, 0), scores }],
  );
  addSheet(
    book,
    '每人每题',
    [
      { heading: '工号', width: 18, of: ({ place }) => place.staffNumber },
      { heading: '姓名', width: 12, of: ({ place }) => place.name },
      { heading: '支部', width: 24, of: ({ place }) => place.unitName },
      { heading: '第几次', width: 8, format: 'count', of: ({ attempt }) => attempt.number },
      { heading: '成绩', width: 8, format: 'figure', of: ({ attempt }) => points(attempt.score) },
      ...items.map((item, j) => ({
        heading: `第${item.number}题`,
        width: 8,
        format: 'figure' as const,
        of: ({ marks }: (typeof sheets)[number]) => points(marks[j] ?? null),
      })),
    ],
    sheets,
  );
  return Buffer.from(await book.xlsx.writeBuffer());
}
