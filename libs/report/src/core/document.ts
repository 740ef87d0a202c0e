import type { AnnualFigures, DataGap, Figure } from '@xuekao/contracts';
import { figureUnits } from '@xuekao/contracts';
import { sectionKeys, sentenceKeys } from '@xuekao/contracts';
import type { ReportSection } from './skeleton.js';
import type { Table } from './tables.js';
import { chineseDate, chineseOrdinal, hoursText } from './wording.js';

/** What stands on paper, free of any file format. Levels: 1 黑体, 2 楷体, 3 仿宋. */
export type Block =
  | { readonly kind: 'title'; readonly lines: readonly string[] }
  | { readonly kind: 'blank' }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  /** `lead` is a second-level heading that runs on into its paragraph. */
  | { readonly kind: 'paragraph'; readonly lead: string; readonly text: string }
  | { readonly kind: 'attachment-note'; readonly titles: readonly string[] }
  | { readonly kind: 'signature'; readonly name: string; readonly date: string }
  | { readonly kind: 'table'; readonly table: Table };

/** An attachment starts a new page with its label; wide tables lie across. */
export interface Attachment {
  readonly label: string;
  readonly title: string;
  readonly note: string;
  readonly landscape: boolean;
  readonly blocks: readonly Block[];
}

export interface ReportDocument {
  readonly title: string;
  readonly body: readonly Block[];
  readonly attachments: readonly Attachment[];
}

export interface ReportPaper {
  readonly title: string;
  readonly sections: readonly ReportSection[];
  readonly signature: string;
  /** Civil date of signing, `2017-12-20`. */
  readonly signedOn: string;
  readonly tables: readonly Table[];
  readonly gaps: readonly DataGap[];
  /** Line above the basis and gap tables. */
  readonly note: string;
}

/** 22 pt in a line of 156 mm. */
const titleCapacity = 20;

/** One line, or lines of falling length (梯形) that fit 2号 characters. Source: domain.md §5.3. */
export function titleLines(title: string): readonly string[] {
  const characters = [...title];
  const lines = Math.ceil(characters.length / (titleCapacity - 1));
  if (lines <= 1) return [title];
  const base = Math.floor(characters.length / lines);
  const sizes = Array.from({ length: lines }, (_, index) => base + (index < characters.length % lines ? 1 : 0));
  if (sizes[0]! === sizes.at(-1)! && sizes[0]! < titleCapacity && sizes.at(-1)! > 1) {
    sizes[0]! += 1;
    sizes[lines - 1]! -= 1;
  }
  let start = 0;
  return sizes.map((size) => characters.slice(start, (start += size)).join(''));
}

const subheading = /^（[一二三四五六七八九十]+）/u;

/** People's text as paragraphs; a line that begins with （一） is a second-level heading up to its first full stop. */
export function paragraphsOf(text: string): readonly Block[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): Block => {
      if (!subheading.test(line)) return { kind: 'paragraph', lead: '', text: line };
      const stop = line.indexOf('。');
      if (stop === -1 || stop === line.length - 1) return { kind: 'heading', level: 2, text: line };
      return { kind: 'paragraph', lead: line.slice(0, stop + 1), text: line.slice(stop + 1) };
    });
}

function bodyBlocks(sections: readonly ReportSection[]): Block[] {
  const blocks: Block[] = [];
  let parts = 0;
  let items = 0;
  for (const section of sections) {
    if (section.part) {
      parts += 1;
      items = 0;
      blocks.push({ kind: 'heading', level: 1, text: `${chineseOrdinal(parts)}、${section.part}` });
    }
    if (section.sentences.length === 0 && section.text.trim() === '') {
      // Only a draft gets here with a part that nobody wrote: finalising refuses it.
      if (section.part) blocks.push({ kind: 'paragraph', lead: '', text: '【待填写】' });
      continue;
    }
    if (section.heading !== '') {
      items += 1;
      blocks.push({ kind: 'heading', level: 2, text: `（${chineseOrdinal(items)}）${section.heading}` });
    }
    for (const sentence of section.sentences) blocks.push({ kind: 'paragraph', lead: '', text: sentence.text });
    blocks.push(...paragraphsOf(section.text));
  }
  return blocks;
}

