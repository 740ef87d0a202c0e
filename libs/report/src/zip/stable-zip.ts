import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A file inside an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
}

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
/** 1980-01-01 00:00, the first date the format knows: every file carries it, so that equal content is equal bytes. */
const fixedDate = 0x0021;
const utf8Names = 0x0800;

function endRecord(zip: Buffer): number {
  for (let at = zip.length - 22; at >= 0; at--) if (zip.readUInt32LE(at) === endSignature) return at;
  throw new Error('Not a zip archive: no end record');
}

/** Reads stored and deflated files in directory order; throws on encrypted, split and ZIP64 archives. */
export function readZip(zip: Buffer): ZipEntry[] {
  const end = endRecord(zip);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== centralSignature) throw new Error(`Broken zip directory at ${at}`);
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const data = readFile(zip, name, zip.readUInt32LE(at + 42), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20));
    if (crc32(data) !== zip.readUInt32LE(at + 16)) throw new Error(`Broken file ${name} in zip: checksum differs`);
    entries.push({ name, data });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function readFile(zip: Buffer, name: string, offset: number, method: number, size: number): Buffer {
  if (zip.readUInt32LE(offset) !== localSignature)
    throw new Error(`Broken file ${name} in zip: no header at ${offset}`);
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const packed = zip.subarray(start, start + size);
  if (method === 0) return Buffer.from(packed);
  if (method === 8) return inflateRawSync(packed);
  throw new Error(`File ${name} in zip has method ${method}, 0 or 8 expected`);
}

/** Writes files in the given order with fixed dates and flags: the same entries are always the same bytes. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data, { level: 9 });
    const nameBytes = Buffer.from(name, 'utf8');
    const fields = sharedFields(data, packed.length, nameBytes.length);
    const local = Buffer.concat([word32(localSignature), fields, nameBytes, packed]);
    centrals.push(
      Buffer.concat([word32(centralSignature), word16(20), fields, Buffer.alloc(10), word32(offset), nameBytes]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.concat([
    word32(endSignature),
    Buffer.alloc(4),
    word16(entries.length),
    word16(entries.length),
    word32(directory.length),
    word32(offset),
    Buffer.alloc(2),
  ]);
  return Buffer.concat([...locals, directory, end]);
}

/** The 26 bytes that the local and the central header share: version needed to extra length. */
function sharedFields(data: Buffer, packedLength: number, nameLength: number): Buffer {
  return Buffer.concat([
    word16(20),
    word16(utf8Names),
    word16(8),
    word16(0),
    word16(fixedDate),
    word32(crc32(data)),
    word32(packedLength),
    word32(data.length),
    word16(nameLength),
    word16(0),
  ]);
}

function word16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function word32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value >>> 0);
  return buffer;
}

/** Rewrites an archive with fixed dates; `edit` may change a file's content. */
export function stabilised(zip: Buffer, edit: (name: string, content: Buffer) => Buffer): Buffer {
  return writeZip(readZip(zip).map(({ name, data }) => ({ name, data: edit(name, data) })));
}
