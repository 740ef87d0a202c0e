import fc from 'fast-check';
import { Pace } from './pace.js';

const limits = { quietMs: 2, batchMs: 20 };

describe('Pace', () => {
  it('lets no command wait longer than a batch, nor less than for company', () => {
    const write = fc.record({ startedAt: fc.nat(1000), tookMs: fc.nat(300), commands: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(write), fc.nat(2000), (writes, oldestAt) => {
        const pace = new Pace(limits);
        for (const { startedAt, tookMs, commands } of writes) pace.wrote(startedAt, startedAt + tookMs, commands);
        const dueAt = pace.dueAt(oldestAt);
        expect(dueAt).toBeGreaterThanOrEqual(oldestAt + limits.quietMs);
        expect(dueAt).toBeLessThanOrEqual(oldestAt + limits.batchMs);
      }),
    );
  });

  it('ends its rest for company, more of it the longer a write took, and begins no row for less', () => {
    const pace = new Pace(limits);
    expect(pace.isCompany(300, 100)).toBe(false);
    pace.wrote(100, 102, 40);
    expect([9, 10].map((waiting) => pace.isCompany(waiting, 103))).toEqual([false, true]);
    pace.wrote(105, 111, 40);
    expect([25, 26].map((waiting) => pace.isCompany(waiting, 111))).toEqual([false, true]);
    expect(pace.isCompany(300, 131)).toBe(false);
    pace.wrote(200, 200, 40);
    expect([7, 8].map((waiting) => pace.isCompany(waiting, 200))).toEqual([false, true]);
  });

  it('rests three times as long as it wrote', () => {
    const pace = new Pace(limits);
    pace.wrote(100, 103, 1);
    expect(pace.dueAt(103)).toBe(113.5);
    expect(pace.dueAt(200)).toBe(202);
    expect(pace.isRush(103)).toBe(false);
    pace.wrote(200, 201, 40);
    expect([pace.isRush(600), pace.isRush(701)]).toEqual([true, false]);
  });
});
