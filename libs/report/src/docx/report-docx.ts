import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
  type ISectionOptions,
} from 'docx';
import type { Attachment, Block, ReportDocument } from '../core/document.js';
import { stabilised } from '../zip/stable-zip.js';
import { blockParagraphs } from './blocks.js';
import { fontTableXml } from './fonts.js';
import {
  footerDistance,
  grid,
  landscapeFooterDistance,
  landscapeMargins,
  landscapeWidth,
  margins,
  page,
  portraitWidth,
  sizes,
} from './measures.js';
import { stylesXml } from './styles.js';

/** `— 1 —`, one 4号 character in from the edge: right on odd pages, left on even ones. */
function pageNumber(side: 'left' | 'right'): Footer {
  const oneCharacter = sizes.pageNumber * 10;
  return new Footer({
    children: [
      new Paragraph({
        style: 'PageNumber',
        alignment: side === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT,
        indent: side === 'left' ? { left: oneCharacter } : { right: oneCharacter },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });
}

function section(children: ISectionOptions['children'], landscape: boolean, onGrid: boolean): ISectionOptions {
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        size: {
          width: page.width,
          height: page.height,
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          ...(landscape ? landscapeMargins : margins),
          header: 851,
          footer: landscape ? landscapeFooterDistance : footerDistance,
          gutter: 0,
        },
      },
      grid: onGrid
        ? { type: DocumentGridType.LINES_AND_CHARS, linePitch: grid.linePitch, charSpace: grid.charSpace }
        : { type: DocumentGridType.DEFAULT, linePitch: grid.linePitch },
    },
    footers: { default: pageNumber('right'), even: pageNumber('left') },
    children,
  };
}

/** 附件 label on the first line, its title centred on the third. Source: domain.md §5.3. */
function attachmentSection(attachment: Attachment): ISectionOptions {
  const width = attachment.landscape ? landscapeWidth : portraitWidth;
  const lines = [
    new Paragraph({ style: 'AttachmentLabel', children: [new TextRun(attachment.label)] }),
    new Paragraph({ style: 'Plain' }),
    new Paragraph({ style: 'ReportTitle', children: [new TextRun(attachment.title)] }),
    new Paragraph({ style: 'TableNote', children: [new TextRun(attachment.note)] }),
  ];
  const blocks = attachment.blocks.flatMap((block: Block) => blockParagraphs(block, width));
  return section([...lines, ...blocks], attachment.landscape, false);
}

export interface DocumentStamp {
  /** Author shown in the file's properties. */
  readonly creator: string;
  /** Written as the file's creation and change date, so that equal input gives equal bytes. */
  readonly at: number;
}

/**
 * A 普通材料 (no red head, no 版记) under GB/T 9704-2012. The same document and stamp always give the same bytes.
 * Source: domain.md §5.3.
 */
export async function renderDocx(paper: ReportDocument, stamp: DocumentStamp): Promise<Buffer> {
  const file = new Document({
    title: paper.title,
    creator: stamp.creator,
    lastModifiedBy: stamp.creator,
    evenAndOddHeaderAndFooters: true,
    compatabilityModeVersion: 15,
    sections: [
      section(
        paper.body.flatMap((block) => blockParagraphs(block)),
        false,
        true,
      ),
      ...paper.attachments.map(attachmentSection),
    ],
  });
  const packed = await Packer.toBuffer(file);
  const written = new Date(stamp.at).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return stabilised(packed, (name, content) => {
    if (name === 'docProps/core.xml') return Buffer.from(dated(content.toString('utf8'), written));
    if (name === 'word/styles.xml') return Buffer.from(stylesXml());
    return name === 'word/fontTable.xml' ? Buffer.from(fontTableXml()) : content;
  });
}

function dated(xml: string, written: string): string {
  return xml.replace(/(<dcterms:(created|modified)\b[^>]*>)[^<]*(<)/g, `$1${written}$3`);
}
