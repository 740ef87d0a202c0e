import type PDFDocument from 'pdfkit';
import type { PdfWeight } from './pdf-blocks.js';
import { getaMark } from './pdf-fonts.js';
import type { PdfFonts } from './pdf-fonts.js';

type Doc = InstanceType<typeof PDFDocument>;

/** A run of one font on a line. */
interface Run {
  readonly font: string | undefined;
  text: string;
}

/** Writes single lines of mixed pieces and knows their widths. */
export class PdfPen {
  private readonly widths = new Map<string, number>();

  constructor(
    readonly doc: Doc,
    private readonly fonts: PdfFonts,
  ) {
    for (const { name, bytes } of fonts.fonts) doc.registerFont(name, bytes);
  }

  /** In points. */
  widthOf(text: string, size: number, weight: PdfWeight): number {
    let sum = 0;
    for (const sign of text) sum += this.signWidth(sign, weight);
    return sum * size;
  }

  /** `y` is the top of a line of one size's height. */
  write(text: string, x: number, y: number, size: number, weight: PdfWeight): void {
    let at = x;
    for (const { font, text: run } of this.runsOf(text, weight)) {
      const width = this.widthOf(run, size, weight);
      if (font !== undefined) {
        this.doc.font(font).fontSize(size);
        // All pieces share one baseline; pdfkit places text by its ascender, which differs from piece to piece.
        this.doc.text(run, at, y + size * 0.88, { lineBreak: false, baseline: 'alphabetic' });
      }
      at += width;
    }
  }

  private runsOf(text: string, weight: PdfWeight): Run[] {
    const runs: Run[] = [];
    for (const sign of text) {
      const font = this.fonts.fontOf(sign, weight);
      const shown = this.fonts.missing.includes(sign) ? getaMark : sign;
      const last = runs.at(-1);
      if (last && last.font === font) last.text += shown;
      else runs.push({ font, text: shown });
    }
    return runs;
  }

  /** Of a size of one point. */
  private signWidth(sign: string, weight: PdfWeight): number {
    const key = weight + sign;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    const font = this.fonts.fontOf(sign, weight);
    const shown = this.fonts.missing.includes(sign) ? getaMark : sign;
    const width = font === undefined ? (sign === '　' ? 1 : 0.3) : this.measured(font, shown);
    this.widths.set(key, width);
    return width;
  }

  private measured(font: string, sign: string): number {
    this.doc.font(font).fontSize(100);
    return this.doc.widthOfString(sign) / 100;
  }
}
