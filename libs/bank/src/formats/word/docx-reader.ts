import { refuse } from '@xuekao/kernel';
import { filesOfZip } from '../file-guard.js';
import type { ImportRow, Reading, UnreadPiece } from '../import-row.js';
import { FileRefused } from '../reader-refusal.js';
import { readTable } from '../table/table-reader.js';
import type { TableRow } from '../table/table-reader.js';
import { readChineseLines } from '../text/chinese-text.js';
import { childOf, childrenOf, xmlTree } from '../xml/xml-tree.js';
import { withoutSigns } from '../pictures/picture-shelf.js';
import type { PictureShelf } from '../pictures/picture-shelf.js';
import { drawingReader } from './drawings.js';
import type { DrawingReader } from './drawings.js';
import type { XmlElement } from '../xml/xml-tree.js';
import { Numbering } from './numbering.js';

interface Line {
  readonly text: string;
  /** From 1. */
  readonly paragraph: number;
}

/** Deleted by tracked changes, hidden twins of drawings, and what only Word needs. */
const passedOver = new Set([
  'del',
  'moveFrom',
  'Fallback',
  'pPr',
  'rPr',
  'sectPr',
  'instrText',
  'fldChar',
  'footnoteReference',
]);
const pictures = new Set(['drawing', 'pict', 'object']);

/** The words of one paragraph; breaks inside it are `\n`, pictures their sign. */
function wordsOf(element: XmlElement, pictureOf: DrawingReader): string {
  let text = '';
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (element.name === 't') text += withoutSigns(child);
      continue;
    }
    if (passedOver.has(child.name)) continue;
    if (pictures.has(child.name)) text += pictureOf(child);
    else if (child.name === 'br' || child.name === 'cr') text += '\n';
    else if (child.name === 'tab') text += '\t';
    else if (child.name === 'noBreakHyphen') text += '-';
    else text += wordsOf(child, pictureOf);
  }
  return text;
}

/** Walks a body: paragraphs as lines, tables as questions where they have a header, else as lines. */
class BodyReader {
  readonly lines: Line[] = [];
  readonly tables: Reading[] = [];
  private paragraph = 0;

  constructor(
    private readonly numbering: Numbering,
    private readonly styleNumbers: ReadonlyMap<string, { numId: string; level: number }>,
    private readonly pictureOf: DrawingReader,
  ) {}

  take(body: XmlElement): void {
    for (const child of body.children) {
      if (typeof child === 'string') continue;
      if (child.name === 'p') this.takeParagraph(child);
      else if (child.name === 'tbl') this.takeTable(child);
      else if (child.name === 'sdt') this.take(childOf(child, 'sdtContent') ?? child);
      else if (child.name === 'ins' || child.name === 'smartTag' || child.name === 'customXml') this.take(child);
    }
  }

  private takeParagraph(element: XmlElement): void {
    this.paragraph += 1;
    const text = `${this.mark(element)}${wordsOf(element, this.pictureOf)}`;
    for (const line of text.split('\n')) this.lines.push({ text: line, paragraph: this.paragraph });
  }

  private mark(element: XmlElement): string {
    const properties = childOf(element, 'pPr');
    const numPr = properties && childOf(properties, 'numPr');
    const style = properties && childOf(properties, 'pStyle')?.attributes.val;
    if (!numPr) {
      const own = style ? this.styleNumbers.get(style) : undefined;
      return own ? this.numbering.next(own.numId, own.level) : '';
    }
    const level = Number(childOf(numPr, 'ilvl')?.attributes.val ?? 0);
    return this.numbering.next(childOf(numPr, 'numId')?.attributes.val ?? '0', level);
  }

  private takeTable(element: XmlElement): void {
    const name = `表格 ${this.tables.length + 1}`;
    const rows: TableRow[] = childrenOf(element, 'tr').map((tr, index) => ({
      row: index + 1,
      cells: childrenOf(tr, 'tc').map((tc) => ({ text: this.paragraphsOf(tc).join('\n') })),
    }));
    const reading = readTable(name, rows);
    if (reading) {
      this.tables.push(reading);
      return;
    }
    for (const tr of childrenOf(element, 'tr')) {
      this.paragraph += 1;
      const cells = childrenOf(tr, 'tc').map((tc) => this.paragraphsOf(tc));
      // A row of one cell holds paragraphs; a row of several is one line, as options often stand side by side.
      const lines = cells.length === 1 ? cells[0]! : [cells.map((cell) => cell.join(' ')).join('  ')];
      for (const text of lines) this.lines.push({ text, paragraph: this.paragraph });
    }
  }

  private paragraphsOf(cell: XmlElement): string[] {
    return childrenOf(cell, 'p').flatMap((paragraph) => wordsOf(paragraph, this.pictureOf).split('\n'));
  }
}

function styleNumbersOf(root: XmlElement | undefined): Map<string, { numId: string; level: number }> {
  const found = new Map<string, { numId: string; level: number }>();
  for (const style of root ? childrenOf(root, 'style') : []) {
    const numPr = childOf(childOf(style, 'pPr') ?? style, 'numPr');
    const numId = numPr && childOf(numPr, 'numId')?.attributes.val;
    if (numId) {
      found.set(style.attributes.styleid ?? '', { numId, level: Number(childOf(numPr, 'ilvl')?.attributes.val ?? 0) });
    }
  }
  return found;
}

/** A .docx file: its paragraphs in the layouts of pasted text, with automatic numbers; tables with a header as tables. */
export function readDocx(bytes: Uint8Array, shelf: PictureShelf): Reading {
  const files = filesOfZip(bytes);
  const partOf = (path: string): XmlElement | undefined => {
    const content = files.get(path);
    return content && xmlTree(path, new TextDecoder().decode(content));
  };
  const document = partOf('word/document.xml');
  const body = document && childOf(document, 'body');
  if (!body) throw new FileRefused(refuse('bank.import.file-unreadable', { format: ' Word ' }));
  const reader = new BodyReader(
    new Numbering(partOf('word/numbering.xml')),
    styleNumbersOf(partOf('word/styles.xml')),
    drawingReader(files, partOf('word/_rels/document.xml.rels'), shelf),
  );
  reader.take(body);
  const { lines, tables } = reader;
  const text = readChineseLines(
    lines.map((line) => line.text),
    (index) => ({ kind: 'paragraph', paragraph: lines[index]!.paragraph }),
  );
  const rows: ImportRow[] = [...text.rows, ...tables.flatMap((table) => table.rows)];
  const unread: UnreadPiece[] = [...text.unread, ...tables.flatMap((table) => table.unread)];
  return { rows, unread };
}
