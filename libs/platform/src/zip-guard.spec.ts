import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { openZip } from './zip-guard.js';

const bounds = { limit: 1_000_000, mostEntries: 50 };
const small = Buffer.from(zipSync({ 'a/b.xml': strToU8('<b/>'), 'c.txt': strToU8('文字') }));

describe('a zip file', () => {
  it('gives its files by their paths', () => {
    const files = openZip(small, bounds) as Map<string, Uint8Array>;
    expect([...files.keys()]).toEqual(['a/b.xml', 'c.txt']);
    expect(new TextDecoder().decode(files.get('c.txt'))).toBe('文字');
  });

  it.each([
    ['nothing', Buffer.alloc(0), { kind: 'no-zip' }],
    ['a text', Buffer.from('A. 甲\nANSWER: A\n'.repeat(5)), { kind: 'no-zip' }],
    ['a cut file', small.subarray(0, -10), { kind: 'broken', path: '' }],
    ['a path out of it', Buffer.from(zipSync({ '../x': strToU8('x') })), { kind: 'unsafe-path', path: '../x' }],
    ['an absolute path', Buffer.from(zipSync({ '/etc/x': strToU8('x') })), { kind: 'unsafe-path', path: '/etc/x' }],
    [
      'macros',
      Buffer.from(zipSync({ 'word/vbaProject.bin': strToU8('x') })),
      { kind: 'macros', path: 'word/vbaProject.bin' },
    ],
    [
      'a bomb',
      Buffer.from(zipSync({ 'big.xml': new Uint8Array(2_000_000) })),
      { kind: 'too-large', path: 'big.xml', limit: 1_000_000 },
    ],
  ])('with %s is refused with its place', (_what, bytes, fault) => {
    expect(openZip(bytes, bounds)).toEqual(fault);
  });

  it('with an encrypted entry is refused', () => {
    const bytes = Buffer.from(small);
    const at = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
    expect(openZip(bytes, bounds)).toEqual({ kind: 'encrypted', path: 'a/b.xml' });
  });

  it('is never the end of the process, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(small.byteLength - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(small);
        for (const [at, value] of changes) bytes[at] = value;
        openZip(bytes, bounds);
      }),
    );
  });
});
