import { addressOf, isInRanges, linesOf, sizeOf, unreadableRanges } from './ip-ranges.js';

describe('ranges of addresses', () => {
  it('are read from lines, commas and full-width marks', () => {
    expect(linesOf(' 10.0.0.0/8\n\n192.168.1.7，2001:db8::/32；')).toEqual([
      '10.0.0.0/8',
      '192.168.1.7',
      '2001:db8::/32',
    ]);
  });

  it('name what nobody can read', () => {
    const bad = [
      '10.0.0',
      '10.0.0.256',
      '10.0.0.1/33',
      '10.0.0.1/8/8',
      '::1/129',
      '1:2:3',
      'x',
      '1::2::3',
      '010.0.0.1',
    ];
    expect(unreadableRanges(['10.0.0.1', ...bad, '::', 'fe80::1/64', '::ffff:1.2.3.4'])).toEqual(bad);
  });

  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['192.168.1.7', '192.168.1.7', true],
    ['192.168.1.8', '192.168.1.7', false],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['2001:db8:1::5', '2001:db8::/32', true],
    ['2001:db9::5', '2001:db8::/32', false],
    ['10.1.2.3', '0.0.0.0/0', true],
    ['10.1.2.3', '::/0', false],
  ])('say whether %s lies in %s', (address, range, isIn) => {
    expect(isInRanges(address, [range])).toBe(isIn);
  });

  it('say how large they are', () => {
    expect([sizeOf('10.0.0.1'), sizeOf('192.168.1.0/24'), sizeOf('2001:db8::/32'), sizeOf('x')]).toEqual([
      '1',
      '256',
      '2^96',
      '',
    ]);
    expect(addressOf('1:2:3:4:5:6:7:8')?.bits).toBe(128);
  });
});
