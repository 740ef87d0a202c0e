import type { PdfStyle } from './pdf-blocks.js';
import type { PdfPen } from './pdf-pen.js';
import { linesOf } from './pdf-text.js';

export interface PlacedLine {
  readonly text: string;
  readonly x: number;
}

/** A text broken into lines, each with where it begins in a column of this width. */
export function placedLines(pen: PdfPen, text: string, style: PdfStyle, from: number, width: number): PlacedLine[] {
  const { size, weight = 'regular', align = 'left', left = 0, hanging = 0, indent = 0 } = style;
  const widthOf = (part: string): number => pen.widthOf(part, size, weight);
  return text.split('\n').flatMap((paragraph) =>
    linesOf(paragraph, { first: width - left - indent, other: width - left - hanging }, widthOf).map((line, index) => {
      const start = from + left + (index === 0 ? indent : hanging);
      if (align === 'left') return { text: line, x: start };
      const rest = from + width - start - widthOf(line);
      return { text: line, x: start + Math.max(0, align === 'center' ? rest / 2 : rest) };
    }),
  );
}
