import { inflateSync } from 'node:zlib';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { cleanPicture } from './core/index.js';
import type { CleanPicture } from './core/index.js';

const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Seven passes of an interlaced PNG: first column and row, and the steps. PNG (third edition) §8.2. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function chunkOf(bytes: Buffer, name: string): Buffer {
  const found: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === name) {
      found.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
    }
  }
  return Buffer.concat(found);
}

/** Bytes of the lines that a header promises, each with its filter; undefined for a header that no PNG has. */
function promisedBytes(header: Buffer): number | undefined {
  const [width, height, depth, color] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8]!, header[9]!];
  const bits = (samples[color] ?? 0) * depth;
  if (bits === 0 || ![1, 2, 4, 8, 16].includes(depth) || header[12]! > 1) return undefined;
  const bytesOf = (across: number, down: number): number =>
    across === 0 || down === 0 ? 0 : down * (1 + Math.ceil((across * bits) / 8));
  if (header[12] === 0) return bytesOf(width, height);
  return passes.reduce((sum, [x, y, stepX, stepY]) => {
    const [across, down] = [Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)];
    return sum + bytesOf(Math.max(0, across), Math.max(0, down));
  }, 0);
}

/** Whether the pixels of a PNG are those that its header promises: fewer break off, more are a bomb. */
function hasItsPixels(bytes: Buffer): boolean {
  const promised = promisedBytes(chunkOf(bytes, 'IHDR'));
  if (promised === undefined) return false;
  try {
    return inflateSync(chunkOf(bytes, 'IDAT'), { maxOutputLength: promised }).length === promised;
  } catch {
    return false;
  }
}

/** A picture as it is stored: see {@link cleanPicture}; a PNG must also unpack to what it says. */
export function checkedPicture(bytes: Uint8Array): CleanPicture | Refusal {
  const clean = cleanPicture(bytes);
  if (isRefusal(clean) || clean.mediaType !== 'image/png') return clean;
  return hasItsPixels(Buffer.from(clean.bytes)) ? clean : refuse('bank.picture.unreadable');
}
