import type { ImportFormat } from '@xuekao/contracts';
import { assertNever, isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { decodedText, formatOfFile } from './file-guard.js';
import { picturesIn } from './file-question.js';
import { readAiken } from './gift/aiken.js';
import { readGift } from './gift/gift-reader.js';
import { mostRows } from './import-row.js';
import type { Reading } from './import-row.js';
import type { CleanPicture } from '../core/index.js';
import { PictureShelf } from './pictures/picture-shelf.js';
import { settledPictures } from './pictures/settled-pictures.js';
import { FileRefused } from './reader-refusal.js';
import { readCsv } from './table/csv.js';
import { readXlsx } from './table/xlsx.js';
import { readChineseText } from './text/chinese-text.js';
import { readDocx } from './word/docx-reader.js';
import { readMoodleXml } from './xml/moodle-reader.js';
import { readQti } from './xml/qti-reader.js';

export interface FileReading extends Reading {
  readonly format: ImportFormat;
  /** By id, those of the rows and no others. */
  readonly pictures: ReadonlyMap<string, CleanPicture>;
}

async function readAs(format: ImportFormat, bytes: Uint8Array, shelf: PictureShelf): Promise<Reading> {
  switch (format) {
    case 'xlsx':
      return readXlsx(bytes, shelf);
    case 'csv':
      return readCsv(bytes);
    case 'docx':
      return readDocx(bytes, shelf);
    case 'text':
      return readChineseText(decodedText(bytes));
    case 'gift':
      return readGift(decodedText(bytes));
    case 'aiken':
      return readAiken(decodedText(bytes));
    case 'moodle-xml':
      return readMoodleXml(decodedText(bytes), shelf);
    case 'qti':
      return readQti(bytes, shelf);
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

function picturesOf({ rows }: Reading, { pictures }: PictureShelf): Map<string, CleanPicture> {
  const shown = new Set(rows.flatMap((row) => (row.draft ? picturesIn(row.draft).map((picture) => picture.id) : [])));
  return new Map([...pictures].filter(([id]) => shown.has(id)));
}

/** Every question of a file as a row, or why the whole file is refused. Refuses also a file without any question. */
export async function readFile(name: string, bytes: Uint8Array, wanted?: ImportFormat): Promise<FileReading | Refusal> {
  const format = fileFormat(name, bytes, wanted);
  if (isRefusal(format)) return format;
  try {
    const shelf = new PictureShelf();
    const reading = settledPictures(await readAs(format, bytes, shelf), shelf);
    if (reading.rows.length === 0) return refuse('bank.import.nothing-found');
    if (reading.rows.length > mostRows) {
      return refuse('bank.import.too-large', { limit: mostRows, found: reading.rows.length });
    }
    return { format, ...reading, pictures: picturesOf(reading, shelf) };
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  }
}
