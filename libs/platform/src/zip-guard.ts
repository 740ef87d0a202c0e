import { inflateRawSync } from 'node:zlib';

/** Why a zip file is not opened; `path` is the entry at fault. */
export type ZipFault =
  | { readonly kind: 'no-zip' }
  | { readonly kind: 'broken'; readonly path: string }
  | { readonly kind: 'encrypted'; readonly path: string }
  | { readonly kind: 'unsafe-path'; readonly path: string }
  | { readonly kind: 'macros'; readonly path: string }
  | { readonly kind: 'too-large'; readonly path: string; readonly limit: number };

export interface ZipBounds {
  /** Unpacked bytes of all entries together. */
  readonly limit: number;
  readonly mostEntries: number;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly compressed: number;
  readonly size: number;
  readonly dataAt: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;

function endOfDirectory(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at--) if (view.getUint32(at, true) === endMark) return at;
  return undefined;
}

function entryAt(view: DataView, bytes: Uint8Array, at: number): (Entry & { next: number }) | undefined {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== entryMark) return undefined;
  const nameLength = view.getUint16(at + 28, true);
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const local = view.getUint32(at + 42, true);
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== localMark) return undefined;
  const compressed = view.getUint32(at + 20, true);
  const dataAt = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (dataAt + compressed > bytes.byteLength) return undefined;
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    compressed,
    size: view.getUint32(at + 24, true),
    dataAt,
    next,
  };
}

function entriesOf(bytes: Uint8Array, mostEntries: number): Entry[] | ZipFault {
  if (bytes.byteLength < 22) return { kind: 'no-zip' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== localMark && view.getUint32(0, true) !== endMark) return { kind: 'no-zip' };
  const end = endOfDirectory(view);
  if (end === undefined) return { kind: 'broken', path: '' };
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries) return { kind: 'too-large', path: '', limit: mostEntries };
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    const entry = entryAt(view, bytes, at);
    if (!entry) return { kind: 'broken', path: entries.at(-1)?.name ?? '' };
    at = entry.next;
    entries.push(entry);
  }
  return entries;
}

const isUnsafe = (name: string): boolean => /^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|^[A-Za-z]:|\0/u.test(name);
const isMacro = (name: string): boolean => /vbaproject|vbadata|macrosheets|activex\/[^/]*\.bin$/iu.test(name);

function inflated(bytes: Uint8Array, entry: Entry, most: number): Uint8Array | 'broken' | 'too-large' {
  const data = bytes.subarray(entry.dataAt, entry.dataAt + entry.compressed);
  if (entry.method === 0) return data.byteLength > most ? 'too-large' : data;
  if (entry.method !== 8) return 'broken';
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'broken';
  }
}

/**
 * Every file of a zip, unpacked within the bounds, by its path; or why it is not opened. Sizes that the directory tells are
 * not believed. Refuses encrypted entries, paths that leave the archive and macros.
 */
export function openZip(bytes: Uint8Array, { limit, mostEntries }: ZipBounds): Map<string, Uint8Array> | ZipFault {
  const entries = entriesOf(bytes, mostEntries);
  if (!Array.isArray(entries)) return entries;
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of entries) {
    const path = entry.name;
    if ((entry.flags & 1) === 1) return { kind: 'encrypted', path };
    if (isUnsafe(path)) return { kind: 'unsafe-path', path };
    if (isMacro(path)) return { kind: 'macros', path };
    if (path.endsWith('/')) continue;
    const content = inflated(bytes, entry, limit - total);
    if (content === 'too-large') return { kind: 'too-large', path, limit };
    if (content === 'broken') return { kind: 'broken', path };
    total += content.byteLength;
    files.set(path, content);
  }
  return files;
}