function shown(figure: Figure): string {
  return figure.unit === 'hours' ? hoursText(figure.value) : String(figure.value);
}

/** The exact value of every figure that the text words, with the question and the number of records behind it. */
export function basisTable(sections: readonly ReportSection[], note: string): Table {
  const figures = new Map<string, Figure>();
  for (const section of sections)
    for (const sentence of section.sentences)
      for (const part of sentence.parts)
        if (part.kind === 'slot') for (const figure of part.figures) figures.set(figure.key, figure);
  return {
    key: 'basis',
    title: '数据依据一览表',
    note,
    columns: [
      { title: '序号', width: 4, align: 'center' },
      { title: '指标', width: 15, align: 'left' },
      { title: '准确数值', width: 11, align: 'center' },
      { title: '统计口径', width: 25, align: 'left' },
      { title: '记录数', width: 6, align: 'center' },
    ],
    rows: [...figures.values()].map((figure, index) => [
      { text: String(index + 1), number: index + 1 },
      { text: figure.label },
      { text: `${shown(figure)}${figureUnits[figure.unit]}`, figures: [figure] },
      { text: figure.trace.query },
      { text: String(figure.trace.ids.length), number: figure.trace.ids.length },
    ]),
  };
}

/** What is missing, and what was left out on purpose with the reason; null when there is neither. */
export function gapTable(sections: readonly ReportSection[], gaps: readonly DataGap[], note: string): Table | null {
  const missing = gaps.map((gap) => [sectionKeys[gap.section], sentenceKeys[gap.sentence], gap.label, '数据缺口']);
  const omitted = sections.flatMap((section) =>
    section.omitted.map(({ sentence, reason }) => [
      sectionKeys[section.key],
      sentenceKeys[sentence],
      '整句未列入',
      reason,
    ]),
  );
  const lines = [...missing, ...omitted];
  if (lines.length === 0) return null;
  return {
    key: 'gaps',
    title: '数据缺口与说明',
    note,
    columns: [
      { title: '序号', width: 4, align: 'center' },
      { title: '章节', width: 11, align: 'left' },
      { title: '内容', width: 13, align: 'left' },
      { title: '项目', width: 14, align: 'left' },
      { title: '说明', width: 14, align: 'left' },
    ],
    rows: lines.map((line, index) => [{ text: String(index + 1) }, ...line.map((text) => ({ text }))]),
  };
}

/** Lays the report out: title, sections, list of attachments, signature, then each table on its own page. */
export function reportDocument(paper: ReportPaper): ReportDocument {
  const gaps = gapTable(paper.sections, paper.gaps, paper.note);
  const tables = [...paper.tables, basisTable(paper.sections, paper.note), ...(gaps ? [gaps] : [])];
  const portrait = new Set(['basis', 'gaps']);
  return {
    title: paper.title,
    body: [
      { kind: 'title', lines: titleLines(paper.title) },
      { kind: 'blank' },
      ...bodyBlocks(paper.sections),
      { kind: 'blank' },
      { kind: 'attachment-note', titles: tables.map((table) => table.title) },
      { kind: 'blank' },
      { kind: 'blank' },
      { kind: 'signature', name: paper.signature, date: chineseDate(paper.signedOn) },
    ],
    attachments: tables.map((table, index) => ({
      label: tables.length === 1 ? '附件' : `附件${index + 1}`,
      title: table.title,
      note: table.note,
      landscape: !portrait.has(table.key),
      blocks: [{ kind: 'table', table }],
    })),
  };
}

/** All figures of a report by key, for freezing and for drill-down. */
export function figuresOf(figures: AnnualFigures): readonly Figure[] {
  const found: Figure[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('trace' in value && 'value' in value) found.push(value as Figure);
    else Object.values(value).forEach(visit);
  };
  visit(figures);
  return found;
}
