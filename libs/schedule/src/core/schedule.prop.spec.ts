import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { MembershipType } from '@xuekao/contracts';
import { membershipTypes, sessionTypes, type SessionType } from '@xuekao/contracts';
import { isRefusal, seededRng } from '@xuekao/kernel';
import { aDraft, anItem, aPerson, aPublished, at, people, rosterDay } from '../../test/builders.js';
import { attendanceCounts } from './attendance.js';
import { acceptsCode, codeAt, codeOfStep, codeStepAt, codeStepMs } from './check-in-code.js';
import type { SessionCommand } from './commands.js';
import { decideSession } from './decide.js';
import { evolveAll } from './evolve.js';
import { defaultHoursRules, hoursOf } from './hours.js';
import type { Session } from './session.js';
import { creditsOf } from './study-credit.js';

const ids = people('m', 8).map((person) => person.memberId);
const types = Object.keys(membershipTypes) as MembershipType[];
const anyRoster = fc
  .array(fc.constantFrom(...types), { minLength: 8, maxLength: 8 })
  .map((chosen) => [aPerson('always'), ...chosen.map((type, i) => aPerson(ids[i]!, type))]);

const anyMember = fc.constantFrom(...ids, 'always', 'stranger');
const anyTime = fc.integer({ min: at('08:00'), max: at('12:00') });
const anyCommand: fc.Arbitrary<SessionCommand> = fc.oneof(
  fc.record({ type: fc.constant('check-in' as const), memberId: anyMember, isCodeRight: fc.boolean(), at: anyTime }),
  fc.record({
    type: fc.constant('mark' as const),
    at: anyTime,
    marks: fc.array(
      fc.oneof(
        fc.record({ memberId: anyMember, status: fc.constantFrom('present' as const, 'unmarked' as const) }),
        fc.record({
          memberId: anyMember,
          status: fc.constant('leave' as const),
          reason: fc.constant('duty' as const),
          note: fc.constant(null),
        }),
        fc.record({
          memberId: anyMember,
          status: fc.constant('absent' as const),
          reason: fc.constantFrom('without-leave' as const, null),
          note: fc.constant(null),
        }),
      ),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    type: fc.constant('request-leave' as const),
    memberId: anyMember,
    reason: fc.constant('sick' as const),
    note: fc.constant(null),
    at: anyTime,
  }),
  fc.record({ type: fc.constant('decide-leave' as const), memberId: anyMember, isGranted: fc.boolean(), at: anyTime }),
  fc.record({ type: fc.constant('make-up' as const), memberId: anyMember, note: fc.constant(null), at: anyTime }),
  fc.record({
    type: fc.constant('amend-roster' as const),
    memberId: anyMember,
    exemption: fc.constantFrom('abroad-half-year' as const, null),
    reason: fc.constant('核实'),
  }),
  fc.record({
    type: fc.constant('sign' as const),
    as: fc.constantFrom('host' as const, 'recorder' as const),
    at: anyTime,
  }),
  fc.constant({
    type: 'write-record' as const,
    text: {},
    startedAt: at('09:00'),
    endedAt: at('11:00'),
  }),
  fc.constant({ type: 'close' as const, table: defaultHoursRules, on: rosterDay, at: at('11:30') }),
  fc.constant({ type: 'archive' as const, at: at('12:00') }),
  fc.constant({ type: 'cancel' as const, reason: '改期', at: at('08:00') }),
);

function play(session: Session, commands: readonly SessionCommand[]): Session {
  return commands.reduce((state, command) => {
    const events = decideSession(state, command);
    return isRefusal(events) ? state : evolveAll(state, events);
  }, session);
}

describe('laws of a session', () => {
  it('present, leave and absent add up to due, whatever happens', () => {
    fc.assert(
      fc.property(anyRoster, fc.array(anyCommand, { maxLength: 40 }), (roster, commands) => {
        const session = play(aPublished(roster), commands);
        const counts = attendanceCounts(session.attendance, session.guests);
        expect(counts.present + counts.leave + counts.absent).toBe(counts.due);
        expect(counts.present + counts.madeUp).toBeLessThanOrEqual(counts.due);
        expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
  it('check-ins give the same session in any order', () => {
    const checkIns = fc.array(fc.record({ memberId: fc.constantFrom(...ids), minute: fc.nat(100) }), { maxLength: 12 });
    fc.assert(
      fc.property(checkIns, fc.string(), (drawn, seed) => {
        const once = [...new Map(drawn.map((one) => [one.memberId, one])).values()];
        const commands = once.map(({ memberId, minute }): SessionCommand => ({
          type: 'check-in',
          memberId,
          isCodeRight: true,
          at: at('08:40') + minute * 60_000,
        }));
        const session = aPublished(people('m', 8));
        expect(play(session, seededRng(seed).shuffle(commands))).toEqual(play(session, commands));
      }),
    );
  });
  it('guests never change a rate', () => {
    fc.assert(
      fc.property(anyRoster, fc.nat(5), (roster, more) => {
        const without = attendanceCounts(aPublished(roster).attendance);
        const guests = people('guest', more, 'activist');
        const session = play(aPublished([...roster, ...guests]), [
          {
            type: 'mark',
            marks: guests.map(({ memberId }) => ({ memberId, status: 'present' as const })),
            at: at('09:00'),
          },
        ]);
        expect(attendanceCounts(session.attendance)).toEqual({ ...without, guests: without.guests + more });
      }),
    );
  });
  it('nobody earns hours unless the session was archived', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 60 }), (commands) => {
        const session = play(aPublished(people('m', 8)), commands);
        const credits = creditsOf(session);
        if (session.head.state !== 'archived') expect(credits).toEqual([]);
        const earners = session.attendance.filter((row) => row.status === 'present' || row.madeUpAt !== null);
        if (session.head.state === 'archived') expect(credits).toHaveLength(earners.length * session.items.length);
      }),
    );
    expect(creditsOf(aDraft())).toEqual([]);
  });
  it('making up never raises attendance', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const session = play(aPublished(people('m', 8)), commands);
        const before = attendanceCounts(session.attendance);
        const madeUp = play(
          session,
          ids.map((memberId) => ({ type: 'make-up', memberId, note: null, at: at('18:00') })),
        );
        expect(attendanceCounts(madeUp.attendance).present).toBe(before.present);
      }),
    );
  });
});

