import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { pngOf } from '@xuekao/platform/testing';
import { checkedPicture } from './picture-check.js';

/** The same header, other pixels. */
function withPixels(png: Buffer, pixels: Buffer): Buffer {
  const at = png.indexOf('IDAT');
  const packed = deflateSync(pixels);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(packed.length);
  return Buffer.concat([
    png.subarray(0, at - 4),
    length,
    Buffer.from('IDAT'),
    packed,
    Buffer.alloc(4),
    png.subarray(png.indexOf('IEND') - 4),
  ]);
}

describe('a picture that is checked', () => {
  it('is taken where it has the pixels that it promises', () => {
    expect(checkedPicture(pngOf(40, 30))).toMatchObject({ mediaType: 'image/png', width: 40, height: 30 });
  });

  it('is refused with fewer pixels, with more, and with none that can be unpacked', () => {
    const png = pngOf(4, 4);
    const unreadable = { code: 'bank.picture.unreadable' };
    expect(checkedPicture(withPixels(png, Buffer.alloc(10)))).toMatchObject(unreadable);
    expect(checkedPicture(withPixels(png, Buffer.alloc(5_000_000)))).toMatchObject(unreadable);
    const broken = Buffer.from(png);
    broken.fill(7, broken.indexOf('IDAT') + 4, broken.indexOf('IDAT') + 12);
    expect(checkedPicture(broken)).toMatchObject(unreadable);
  });

  it('is refused where it is larger than screens and printers need', () => {
    const huge = Buffer.from(pngOf(4, 4));
    huge.writeUInt32BE(7000, 16);
    huge.writeUInt32BE(7000, 20);
    expect(checkedPicture(huge)).toMatchObject({ code: 'bank.picture.area-too-large' });
  });

  it('is never the end of the process, whatever its bytes are', () => {
    const png = pngOf(6, 5);
    const changes = fc.array(fc.tuple(fc.nat(png.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = Buffer.from(png);
        for (const [at, value] of list) bytes[at] = value;
        checkedPicture(bytes);
      }),
    );
  });
});
