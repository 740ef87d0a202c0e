import type { ExportFormat } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import { picturesIn } from './file-question.js';
import type { FileQuestion } from './file-question.js';
import type { PictureBytes } from './pictures/picture-bytes.js';
import { fitsAiken, writeAiken } from './gift/aiken.js';
import { fitsGift, writeGift } from './gift/gift-writer.js';
import { writeCsv } from './table/csv.js';
import { writeXlsx } from './table/xlsx.js';
import { writeText } from './text/text-writer.js';
import { fitsDocx, writeDocx } from './word/docx-writer.js';
import { fitsMoodle, writeMoodleXml } from './xml/moodle-writer.js';
import { writeQti } from './xml/qti-package.js';

/** Formats that make sense without keys: papers for people. */
export const keylessFormats: readonly ExportFormat[] = ['docx', 'text'];

/** Whether a format can carry the question; what it cannot is left out and told. */
export function fitsFormat(format: ExportFormat, question: FileQuestion): boolean {
  switch (format) {
    case 'aiken':
      return picturesIn(question).length === 0 && fitsAiken(question);
    case 'gift':
      return picturesIn(question).length === 0 && fitsGift(question);
    case 'moodle-xml':
      return fitsMoodle(question);
    case 'docx':
      return fitsDocx(question);
    case 'xlsx':
    case 'csv':
    case 'text':
      return picturesIn(question).length === 0;
    case 'qti-2.2':
    case 'qti-3.0':
      return true;
    default:
      return assertNever(format);
  }
}

/** A file of the questions that fit its format, in their order. */
export async function writeFile(
  format: ExportFormat,
  questions: readonly FileQuestion[],
  hasKeys: boolean,
  pictures: PictureBytes = new Map(),
): Promise<Buffer> {
  const plain = questions.filter((question) => picturesIn(question).length === 0);
  switch (format) {
    case 'xlsx':
      return writeXlsx(plain);
    case 'csv':
      return writeCsv(plain);
    case 'docx':
      return writeDocx(questions.filter(fitsDocx), hasKeys, pictures);
    case 'text':
      return Buffer.from(writeText(plain, hasKeys));
    case 'gift':
      return Buffer.from(writeGift(plain));
    case 'aiken':
      return Buffer.from(writeAiken(plain));
    case 'moodle-xml':
      return Buffer.from(writeMoodleXml(questions, pictures));
    case 'qti-2.2':
      return writeQti(questions, '2.2', pictures);
    case 'qti-3.0':
      return writeQti(questions, '3.0', pictures);
    default:
      return assertNever(format);
  }
}