describe('laws of study hours', () => {
  it('more minutes never give fewer hours, and never a negative number', () => {
    const anyType = fc.constantFrom(...(Object.keys(sessionTypes) as SessionType[]));
    fc.assert(
      fc.property(anyType, fc.nat(2000), fc.nat(2000), (type, minutes, more) => {
        const less = hoursOf(defaultHoursRules, anItem('a', type, minutes), rosterDay);
        expect(less).toBeGreaterThanOrEqual(0);
        expect(hoursOf(defaultHoursRules, anItem('a', type, minutes + more), rosterDay)).toBeGreaterThanOrEqual(less);
      }),
    );
  });
});

describe('laws of the check-in code', () => {
  const macOf = (secret: string) => (message: string) => createHmac('sha256', secret).update(message).digest();
  it('six digits that are accepted while shown and for one step more', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(2 ** 40), fc.nat(codeStepMs), (secret, shownAt, laterMs) => {
        const { code, validUntil } = codeAt(macOf(secret), shownAt);
        expect(code).toMatch(/^\d{6}$/);
        expect(acceptsCode(macOf(secret), code, shownAt + laterMs)).toBe(true);
        expect(validUntil - shownAt).toBeLessThanOrEqual(codeStepMs);
        const old = codeOfStep(macOf(secret), codeStepAt(shownAt) - 2);
        const isCoincidence = old === code || old === codeOfStep(macOf(secret), codeStepAt(shownAt) - 1);
        expect(acceptsCode(macOf(secret), old, shownAt)).toBe(isCoincidence);
      }),
    );
  });
});
