import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { Column, Table as ReportTable } from '../core/tables.js';
import { fontOf } from './fonts.js';

const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

/** Whole twips in proportion to the columns' widths, adding up to `total` exactly. */
export function columnWidths(columns: readonly Column[], total: number): readonly number[] {
  const sum = columns.reduce((width, column) => width + column.width, 0);
  let start = 0;
  let used = 0;
  return columns.map((column) => {
    start += column.width;
    const end = Math.round((start / sum) * total);
    const width = end - used;
    used = end;
    return width;
  });
}

function cell(text: string, width: number, align: Column['align'], header: boolean): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 40, right: 40 },
    children: [
      new Paragraph({
        style: 'TableText',
        alignment: header ? AlignmentType.CENTER : alignments[align],
        children: [new TextRun(header ? { text, font: fontOf('heading') } : text)],
      }),
    ],
  });
}

/** A bordered table over the whole 版心; the header repeats on every page and no row breaks in two. */
export function tableBlock(table: ReportTable, width: number): Table {
  const widths = columnWidths(table.columns, width);
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map((column, index) => cell(column.title, widths[index]!, 'center', true)),
  });
  const rows = table.rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: row.map(({ text }, index) => cell(text, widths[index]!, table.columns[index]!.align, false)),
      }),
  );
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    rows: [header, ...rows],
  });
}
