import { inflateRawSync } from 'node:zlib';

/** Why an uploaded file is not opened as a workbook. */
export type WorkbookFault =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'macros' }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number };

/** Unpacked bytes of one workbook. */
const unpackedLimit = 30 * 1024 * 1024;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  /** Where the entry's data begins. */
  readonly dataAt: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const mostEntries = 500;

function endOfDirectory(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at--) if (view.getUint32(at, true) === endMark) return at;
  return undefined;
}

function entryAt(view: DataView, bytes: Uint8Array, at: number): (ZipEntry & { next: number }) | undefined {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== entryMark) return undefined;
  const nameLength = view.getUint16(at + 28, true);
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const local = view.getUint32(at + 42, true);
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== localMark) return undefined;
  const dataAt = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
    method: view.getUint16(at + 10, true),
    compressed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    dataAt,
    next,
  };
}

/** The entries of a zip file by its directory; undefined when it is none, is damaged or uses zip64. */
function zipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  if (bytes.byteLength < 22) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    const entry = entryAt(view, bytes, at);
    if (!entry || entry.dataAt + entry.compressed > bytes.byteLength) return undefined;
    const { next, ...rest } = entry;
    entries.push(rest);
    at = next;
  }
  return entries;
}

/** The content of an entry; undefined where it is damaged or larger than `most`. */
function inflated(bytes: Uint8Array, entry: ZipEntry, most: number): Uint8Array | undefined {
  const data = bytes.subarray(entry.dataAt, entry.dataAt + entry.compressed);
  if (entry.method === 0) return data.byteLength > most ? undefined : data;
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, most) });
  } catch {
    return undefined;
  }
}

/** Parts that hold what runs. Other binary parts, such as the settings of a printer, are data. */
const runningPart = /vba(?:project|data)|macrosheets|(?:^|\/)activex\/|(?:^|\/)embeddings\/.*\.bin$/iu;
const runningType = /vbaProject|macroEnabled|macrosheet|activeX/iu;

/** What runs under another name: a compound file, as projects and objects are kept in, or a part declared as one. */
function isRunning(name: string, content: Uint8Array): boolean {
  if (name === '[Content_Types].xml') return runningType.test(new TextDecoder().decode(content));
  return (
    /\.bin$/iu.test(name) &&
    content.byteLength >= 4 &&
    new DataView(content.buffer, content.byteOffset).getUint32(0) === 0xd0cf11e0
  );
}

/**
 * Undefined for an .xlsx file that may be opened: whole, small enough and without macros, controls or embedded objects. What
 * its directory says of sizes is not believed: a bomb is found unopened.
 */
export function workbookFault(bytes: Uint8Array, limit: number = unpackedLimit): WorkbookFault | undefined {
  const entries = zipEntries(bytes);
  if (!entries?.some((entry) => entry.name === 'xl/workbook.xml')) return { kind: 'unreadable' };
  if (entries.some((entry) => runningPart.test(entry.name))) return { kind: 'macros' };
  const claimed = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (claimed > limit) return { kind: 'too-large', bytes: claimed, limit };
  let total = 0;
  for (const entry of entries) {
    const content = inflated(bytes, entry, limit - total);
    if (content?.byteLength !== entry.size) return { kind: 'unreadable' };
    if (isRunning(entry.name, content)) return { kind: 'macros' };
    total += content.byteLength;
  }
  return undefined;
}
