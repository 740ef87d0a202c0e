import { createHash } from 'node:crypto';
import { isConfigKeyHash, isInRanges, unreadableRange } from './safe-exam.js';

describe('the ranges of an exam', () => {
  it.each([
    ['10.1.2.3', ['10.1.0.0/16'], true],
    ['10.2.2.3', ['10.1.0.0/16'], false],
    ['10.1.2.3', ['10.1.2.3'], true],
    ['::ffff:10.1.2.3', ['10.1.2.0/24'], true],
    ['2001:db8::5', ['10.0.0.0/8', '2001:db8::/32'], true],
    ['2001:db9::5', ['2001:db8::/32'], false],
    ['10.1.2.3', ['0.0.0.0/0'], true],
    ['not an address', ['0.0.0.0/0'], false],
    ['', ['::/0'], false],
  ])('take %s of %j: %s', (address, ranges, wanted) => {
    expect(isInRanges(address, ranges)).toBe(wanted);
  });

  it.each(['10.0.0.0/33', '10.0.0', '10.0.0.0/8/8', '10.0.0.0/-1', '2001:db8::/129', '', 'localhost', '1.2.3.4/'])(
    'say that %j is unreadable',
    (range) => {
      expect(unreadableRange(['10.0.0.0/8', range])).toBe(range);
    },
  );
  it('are readable as single addresses and as ranges', () => {
    expect(unreadableRange(['10.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32'])).toBeUndefined();
  });
});

describe('the Config Key of Safe Exam Browser', () => {
  const key = 'a'.repeat(64);
  const url = 'https://exam.example/api/v1/exams/1/attempts?x=1';
  const hash = createHash('sha256')
    .update(url + key)
    .digest('hex');

  it('is hashed with the URL, without its fragment', () => {
    expect(isConfigKeyHash(hash, url, ['b'.repeat(64), key])).toBe(true);
    expect(isConfigKeyHash(hash.toUpperCase(), `${url}#top`, [key.toUpperCase()])).toBe(true);
  });
  it.each([
    [hash, `${url}2`, [key]],
    [hash, url, ['b'.repeat(64)]],
    [hash, url, []],
    ['', url, [key]],
    [key, url, [key]],
  ])('is not %s of %s', (given, of, keys) => {
    expect(isConfigKeyHash(given, of, keys)).toBe(false);
  });
});
