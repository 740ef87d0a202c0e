import { Document, HeadingLevel, ImageRun, Packer, Paragraph, TextRun } from 'docx';
import type { ParagraphChild } from 'docx';
import { picturesIn } from '../file-question.js';
import type { FilePicture, FileQuestion } from '../file-question.js';
import type { PictureBytes } from '../pictures/picture-bytes.js';
import { foldedLine } from '../text/folding.js';
import { headingOf } from '../text/marks.js';
import { printLines, usualLayout } from '../text/text-writer.js';
import { xmlSafe } from '../xml/html-text.js';

const font = { ascii: 'Times New Roman', eastAsia: '宋体', hAnsi: 'Times New Roman' };
/** Pixels at 96 an inch: within the margins of a page. */
const mostWide = 540;
const firstSign = 0x100000;

/** Word shows no WebP in the versions that people have. */
export function fitsDocx(question: FileQuestion): boolean {
  return picturesIn(question).every((picture) => picture.mediaType !== 'image/webp');
}

/** Signs for pictures in lines of text, each told by what it shows and what is said of it. */
class PictureSigns {
  private readonly signOf = new Map<string, string>();
  private readonly shown: FilePicture[] = [];

  private sign(picture: FilePicture): string {
    const key = `${picture.id}#${picture.alt}`;
    const known = this.signOf.get(key);
    if (known !== undefined) return known;
    this.shown.push(picture);
    const sign = String.fromCodePoint(firstSign + this.shown.length - 1);
    this.signOf.set(key, sign);
    return sign;
  }

  /** The question with signs behind the words that its pictures belong to. */
  in(question: FileQuestion): FileQuestion {
    const signs = (pictures: readonly FilePicture[]): string => pictures.map((picture) => this.sign(picture)).join('');
    const { material } = question;
    return {
      ...question,
      stem: question.stem + signs(question.pictures),
      options: question.options.map(({ picture, ...option }) => ({
        ...option,
        text: option.text + (picture ? signs([picture]) : ''),
      })),
      material: material && { ...material, text: material.text + signs(material.pictures ?? []) },
    };
  }

  runs(line: string, bytes: PictureBytes, isHeading: boolean): ParagraphChild[] {
    return line.split(/([\u{100000}-\u{10FFFF}])/u).flatMap((part): ParagraphChild[] => {
      if (part === '') return [];
      const picture = this.shown[part.codePointAt(0)! - firstSign];
      if (!picture) return [new TextRun({ text: part, font, bold: isHeading })];
      const data = bytes.get(picture.id);
      return data ? [imageRun(picture, data)] : [];
    });
  }
}

function imageRun({ alt, width, height, mediaType }: FilePicture, data: Uint8Array): ImageRun {
  const scale = Math.min(1, mostWide / width);
  return new ImageRun({
    type: mediaType === 'image/png' ? 'png' : 'jpg',
    data: Buffer.from(data),
    transformation: { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) },
    altText: { name: '图', title: '', description: alt },
  });
}

/** Lines of the text layout as a Word document, with their pictures. Control characters that XML forbids are left out. */
export async function writeDocx(
  questions: readonly FileQuestion[],
  hasKeys: boolean,
  pictures: PictureBytes = new Map(),
): Promise<Buffer> {
  const signs = new PictureSigns();
  const signed = questions.map((question) => signs.in(question));
  const paragraphs = printLines(signed, usualLayout, hasKeys).map((line) => {
    const text = xmlSafe(line);
    const isHeading = headingOf(foldedLine(text)) !== undefined;
    return new Paragraph({
      ...(isHeading ? { heading: HeadingLevel.HEADING_2 } : {}),
      children: signs.runs(text, pictures, isHeading),
    });
  });
  const document = new Document({
    title: hasKeys ? '试题与答案' : '试题',
    creator: '学考',
    styles: { default: { document: { run: { font, size: 24 } } } },
    sections: [{ children: paragraphs }],
  });
  return Buffer.from(await Packer.toBuffer(document));
}
