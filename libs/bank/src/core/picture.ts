import type { PictureType } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';

export const pictureByteLimit = 2 * 1024 * 1024;
export const pictureSideLimit = 8000;
/** Pixels in all: what a phone or a printer can still unpack. */
export const pictureAreaLimit = 24_000_000;

/** A picture by its bytes alone, without what a camera or a program wrote about its owner. Width and height in pixels. */
export interface CleanPicture {
  readonly mediaType: PictureType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

interface Parsed {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly Uint8Array[];
}

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const pngKept = new Set([
  'IHDR',
  'PLTE',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'bKGD',
  'pHYs',
  'IDAT',
  'IEND',
]);

/** Chunks that draw; texts, EXIF and what follows the end are left out. */
function pngOf(bytes: Uint8Array): Parsed | undefined {
  const view = viewOf(bytes);
  const parts = [bytes.subarray(0, 8)];
  let [width, height, data] = [0, 0, 0];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const name = ascii(bytes, at + 4, 4);
    if (at === 8 && (name !== 'IHDR' || length !== 13)) return undefined;
    if (name === 'IHDR') [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (name === 'IDAT') data += length;
    if (pngKept.has(name)) parts.push(bytes.subarray(at, end));
    if (name === 'IEND') return data > 0 ? { width, height, parts } : undefined;
    at = end;
  }
  return undefined;
}

/** Which way up a camera held the picture, from its EXIF; 1 where nothing is said. */
function orientationOf(exif: Uint8Array): number {
  if (exif.length < 20 || ascii(exif, 0, 4) !== 'Exif') return 1;
  const tiff = viewOf(exif.subarray(6));
  const little = tiff.getUint16(0) === 0x4949;
  const start = tiff.getUint32(4, little);
  if (start + 2 > tiff.byteLength) return 1;
  const count = tiff.getUint16(start, little);
  for (let at = start + 2, n = 0; n < count && at + 12 <= tiff.byteLength; n++, at += 12) {
    if (tiff.getUint16(at, little) === 0x0112) return tiff.getUint16(at + 8, little);
  }
  return 1;
}

/** An EXIF segment that says the orientation and nothing else. */
function orientationSegment(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Uint8Array.from([0xff, 0xe1, 0, body.length + 2, ...body]);
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** JFIF, colour profile and Adobe's colour transform draw; the rest of the application segments and comments only tell. */
const isTelling = (marker: number): boolean =>
  marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee);

function jpegOf(bytes: Uint8Array): Parsed | undefined {
  const view = viewOf(bytes);
  const parts = [bytes.subarray(0, 2)];
  let [width, height] = [0, 0];
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return undefined;
    if (isFrame(marker)) [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    if (marker === 0xda) {
      const last = bytes.lastIndexOf(0xd9);
      if (width === 0 || last < end || bytes[last - 1] !== 0xff) return undefined;
      return { width, height, parts: [...parts, bytes.subarray(at, last + 1)] };
    }
    if (marker === 0xe1) {
      const orientation = orientationOf(bytes.subarray(at + 4, end));
      if (orientation > 1 && orientation <= 8) parts.push(orientationSegment(orientation));
    } else if (!isTelling(marker)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

function webpSize(name: string, chunk: Uint8Array): readonly [number, number] | undefined {
  const view = viewOf(chunk);
  if (name === 'VP8X' && chunk.length >= 10) {
    const side = (at: number): number => 1 + chunk[at]! + chunk[at + 1]! * 256 + chunk[at + 2]! * 65_536;
    return [side(4), side(7)];
  }
  if (name === 'VP8L' && chunk.length >= 5 && chunk[0] === 0x2f) {
    const bits = view.getUint32(1, true);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  if (name === 'VP8 ' && chunk.length >= 10 && chunk[3] === 0x9d && chunk[4] === 0x01 && chunk[5] === 0x2a) {
    return [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
  }
  return undefined;
}

/** Without the chunks that tell, and without their flags. */
function webpOf(bytes: Uint8Array): Parsed | undefined {
  const view = viewOf(bytes);
  const whole = Math.min(bytes.length, view.getUint32(4, true) + 8);
  const chunks: Uint8Array[] = [];
  let size: readonly [number, number] | undefined;
  let isDrawn = false;
  for (let at = 12; at + 8 <= whole;) {
    const name = ascii(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > whole) return undefined;
    const chunk = bytes.slice(at, Math.min(end, whole));
    size ??= webpSize(name, bytes.subarray(at + 8, at + 8 + length));
    if (name === 'VP8X') chunk[8] = chunk[8]! & ~0x0c;
    if (name === 'VP8 ' || name === 'VP8L' || name === 'ANMF') isDrawn = true;
    if (name !== 'EXIF' && name !== 'XMP ') chunks.push(chunk);
    at = end;
  }
  if (!size || !isDrawn) return undefined;
  const header = bytes.slice(0, 12);
  viewOf(header).setUint32(4, 4 + chunks.reduce((sum, chunk) => sum + chunk.length, 0), true);
  return { width: size[0], height: size[1], parts: [header, ...chunks] };
}

function parsed(bytes: Uint8Array): readonly [PictureType, Parsed | undefined] | undefined {
  if (pngSignature.every((byte, at) => bytes[at] === byte)) return ['image/png', pngOf(bytes)];
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return ['image/jpeg', jpegOf(bytes)];
  if (bytes.length > 20 && ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') {
    return ['image/webp', webpOf(bytes)];
  }
  return undefined;
}

/**
 * A PNG, JPEG or WebP, told by its bytes and not by its name, cut to what draws. Refuses 'bank.picture.too-large',
 * 'bank.picture.type-unknown' for anything else and 'bank.picture.unreadable' where the bytes break off.
 */
export function cleanPicture(bytes: Uint8Array): CleanPicture | Refusal {
  if (bytes.length > pictureByteLimit) {
    return refuse('bank.picture.too-large', { bytes: bytes.length, limit: pictureByteLimit });
  }
  const found = parsed(bytes);
  if (!found) return refuse('bank.picture.type-unknown');
  const [mediaType, picture] = found;
  if (!picture || picture.width === 0 || picture.height === 0) return refuse('bank.picture.unreadable');
  const { width, height, parts } = picture;
  if (width > pictureSideLimit || height > pictureSideLimit) {
    return refuse('bank.picture.too-many-pixels', { width, height, limit: pictureSideLimit });
  }
  if (width * height > pictureAreaLimit) {
    return refuse('bank.picture.area-too-large', { width, height, limit: pictureAreaLimit / 10_000 });
  }
  return { mediaType, width, height, bytes: joined(parts) };
}
