import type PDFDocument from 'pdfkit';
import { assertNever } from '@xuekao/kernel';
import type { PdfItem } from './pdf-blocks.js';
import { drawFigure } from './pdf-figure.js';
import { placedLines } from './pdf-lines.js';
import type { PdfPen } from './pdf-pen.js';

type Doc = InstanceType<typeof PDFDocument>;

/** Draws one item of a sheet where it says. */
export function drawItem(doc: Doc, pen: PdfPen, item: PdfItem, ink: string): void {
  switch (item.kind) {
    case 'text': {
      const { size, weight = 'regular', leading = 1.6 } = item.style;
      doc.fillColor(item.color ?? ink);
      for (const [index, line] of placedLines(pen, item.text, item.style, item.x, item.width).entries()) {
        pen.write(line.text, line.x, item.y + index * size * leading, size, weight);
      }
      doc.fillColor(ink);
      return;
    }
    case 'frame':
      doc.lineWidth(item.line).strokeColor(item.color).rect(item.x, item.y, item.width, item.height).stroke();
      return;
    case 'ring':
      doc.lineWidth(0.6).strokeColor(item.color).dash(3, { space: 3 });
      doc.circle(item.x, item.y, item.radius).stroke().undash();
      return;
    case 'modules':
      return drawFigure(doc, item.alt, () => {
        const side = item.size / item.rows.length;
        for (const [down, row] of item.rows.entries()) {
          for (const { from, count } of darkRuns(row)) {
            doc.rect(item.x + from * side, item.y + down * side, count * side, side);
          }
        }
        doc.fillColor('#000000').fill().fillColor(ink);
      });
    default:
      return assertNever(item);
  }
}

/** Dark squares side by side are one mark: fewer of them, and no seams between them. */
function darkRuns(row: readonly boolean[]): { readonly from: number; readonly count: number }[] {
  const runs: { from: number; count: number }[] = [];
  for (const [at, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last.from + last.count === at) last.count += 1;
    else runs.push({ from: at, count: 1 });
  }
  return runs;
}
