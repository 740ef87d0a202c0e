import type PDFDocument from 'pdfkit';
import { assertNever } from '@xuekao/kernel';
import type { PdfBlock, PdfBubbleRow, PdfPicture, PdfStyle } from './pdf-blocks.js';
import type { PdfPen } from './pdf-pen.js';
import { drawFigure } from './pdf-figure.js';
import { placedLines } from './pdf-lines.js';
import type { PlacedLine } from './pdf-lines.js';
import { drawItem } from './pdf-sheet.js';

type Doc = InstanceType<typeof PDFDocument>;

/** A4 in points; 22 mm at the sides. */
const page = { width: 595.28, height: 841.89, top: 62, bottom: 62, side: 62 } as const;
const room = page.width - 2 * page.side;
const floor = page.height - page.bottom;
const footerSize = 9;
const bubble = { size: 11, pitch: 19, row: 18, label: 26, text: 7.5 } as const;
const ink = '#1F1B16';
const hairline = '#8A8278';

/** Around a picture, half above it. */
const pictureGap = 8;
const cellInset = 6;

/** Places blocks from top to bottom over as many pages as they need. */
export class PdfLayout {
  private y: number = page.top;
  private pages = 0;

  constructor(
    private readonly doc: Doc,
    private readonly pen: PdfPen,
  ) {}

  place(block: PdfBlock): void {
    if (this.pages === 0 && block.kind !== 'sheet' && block.kind !== 'new-page') this.newPage();
    switch (block.kind) {
      case 'text':
        return this.text(block.text, block.style);
      case 'row':
        return this.row(block);
      case 'writing':
        return this.writing(block.lines, block.left ?? 0, block.pitch ?? 26);
      case 'bubbles':
        return this.bubbles(block.rows, block.columns);
      case 'picture':
        return this.picture(block.picture, block.left ?? 0);
      case 'space':
        this.y += block.height;
        return;
      case 'together':
        if (this.heightOf(block) > floor - this.y && this.y > page.top) this.newPage();
        for (const each of block.blocks) this.place(each);
        return;
      case 'new-page':
        return this.newPage();
      case 'sheet':
        return this.sheet(block);
      default:
        return assertNever(block);
    }
  }

  footers(textFor: (page: number, pages: number) => string): void {
    for (let index = 0; index < this.pages; index += 1) {
      this.doc.switchToPage(index);
      const text = textFor(index + 1, this.pages);
      const x = (page.width - this.pen.widthOf(text, footerSize, 'regular')) / 2;
      this.pen.write(text, x, page.height - page.bottom / 2 - footerSize, footerSize, 'regular');
    }
  }

  private newPage(): void {
    this.addPage(false);
  }

  private addPage(landscape: boolean): void {
    this.doc.addPage({ size: 'A4', margin: 0, layout: landscape ? 'landscape' : 'portrait' });
    this.doc.fillColor(ink);
    this.pages += 1;
    this.y = page.top;
  }

  /** Goes on to the next page where `height` does not fit any more. */
  private need(height: number): void {
    if (this.y + height > floor && this.y > page.top) this.newPage();
  }

  private text(text: string, style: PdfStyle): void {
    const pitch = style.size * (style.leading ?? 1.6);
    if (this.y > page.top) this.y += style.before ?? 0;
    for (const { text: line, x } of this.lines(text, style, page.side, room)) {
      this.need(pitch);
      this.pen.write(line, x, this.y + (pitch - style.size) / 2, style.size, style.weight ?? 'regular');
      this.y += pitch;
    }
    this.y += style.after ?? 0;
  }

  private lines(text: string, style: PdfStyle, from: number, width: number): PlacedLine[] {
    return placedLines(this.pen, text, style, from, width);
  }

  private row({ cells, style, bordered = false }: Extract<PdfBlock, { kind: 'row' }>): void {
    const inset = bordered ? 4 : 0;
    const width = room - (style.left ?? 0);
    const pitch = style.size * (style.leading ?? 1.6);
    const columns = cells.map(({ share, text, picture }) => ({
      width: share * width,
      lines: this.lines(text, { ...style, left: 0 }, 0, share * width - 2 * inset),
      picture,
    }));
    const height = this.rowHeight({ kind: 'row', cells, style, bordered });
    if (this.y > page.top) this.y += style.before ?? 0;
    this.need(height);
    let x = page.side + (style.left ?? 0);
    for (const { width: wide, lines, picture } of columns) {
      if (bordered) this.doc.lineWidth(0.5).strokeColor(hairline).rect(x, this.y, wide, height).stroke();
      for (const [index, line] of lines.entries()) {
        const y = this.y + index * pitch + (pitch - style.size) / 2;
        this.pen.write(line.text, x + inset + line.x, y, style.size, style.weight ?? 'regular');
      }
      if (picture) {
        const size = shrunk(picture, wide - 2 * cellInset);
        this.draw(picture, x + cellInset, this.y + lines.length * pitch + pictureGap / 2, size.width, size.height);
      }
      x += wide;
    }
    this.y += height + (style.after ?? 0);
  }

