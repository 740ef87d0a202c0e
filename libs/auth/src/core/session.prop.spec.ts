import fc from 'fast-check';
import type { Instant } from '@xuekao/kernel';
import { accessLifeMs, decideRefresh, sessionLimits, type SessionState } from './session.js';

interface Token {
  rotatedAt: Instant | null;
  successor: number | null;
}

/** A family as the store keeps it; presenting token n at a time gives the index of the token handed back, or null. */
class Family {
  readonly tokens: Token[] = [{ rotatedAt: null, successor: null }];
  session: SessionState;

  constructor(now: Instant, idleMs: number) {
    this.session = { lastUsedAt: now, idleMs, expiresAt: now + sessionLimits.absoluteMs, revokedAt: null };
  }

  present(index: number, now: Instant): number | null {
    const token = this.tokens[index]!;
    const successor = token.successor === null ? undefined : this.tokens[token.successor];
    const decision = decideRefresh(
      this.session,
      { rotatedAt: token.rotatedAt, successorRotatedAt: successor?.rotatedAt ?? null },
      now,
    );
    switch (decision.kind) {
      case 'rotate':
        this.tokens.push({ rotatedAt: null, successor: null });
        token.rotatedAt = now;
        token.successor = this.tokens.length - 1;
        this.session = { ...this.session, lastUsedAt: now };
        return token.successor;
      case 'repeat':
        return token.successor;
      case 'reuse':
        this.session = { ...this.session, revokedAt: now };
        return null;
      case 'ended':
        return null;
    }
  }
}

const presentations = fc.array(
  fc.record({ pick: fc.nat(20), afterMs: fc.oneof(fc.nat(15_000), fc.nat(45 * 60_000)) }),
  { maxLength: 40 },
);

describe('refresh tokens', () => {
  it('leave exactly one good token in a living family, and none after a reuse', () => {
    fc.assert(
      fc.property(presentations, (steps) => {
        const family = new Family(0, sessionLimits.idleMs);
        let now = 0;
        for (const { pick, afterMs } of steps) {
          now += afterMs;
          const revoked = family.session.revokedAt !== null;
          const given = family.present(pick % family.tokens.length, now);
          if (revoked) expect(given).toBeNull();
          expect(family.tokens.filter((token) => token.rotatedAt === null)).toHaveLength(1);
        }
      }),
    );
  });

  it('are refused after the pause and after twelve hours, however often they are used', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40 * 60_000), { maxLength: 60 }), (pauses) => {
        const family = new Family(0, sessionLimits.idleMs);
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const given = family.present(family.tokens.length - 1, now);
          if (pause > sessionLimits.idleMs || now >= sessionLimits.absoluteMs) expect(given).toBeNull();
          if (given === null) return;
        }
      }),
    );
  });

  it('give the same successor again within ten seconds, and revoke the family later', () => {
    const family = new Family(0, sessionLimits.idleMs);
    expect(family.present(0, 1000)).toBe(1);
    expect(family.present(0, 11_000)).toBe(1);
    expect(family.present(0, 11_001)).toBeNull();
    expect(family.session.revokedAt).toBe(11_001);
    expect(family.present(1, 11_002)).toBeNull();
  });

  it('revoke the family at once when the successor has been used already', () => {
    const family = new Family(0, sessionLimits.idleMs);
    family.present(0, 1000);
    family.present(1, 2000);
    expect(family.present(0, 3000)).toBeNull();
    expect(family.session.revokedAt).toBe(3000);
  });
});

describe('access tokens', () => {
  it('live 15 minutes for members and shorter than half the pause of administrators', () => {
    expect(accessLifeMs(sessionLimits.idleMs)).toBe(15 * 60_000);
    expect(accessLifeMs(sessionLimits.administratorIdleMs)).toBe(7.5 * 60_000);
  });
});
