import { Paragraph, TextRun, type Table as DocxTable } from 'docx';
import { assertNever } from '@xuekao/kernel';
import type { Block } from '../core/document.js';
import { fontOf } from './fonts.js';
import { characterPitch, portraitWidth } from './measures.js';
import { tableBlock } from './table.js';

const line = (style: string, text: string): Paragraph => new Paragraph({ style, children: [new TextRun(text)] });

/** Width in characters of the grid; Latin letters and digits take half of one. */
export function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character.codePointAt(0)! < 0x2e80 ? 0.5 : 1), 0);
}

/**
 * First characters, counted from the left edge of 28, of an unsealed signature: the date begins two characters right of
 * the name, and the longer of the two ends two characters before the edge (the date at the edge where that suffices).
 * Counted from the left so that the rule holds in every font. Source: GB/T 9704-2012 §7.3.5.3 as in domain.md §5.3.
 */
export function signatureStarts(name: string, date: string): { readonly name: number; readonly date: number } {
  const [n, d] = [widthOf(name), widthOf(date)];
  const start = Math.max(0, d <= n ? 28 - 2 - n : 28 - 2 - d - 2);
  return { name: start, date: start + 2 };
}

function signature(name: string, date: string): Paragraph[] {
  const starts = signatureStarts(name, date);
  const at = (text: string, characters: number): Paragraph =>
    new Paragraph({
      style: 'Plain',
      indent: { left: Math.round(characters * characterPitch) },
      children: [new TextRun(text)],
    });
  return [at(name, starts.name), at(date, starts.date)];
}

/** `附件：1.×××` two characters in; the following titles stand under the first. */
function attachmentNote(titles: readonly string[]): Paragraph[] {
  const label = '附件：';
  return titles.map((title, index) => {
    const text = titles.length === 1 ? `${label}${title}` : `${index === 0 ? label : ''}${index + 1}.${title}`;
    const characters = index === 0 ? 2 : 5;
    return new Paragraph({
      style: 'Plain',
      indent: { left: Math.round(characters * characterPitch) },
      children: [new TextRun(text)],
    });
  });
}

/** The paragraphs and tables of a block; `width` is the 版心 in twips. */
export function blockParagraphs(block: Block, width: number = portraitWidth): (Paragraph | DocxTable)[] {
  switch (block.kind) {
    case 'title':
      return block.lines.map((text) => line('ReportTitle', text));
    case 'blank':
      return [line('Plain', '')];
    case 'heading':
      return [line(block.level === 1 ? 'HeadingOne' : 'HeadingTwo', block.text)];
    case 'paragraph': {
      const lead = block.lead === '' ? [] : [new TextRun({ text: block.lead, font: fontOf('subheading') })];
      return [new Paragraph({ style: 'Body', children: [...lead, new TextRun(block.text)] })];
    }
    case 'attachment-note':
      return attachmentNote(block.titles);
    case 'signature':
      return signature(block.name, block.date);
    case 'table':
      return [tableBlock(block.table, width)];
    default:
      return assertNever(block);
  }
}
