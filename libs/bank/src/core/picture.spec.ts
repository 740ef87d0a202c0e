import { isRefusal } from '@xuekao/kernel';
import fc from 'fast-check';
import { cleanPicture, pictureByteLimit } from './picture.js';
import type { CleanPicture } from './picture.js';

const text = (value: string): number[] => [...value].map((sign) => sign.charCodeAt(0));
const be32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const le32 = (value: number): number[] => be32(value).toReversed();
const chunk = (name: string, data: number[]): number[] => [...be32(data.length), ...text(name), ...data, 0, 0, 0, 0];
const pngHead = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const header = (width: number, height: number): number[] =>
  chunk('IHDR', [...be32(width), ...be32(height), 8, 2, 0, 0, 0]);
const png = (...extra: number[][]): Uint8Array =>
  Uint8Array.from([...pngHead, ...header(40, 30), ...extra.flat(), ...chunk('IDAT', [1, 2, 3]), ...chunk('IEND', [])]);
const segment = (marker: number, data: number[]): number[] => [0xff, marker, 0, data.length + 2, ...data];
const hex = (value: string): number[] => [...Buffer.from(value.replaceAll(' ', ''), 'hex')];
/** Orientation, and a place on the map, in the byte order of most cameras. */
const exif = (orientation: number): number[] => {
  const tags = `12010300 01000000 0${orientation}000000 25880400 01000000 01020304 00000000`;
  return segment(0xe1, [...text('Exif'), ...hex(`0000 49492a00 08000000 0200 ${tags}`)]);
};
const jpeg = (...extra: number[][]): Uint8Array => {
  const frame = segment(0xc0, [8, 0, 30, 0, 40, 1, 1, 0x11, 0]);
  const scan = segment(0xda, [1, 1, 0, 0, 63, 0]);
  return Uint8Array.from([0xff, 0xd8, ...extra.flat(), ...frame, ...scan, 7, 7, 7, 0xff, 0xd9]);
};
const riff = (name: string, data: number[]): number[] => [
  ...text(name),
  ...le32(data.length),
  ...data,
  ...(data.length % 2 ? [0] : []),
];
const webp = (...chunks: number[][]): Uint8Array => {
  const body = [...text('WEBP'), ...chunks.flat()];
  return Uint8Array.from([...text('RIFF'), ...le32(body.length), ...body]);
};
const lossless = riff('VP8L', [0x2f, 39, 0x40, 7, 0, 0]);
const clean = (bytes: Uint8Array): CleanPicture => {
  const result = cleanPicture(bytes);
  if (isRefusal(result)) throw new Error(result.code);
  return result;
};

describe('a picture from bytes', () => {
  it.each([
    ['image/png', png()],
    ['image/jpeg', jpeg()],
    ['image/webp', webp(lossless)],
  ])('is told to be %s with its size', (mediaType, bytes) => {
    expect(clean(bytes)).toMatchObject({ mediaType, width: 40, height: 30 });
  });

  it('loses texts, places and what is hidden behind its end', () => {
    const secret = [...text('tEXt-secret'), 0];
    const dirty = [
      png(chunk('tEXt', secret)),
      Uint8Array.from([...png(), ...secret]),
      jpeg(segment(0xfe, secret), exif(1)),
      webp(riff('VP8X', [0x08, 0, 0, 0, 39, 0, 0, 29, 0, 0]), lossless, riff('EXIF', secret)),
    ].map((bytes) => Buffer.from(clean(bytes).bytes).toString('latin1'));
    for (const bytes of dirty) expect(bytes).not.toMatch(/secret|Exif|EXIF/);
    expect(Buffer.from(clean(png(chunk('tEXt', secret))).bytes)).toEqual(Buffer.from(png()));
  });

  it('keeps which way up a camera held it, and no more of what the camera wrote', () => {
    const { bytes } = clean(jpeg(exif(6)));
    expect(Buffer.from(bytes).includes(Buffer.from([0x25, 0x88]))).toBe(false);
    expect(Buffer.from(bytes).includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true);
    expect(clean(bytes).bytes).toEqual(bytes);
  });

  it.each([
    ['bank.picture.type-unknown', Uint8Array.from(text('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['bank.picture.type-unknown', Uint8Array.from(text('GIF89a and the rest'))],
    ['bank.picture.unreadable', png().slice(0, 30)],
    ['bank.picture.unreadable', jpeg().slice(0, -2)],
    [
      'bank.picture.too-many-pixels',
      Uint8Array.from([...pngHead, ...header(9000, 1), ...chunk('IDAT', [1]), ...chunk('IEND', [])]),
    ],
    ['bank.picture.too-large', new Uint8Array(pictureByteLimit + 1)],
  ])('refuses with %s', (code, bytes) => {
    expect(cleanPicture(bytes)).toMatchObject({ code });
  });

  it('never fails on damaged bytes, and what it gives is clean already', () => {
    const whole = fc.constantFrom(png(), jpeg(exif(3)), webp(lossless));
    fc.assert(
      fc.property(
        whole,
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }),
        fc.nat(200),
        (given, hits, cut) => {
          const bytes = given.slice(0, Math.max(1, given.length - (cut % 20)));
          for (const [at, byte] of hits) if (at < bytes.length) bytes[at] = byte;
          const result = cleanPicture(bytes);
          if (!isRefusal(result)) expect(clean(result.bytes).bytes).toEqual(result.bytes);
        },
      ),
    );
  });
});
