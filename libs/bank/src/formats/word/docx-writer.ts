import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import type { FileQuestion } from '../file-question.js';
import { xmlSafe } from '../xml/html-text.js';
import { headingOf } from '../text/marks.js';
import { foldedLine } from '../text/folding.js';
import { printLines, usualLayout } from '../text/text-writer.js';

const font = { ascii: 'Times New Roman', eastAsia: '宋体', hAnsi: 'Times New Roman' };

/** Lines of the text layout as a Word document. Control characters that XML forbids are left out. */
export async function writeDocx(questions: readonly FileQuestion[], hasKeys: boolean): Promise<Buffer> {
  const paragraphs = printLines(questions, usualLayout, hasKeys).map((line) => {
    const text = xmlSafe(line);
    const isHeading = headingOf(foldedLine(text)) !== undefined;
    return new Paragraph({
      ...(isHeading ? { heading: HeadingLevel.HEADING_2 } : {}),
      children: [new TextRun({ text, font, bold: isHeading })],
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
