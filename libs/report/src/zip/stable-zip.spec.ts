import fc from 'fast-check';
import { readZip, stabilised, writeZip } from './stable-zip.js';

describe('archives', () => {
  it('give back every file, in order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.uint8Array()), { selector: ([name]) => name }),
        (files) => {
          const entries = files.map(([name, data]) => ({
            name: Buffer.from(name).toString(),
            data: Buffer.from(data),
          }));
          expect(readZip(writeZip(entries))).toEqual(entries);
        },
      ),
    );
  });
  it('are the same bytes for the same files', () => {
    const entries = [{ name: 'a/文.xml', data: Buffer.from('学习'.repeat(100)) }];
    expect(writeZip(entries).equals(writeZip(entries))).toBe(true);
    const edited = stabilised(writeZip(entries), () => Buffer.from('x'));
    expect(readZip(edited)[0]!.data.toString()).toBe('x');
  });
  it('refuse what is broken', () => {
    const zip = writeZip([{ name: 'a', data: Buffer.from('content content content') }]);
    expect(() => readZip(Buffer.from('no archive at all, but long enough'))).toThrow('no end record');
    const damaged = Buffer.from(zip);
    damaged.writeUInt32LE(1, damaged.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 16);
    expect(() => readZip(damaged)).toThrow('checksum differs');
  });
});
