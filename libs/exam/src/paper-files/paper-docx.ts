import {
  AlignmentType,
  Document,
  Footer,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { BorderStyle, WidthType } from 'docx';
import type { PdfBlock, PdfPicture, PdfStyle } from '@xuekao/platform';
import { assertNever } from '@xuekao/kernel';

const twip = (points: number): number => Math.round(points * 20);
const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;
const font = { ascii: 'Times New Roman', eastAsia: '宋体', hAnsi: 'Times New Roman' };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const hair = { style: BorderStyle.SINGLE, size: 4, color: '8A8278' };

function runOf(text: string, { size, weight }: PdfStyle): TextRun {
  return new TextRun({ text, size: Math.round(size * 2), bold: weight === 'bold', font });
}

function paragraphs(text: string, style: PdfStyle, keepNext = false): Paragraph[] {
  const { size, align = 'left', left = 0, hanging = 0, indent = 0, before = 0, after = 0, leading = 1.5 } = style;
  return text.split('\n').map(
    (line) =>
      new Paragraph({
        children: [runOf(line, style)],
        alignment: alignments[align],
        keepNext,
        keepLines: true,
        indent: {
          left: twip(left + hanging),
          ...(hanging > 0 ? { hanging: twip(hanging) } : { firstLine: twip(indent) }),
        },
        spacing: { before: twip(before), after: twip(after), line: Math.round(twip(size) * leading) },
      }),
  );
}

/** In points: A4 less its margins. */
const column = 471;
const cellInset = 12;

/** A picture in a line of its own, as wide as it is or as there is room; what it shows is said to screen readers. */
function picture(given: PdfPicture, room: number, left = 0, keepNext = false): Paragraph {
  const scale = Math.min(1, (room - left) / given.width);
  const isPng = given.bytes[0] === 0x89;
  return new Paragraph({
    keepNext,
    indent: { left: twip(left) },
    spacing: { before: twip(2), after: twip(2) },
    children: [
      new ImageRun({
        type: isPng ? 'png' : 'jpg',
        data: Buffer.from(given.bytes),
        transformation: { width: pixels(given.width * scale), height: pixels(given.height * scale) },
        altText: { name: '图', title: given.alt, description: given.alt },
      }),
    ],
  });
}

const pixels = (points: number): number => Math.max(1, Math.round((points * 4) / 3));

function tableOf(rows: readonly Extract<PdfBlock, { kind: 'row' }>[], keepNext = false): Table {
  const [first] = rows;
  const edge = first?.bordered ? hair : none;
  const borders = { top: edge, bottom: edge, left: edge, right: edge, insideHorizontal: edge, insideVertical: edge };
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    indent: { size: twip(first?.style.left ?? 0), type: WidthType.DXA },
    borders,
    rows: rows.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          children: row.cells.map(
            (cell) =>
              new TableCell({
                width: { size: Math.round(cell.share * 100), type: WidthType.PERCENTAGE },
                children: [
                  ...paragraphs(cell.text, { ...row.style, left: 0, before: 0, after: 0 }, keepNext),
                  ...(cell.picture ? [picture(cell.picture, cell.share * column - cellInset, 0, keepNext)] : []),
                ],
              }),
          ),
        }),
    ),
  });
}

function childrenOf(blocks: readonly PdfBlock[], keepNext = false): (Paragraph | Table)[] {
  const children: (Paragraph | Table)[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!;
    if (block.kind === 'row') {
      const rows = [block];
      for (let next = blocks[at + 1]; next?.kind === 'row' && next.cells.length <= block.cells.length; at += 1) {
        rows.push(next);
        next = blocks[at + 2];
      }
      children.push(tableOf(rows, keepNext && at + 1 < blocks.length));
    } else children.push(...plainOf(block, keepNext && at + 1 < blocks.length));
  }
  return children;
}

function plainOf(block: Exclude<PdfBlock, { kind: 'row' }>, keepNext: boolean): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'text':
      return paragraphs(block.text, block.style, keepNext);
    case 'writing':
      return Array.from(
        { length: block.lines },
        () =>
          new Paragraph({
            children: [],
            indent: { left: twip(block.left ?? 0) },
            // Word draws one border around neighbours with the same one, and lines inside only as `between`.
            border: { between: { ...hair, space: 1 }, bottom: { ...hair, space: 1 } },
            spacing: { before: twip((block.pitch ?? 26) - 14) },
          }),
      );
    case 'bubbles': {
      const deep = Math.ceil(block.rows.length / block.columns);
      return Array.from({ length: deep }, (_, down) => {
        const own = Array.from({ length: block.columns }, (_each, column) => block.rows[column * deep + down]);
        const texts = own.map((row) => (row ? `${row.label}　${row.signs.map((sign) => `[${sign}]`).join(' ')}` : ''));
        const cells = texts.map((text) => ({ text, share: 1 / block.columns }));
        return tableOf([{ kind: 'row', style: { size: 10.5 }, cells }]);
      });
    }
    case 'space':
      return [new Paragraph({ children: [], spacing: { before: twip(block.height) } })];
    case 'together':
      return childrenOf(block.blocks, true);
    case 'new-page':
      return [new Paragraph({ children: [], pageBreakBefore: true })];
    case 'picture':
      return [picture(block.picture, column, block.left ?? 0, keepNext)];
    case 'sheet':
      throw new Error('A sheet on which everything has its place is for PDF alone');
    default:
      return assertNever(block);
  }
}

/** The same blocks as a Word file that people can go on editing. Paper A4, pages numbered below. */
export async function blocksDocument(title: string, blocks: readonly PdfBlock[]): Promise<Buffer> {
  const document = new Document({
    creator: '学考',
    title,
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: twip(62), bottom: twip(62), left: twip(62), right: twip(62) },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  new TextRun({
                    font,
                    size: 18,
                    children: ['第 ', PageNumber.CURRENT, ' 页　共 ', PageNumber.TOTAL_PAGES, ' 页'],
                  }),
                ],
              }),
            ],
          }),
        },
        children: childrenOf(blocks),
      },
    ],
  });
  return Buffer.from(await Packer.toBuffer(document));
}
