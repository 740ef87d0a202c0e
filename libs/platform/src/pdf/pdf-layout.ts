import type PDFDocument from 'pdfkit';
import { assertNever } from '@xuekao/kernel';
import type { PdfBlock, PdfBubbleRow, PdfStyle } from './pdf-blocks.js';
import type { PdfPen } from './pdf-pen.js';
import { linesOf } from './pdf-text.js';

type Doc = InstanceType<typeof PDFDocument>;

/** A4 in points; 22 mm at the sides. */
const page = { width: 595.28, height: 841.89, top: 62, bottom: 62, side: 62 } as const;
const room = page.width - 2 * page.side;
const floor = page.height - page.bottom;
const footerSize = 9;
const bubble = { size: 11, pitch: 19, row: 18, label: 26, text: 7.5 } as const;
const ink = '#1F1B16';
const hairline = '#8A8278';

interface Line {
  readonly text: string;
  readonly x: number;
}

/** Places blocks from top to bottom over as many pages as they need. */
export class PdfLayout {
  private y: number = page.top;
  private pages = 0;

  constructor(
    private readonly doc: Doc,
    private readonly pen: PdfPen,
  ) {
    this.newPage();
  }

  place(block: PdfBlock): void {
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
        return this.picture(block);
      case 'space':
        this.y += block.height;
        return;
      case 'together':
        if (this.heightOf(block) > floor - this.y && this.y > page.top) this.newPage();
        for (const each of block.blocks) this.place(each);
        return;
      case 'new-page':
        return this.newPage();
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
    this.doc.addPage({ size: 'A4', margin: 0 });
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

  private lines(text: string, style: PdfStyle, from: number, width: number): Line[] {
    const { size, weight = 'regular', align = 'left', left = 0, hanging = 0, indent = 0 } = style;
    const widthOf = (part: string): number => this.pen.widthOf(part, size, weight);
    return text.split('\n').flatMap((paragraph) =>
      linesOf(paragraph, { first: width - left - indent, other: width - left - hanging }, widthOf).map(
        (line, index) => {
          const start = from + left + (index === 0 ? indent : hanging);
          if (align === 'left') return { text: line, x: start };
          const rest = from + width - start - widthOf(line);
          return { text: line, x: start + Math.max(0, align === 'center' ? rest / 2 : rest) };
        },
      ),
    );
  }

  private row({ cells, style, bordered = false }: Extract<PdfBlock, { kind: 'row' }>): void {
    const inset = bordered ? 4 : 0;
    const width = room - (style.left ?? 0);
    const pitch = style.size * (style.leading ?? 1.6);
    const columns = cells.map(({ share, text }) => ({
      width: share * width,
      lines: this.lines(text, { ...style, left: 0 }, 0, share * width - 2 * inset),
    }));
    const height = Math.max(1, ...columns.map((column) => column.lines.length)) * pitch;
    if (this.y > page.top) this.y += style.before ?? 0;
    this.need(height);
    let x = page.side + (style.left ?? 0);
    for (const { width: wide, lines } of columns) {
      if (bordered) this.doc.lineWidth(0.5).strokeColor(hairline).rect(x, this.y, wide, height).stroke();
      for (const [index, line] of lines.entries()) {
        const y = this.y + index * pitch + (pitch - style.size) / 2;
        this.pen.write(line.text, x + inset + line.x, y, style.size, style.weight ?? 'regular');
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

  private picture({ bytes, width, height }: Extract<PdfBlock, { kind: 'picture' }>): void {
    const scale = Math.min(1, room / width, (floor - page.top) / height);
    this.need(height * scale);
    this.doc.image(Buffer.from(bytes), page.side, this.y, { width: width * scale, height: height * scale });
    this.y += height * scale + 4;
  }

  private heightOf(block: PdfBlock): number {
    switch (block.kind) {
      case 'text': {
        const { size, leading = 1.6, before = 0, after = 0 } = block.style;
        return before + after + this.lines(block.text, block.style, 0, room).length * size * leading;
      }
      case 'row': {
        const { size, leading = 1.6, before = 0, after = 0, left = 0 } = block.style;
        const inset = block.bordered ? 8 : 0;
        const deep = block.cells.map(
          (cell) => this.lines(cell.text, { ...block.style, left: 0 }, 0, cell.share * (room - left) - inset).length,
        );
        return before + after + Math.max(1, ...deep) * size * leading;
      }
      case 'writing':
        return block.lines * (block.pitch ?? 26) + 4;
      case 'bubbles':
        return Math.ceil(block.rows.length / block.columns) * bubble.row;
      case 'picture':
        return Math.min(block.height, floor - page.top) + 4;
      case 'space':
        return block.height;
      case 'together':
        return block.blocks.reduce((sum, each) => sum + this.heightOf(each), 0);
      case 'new-page':
        return 0;
      default:
        return assertNever(block);
    }
  }
}
