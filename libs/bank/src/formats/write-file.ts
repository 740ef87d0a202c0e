import type { ExportFormat } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import type { FileQuestion } from './file-question.js';
import { fitsAiken, writeAiken } from './gift/aiken.js';
import { fitsGift, writeGift } from './gift/gift-writer.js';
import { writeCsv } from './table/csv.js';
import { writeXlsx } from './table/xlsx.js';
import { writeText } from './text/text-writer.js';
import { writeDocx } from './word/docx-writer.js';
import { fitsMoodle, writeMoodleXml } from './xml/moodle-writer.js';
import { writeQti } from './xml/qti-writer.js';

/** Formats that make sense without keys: papers for people. */
export const keylessFormats: readonly ExportFormat[] = ['docx', 'text'];

/** Whether a format can carry the question; what it cannot is left out and told. */
export function fitsFormat(format: ExportFormat, question: FileQuestion): boolean {
  switch (format) {
    case 'aiken':
      return fitsAiken(question);
    case 'gift':
      return fitsGift(question);
    case 'moodle-xml':
      return fitsMoodle(question);
    case 'xlsx':
    case 'csv':
    case 'docx':
    case 'text':
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
): Promise<Buffer> {
  switch (format) {
    case 'xlsx':
      return writeXlsx(questions);
    case 'csv':
      return writeCsv(questions);
    case 'docx':
      return writeDocx(questions, hasKeys);
    case 'text':
      return Buffer.from(writeText(questions, hasKeys));
    case 'gift':
      return Buffer.from(writeGift(questions));
    case 'aiken':
      return Buffer.from(writeAiken(questions));
    case 'moodle-xml':
      return Buffer.from(writeMoodleXml(questions));
    case 'qti-2.2':
      return writeQti(questions, '2.2');
    case 'qti-3.0':
      return writeQti(questions, '3.0');
    default:
      return assertNever(format);
  }
}
