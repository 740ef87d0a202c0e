import fc from 'fast-check';
import { decideSignIn, failuresToLock, lockMs, noFailures, type Evidence } from './sign-in.js';

const attempts = fc.array(
  fc.record({
    evidence: fc.constantFrom<Evidence>('matches', 'wrong', 'disabled'),
    afterMs: fc.integer({ min: 0, max: 10 * 60_000 }),
  }),
  { maxLength: 60 },
);

describe('signing in', () => {
  it('locks for 15 minutes with the fifth failure in a row', () => {
    let guard = noFailures;
    for (let n = 1; n < failuresToLock; n++) {
      const decision = decideSignIn(guard, 'wrong', 1000);
      expect(decision.kind).toBe('failed');
      guard = decision.guard;
    }
    const fifth = decideSignIn(guard, 'wrong', 1000);
    expect(fifth).toMatchObject({ kind: 'locked', until: 1000 + lockMs });
    expect(decideSignIn(fifth.guard, 'matches', 1000 + lockMs - 1).kind).toBe('locked');
    expect(decideSignIn(fifth.guard, 'matches', 1000 + lockMs).kind).toBe('accepted');
    expect(decideSignIn(fifth.guard, 'wrong', 1000 + lockMs)).toMatchObject({ kind: 'failed', guard: { failures: 1 } });
  });

  it('never lets anyone in during a lock, never prolongs it, and gives at most five guesses in any 15 minutes', () => {
    fc.assert(
      fc.property(attempts, (tries) => {
        let guard = noFailures;
        let now = 0;
        let guesses: number[] = [];
        for (const { evidence, afterMs } of tries) {
          now += afterMs;
          const before = guard;
          const decision = decideSignIn(guard, evidence, now);
          guard = decision.guard;
          if (before.lockedUntil !== null && now < before.lockedUntil) {
            expect(decision).toEqual({ kind: 'locked', guard: before, until: before.lockedUntil });
            continue;
          }
          if (evidence === 'matches') {
            expect(decision).toEqual({ kind: 'accepted', guard: noFailures });
            guesses = [];
            continue;
          }
          expect(decision.kind).not.toBe('accepted');
          guesses.push(now);
          if (decision.kind === 'locked') {
            expect(guesses.length).toBe(failuresToLock);
            guesses = [];
          }
        }
      }),
    );
  });

  it('answers a disabled account like a wrong password', () => {
    expect(decideSignIn(noFailures, 'disabled', 0)).toMatchObject({ kind: 'failed', guard: { failures: 1 } });
  });
});