  private writing(lines: number, left: number, pitch: number): void {
    for (let line = 0; line < lines; line += 1) {
      this.need(pitch);
      this.y += pitch;
      this.doc.lineWidth(0.5).strokeColor(hairline);
      this.doc
        .moveTo(page.side + left, this.y)
        .lineTo(page.width - page.side, this.y)
        .stroke();
    }
    this.y += 4;
  }

  private bubbles(rows: readonly PdfBubbleRow[], columns: number): void {
    const width = room / columns;
    const deep = Math.ceil(rows.length / columns);
    for (let down = 0; down < deep; down += 1) {
      this.need(bubble.row);
      for (let column = 0; column < columns; column += 1) {
        const row = rows[column * deep + down];
        if (row) this.bubbleRow(row, page.side + column * width);
      }
      this.y += bubble.row;
      if (down % 5 === 4) this.y += 6;
    }
  }

  private bubbleRow({ label, signs }: PdfBubbleRow, x: number): void {
    const top = this.y + (bubble.row - bubble.size) / 2;
    const labelWidth = this.pen.widthOf(label, 9, 'regular');
    this.pen.write(label, x + bubble.label - 8 - labelWidth, top + 1, 9, 'regular');
    for (const [index, sign] of signs.entries()) {
      const left = x + bubble.label + index * bubble.pitch;
      const width = bubble.size + 3;
      this.doc.lineWidth(0.6).strokeColor(hairline).roundedRect(left, top, width, bubble.size, 2).stroke();
      const inner = (width - this.pen.widthOf(sign, bubble.text, 'regular')) / 2;
      this.pen.write(sign, left + inner, top + (bubble.size - bubble.text) / 2, bubble.text, 'regular');
    }
  }

  /** What comes after a sheet begins a page of its own. */
  private sheet({ landscape, items }: Extract<PdfBlock, { kind: 'sheet' }>): void {
    this.addPage(landscape);
    for (const item of items) drawItem(this.doc, this.pen, item, ink);
    this.y = floor;
  }

  private picture(picture: PdfPicture, left: number): void {
    const { width, height } = shrunk(picture, room - left);
    this.need(height + pictureGap);
    this.draw(picture, page.side + left, this.y + pictureGap / 2, width, height);
    this.y += height + pictureGap;
  }

  private draw({ bytes, alt }: PdfPicture, x: number, y: number, width: number, height: number): void {
    // `fit` keeps the shape of a picture that its camera held on its side.
    drawFigure(this.doc, alt, () => this.doc.image(Buffer.from(bytes), x, y, { fit: [width, height] }));
  }

  private rowHeight({ cells, style, bordered }: Extract<PdfBlock, { kind: 'row' }>): number {
    const { size, leading = 1.6, left = 0 } = style;
    const inset = bordered ? 8 : 0;
    const deep = cells.map(({ text, share, picture }) => {
      const width = share * (room - left);
      const lines = this.lines(text, { ...style, left: 0 }, 0, width - inset).length;
      const below = picture ? shrunk(picture, width - 2 * cellInset).height + pictureGap : 0;
      return Math.max(1, lines) * size * leading + below;
    });
    return Math.max(size * leading, ...deep);
  }

  private heightOf(block: PdfBlock): number {
    switch (block.kind) {
      case 'text': {
        const { size, leading = 1.6, before = 0, after = 0 } = block.style;
        return before + after + this.lines(block.text, block.style, 0, room).length * size * leading;
      }
      case 'row':
        return (block.style.before ?? 0) + this.rowHeight(block) + (block.style.after ?? 0);
      case 'writing':
        return block.lines * (block.pitch ?? 26) + 4;
      case 'bubbles':
        return Math.ceil(block.rows.length / block.columns) * bubble.row;
      case 'picture':
        return shrunk(block.picture, room - (block.left ?? 0)).height + pictureGap;
      case 'space':
        return block.height;
      case 'together':
        return block.blocks.reduce((sum, each) => sum + this.heightOf(each), 0);
      case 'new-page':
      case 'sheet':
        return 0;
      default:
        return assertNever(block);
    }
  }
}

/** Made smaller, never larger, until it fits the width and a page. */
function shrunk({ width, height }: PdfPicture, most: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, most / width, (floor - page.top - pictureGap) / height);
  return { width: width * scale, height: height * scale };
}
