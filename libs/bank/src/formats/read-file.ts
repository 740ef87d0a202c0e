import type { ImportFormat } from '@xuekao/contracts';
import { assertNever, isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { decodedText, formatOfFile } from './file-guard.js';
import { readAiken } from './gift/aiken.js';
import { readGift } from './gift/gift-reader.js';
import { mostRows } from './import-row.js';
import type { Reading } from './import-row.js';
import { FileRefused } from './reader-refusal.js';
import { readCsv } from './table/csv.js';
import { readXlsx } from './table/xlsx.js';
import { readChineseText } from './text/chinese-text.js';
import { readDocx } from './word/docx-reader.js';
import { readMoodleXml } from './xml/moodle-reader.js';
import { readQti } from './xml/qti-reader.js';

export interface FileReading extends Reading {
  readonly format: ImportFormat;
}

async function readAs(format: ImportFormat, bytes: Uint8Array): Promise<Reading> {
  switch (format) {
    case 'xlsx':
      return readXlsx(bytes);
    case 'csv':
      return readCsv(bytes);
    case 'docx':
      return readDocx(bytes);
    case 'text':
      return readChineseText(decodedText(bytes));
    case 'gift':
      return readGift(decodedText(bytes));
    case 'aiken':
      return readAiken(decodedText(bytes));
    case 'moodle-xml':
      return readMoodleXml(decodedText(bytes));
    case 'qti':
      return readQti(bytes);
    default:
      return assertNever(format);
  }
}

/** The format of a file by content and name; or why it is refused. */
export function fileFormat(name: string, bytes: Uint8Array, wanted?: ImportFormat): ImportFormat | Refusal {
  try {
    return formatOfFile(name, bytes, wanted);
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  }
}

/** Every question of a file as a row, or why the whole file is refused. Refuses also a file without any question. */
export async function readFile(name: string, bytes: Uint8Array, wanted?: ImportFormat): Promise<FileReading | Refusal> {
  const format = fileFormat(name, bytes, wanted);
  if (isRefusal(format)) return format;
  try {
    const reading = await readAs(format, bytes);
    if (reading.rows.length === 0) return refuse('bank.import.nothing-found');
    if (reading.rows.length > mostRows) {
      return refuse('bank.import.too-large', { limit: mostRows, found: reading.rows.length });
    }
    return { format, ...reading };
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  }
}
