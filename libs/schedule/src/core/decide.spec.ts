import type { Refusal } from '@xuekao/kernel';
import { isRefusal } from '@xuekao/kernel';
import { aDraft, aFinished, anItem, aPublished, at, people, rosterDay } from '../../test/builders.js';
import type { SessionCommand } from './commands.js';
import { decideSession } from './decide.js';
import { evolveAll } from './evolve.js';
import { defaultHoursRules } from './hours.js';
import { freezeRoster } from './roster.js';
import type { Session } from './session.js';
import { creditsOf } from './study-credit.js';

function after(session: Session, ...commands: readonly SessionCommand[]): Session {
  return commands.reduce((state, command) => {
    const events = decideSession(state, command);
    if (isRefusal(events)) throw new Error(`${events.code} ${JSON.stringify(events.facts)}`);
    return evolveAll(state, events);
  }, session);
}
function refusalOf(session: Session, command: SessionCommand): Refusal {
  const refusal = decideSession(session, command);
  if (!isRefusal(refusal)) throw new Error('was not refused');
  return refusal;
}

const branch = people('full', 3);
const roster = freezeRoster(branch);
const publish: SessionCommand = { type: 'publish', roster, on: rosterDay, at: at('08:00') };
const close: SessionCommand = { type: 'close', table: defaultHoursRules, on: rosterDay, at: at('11:30') };
const signBoth: readonly SessionCommand[] = [
  { type: 'sign', as: 'host', at: at('11:40') },
  { type: 'sign', as: 'recorder', at: at('11:41') },
];
const archive: SessionCommand = { type: 'archive', at: at('12:00') };

describe('publishing', () => {
  it('freezes the roster of the day', () => {
    const session = after(aDraft(), publish);
    expect(session.head).toMatchObject({ state: 'published', rosterOn: '2017-06-12' });
    expect(session.attendance.map((row) => row.status)).toEqual(['unmarked', 'unmarked', 'unmarked']);
  });
  it('is refused without content or without anyone due', () => {
    expect(refusalOf(aDraft({}, []), publish).code).toBe('session.no-items');
    expect(refusalOf(aDraft(), { ...publish, roster: freezeRoster(people('a', 2, 'activist')) }).code).toBe(
      'session.no-roster',
    );
  });
  it('fixes owner and audience, not the place', () => {
    const session = after(aDraft(), publish);
    const moved: SessionCommand = {
      type: 'revise',
      plan: { audience: { unitIds: [], reach: 'unit', memberIds: ['x'] } },
      items: null,
    };
    expect(refusalOf(session, moved).code).toBe('session.roster-frozen');
    expect(after(session, { type: 'revise', plan: { place: '礼堂' }, items: null }).head.place).toBe('礼堂');
  });
});

describe('checking in', () => {
  const checkIn = (time: string, isCodeRight = true): SessionCommand => ({
    type: 'check-in',
    memberId: 'full01',
    isCodeRight,
    at: at(time),
  });
  it('marks a member present within the window and keeps the first time', () => {
    const session = after(aPublished(branch), checkIn('08:55'), checkIn('09:10'));
    expect(session.attendance[0]).toMatchObject({ status: 'present', source: 'code', markedAt: at('08:55') });
  });
  it('is refused outside the window, with a wrong code, and to strangers', () => {
    const session = aPublished(branch);
    expect(refusalOf(session, checkIn('08:00')).code).toBe('session.check-in.closed');
    expect(refusalOf(session, checkIn('11:01')).code).toBe('session.check-in.closed');
    expect(refusalOf(session, checkIn('09:00', false)).code).toBe('session.check-in.wrong-code');
    expect(refusalOf(session, { ...checkIn('09:00'), memberId: 'nobody' } as SessionCommand).code).toBe(
      'session.not-on-roster',
    );
  });
});

describe('leave', () => {
  it('counts once it is granted, and gives way to showing up', () => {
    const asked = after(aPublished(branch), {
      type: 'request-leave',
      memberId: 'full02',
      reason: 'sick',
      note: '发热',
      at: at('08:10'),
    });
    const granted = after(asked, { type: 'decide-leave', memberId: 'full02', isGranted: true, at: at('08:20') });
    expect(granted.attendance[1]).toMatchObject({ status: 'leave', leaveState: 'approved', leaveReason: 'sick' });
    const came = after(granted, { type: 'check-in', memberId: 'full02', isCodeRight: true, at: at('09:00') });
    expect(came.attendance[1]).toMatchObject({ status: 'present' });
  });
  it('for another reason needs words', () => {
    const request = { type: 'request-leave', memberId: 'full02', reason: 'other', note: ' ', at: at('08:10') } as const;
    expect(refusalOf(aPublished(branch), request).code).toBe('session.reason-required');
  });
});

describe('closing', () => {
  it('names every required field that is missing, and the people without an entry', () => {
    const bare = aPublished(
      branch,
      {
        place: ' ',
        agenda: '',
        people: { host: null, recorder: null, speaker: null, oathLeader: null },
      },
      [
        { ...anItem('a', 'member-meeting', 60), topics: [] },
        { ...anItem('b', 'party-lecture', 60), topics: [] },
        { ...anItem('c', 'oath-renewal', 60), topics: [] },
      ],
    );
    const refusal = refusalOf(bare, close);
    expect(refusal.code).toBe('session.record.incomplete');
    expect(refusal.facts.missing).toEqual([
      'startedAt',
      'endedAt',
      'place',
      'host',
      'recorder',
      'speaker',
      'oathLeader',
      'attendance',
      'agenda',
      'resolution',
    ]);
    expect(refusal.facts.undecided).toEqual(['党员full01', '党员full02', '党员full03']);
  });
  it('wants a reason for an absence', () => {
    const absent: SessionCommand = {
      type: 'mark',
      marks: [{ memberId: 'full03', status: 'absent', reason: null, note: null }],
      at: at('11:00'),
    };
    const refusal = refusalOf(after(aFinished(branch), absent), close);
    expect(refusal.facts).toMatchObject({ missing: ['absenceReason'], unexplained: ['党员full03'] });
  });
  it('wants minutes that agree with the real times to within five minutes', () => {
    expect(refusalOf(aFinished(branch, [anItem('a', 'party-lecture', 90)]), close).facts.missing).toEqual(['duration']);
    expect(after(aFinished(branch, [anItem('a', 'party-lecture', 115)]), close).head.state).toBe('closed');
  });
  it('gives each item its hours by the table', () => {
    const items = [anItem('a', 'party-lecture', 90), anItem('b', 'oath-renewal', 30)];
    const session = aFinished(branch, items);
    const led = after(session, {
      type: 'revise',
      plan: { people: { ...session.head.people, oathLeader: { memberId: null, name: '赵书记' } } },
      items: null,
    });
    expect(after(led, close).items.map((item) => item.hours)).toEqual([150, 50]);
  });
});

describe('archiving', () => {
  it('wants both signatures, and again after the record changed', () => {
    const closed = after(aFinished(branch), close);
    expect(refusalOf(closed, archive).facts.missing).toEqual(['hostSignature', 'recorderSignature']);
    const rewritten = after(closed, ...signBoth, {
      type: 'write-record',
      text: { discussion: '补充发言' },
      startedAt: null,
      endedAt: null,
    });
    expect(refusalOf(rewritten, archive).facts.missing).toEqual(['hostSignature', 'recorderSignature']);
    expect(after(rewritten, ...signBoth, archive).head.state).toBe('archived');
  });
  it('gives everyone present his hours, marked collective by type', () => {
    const archived = after(
      aFinished(branch),
      close,
      { type: 'adjust-hours', itemId: 'item-1', hours: 300, reason: '含备课交流' },
      ...signBoth,
      archive,
    );
    expect(creditsOf(archived)).toHaveLength(3);
    expect(creditsOf(archived)[0]).toMatchObject({ memberId: 'full01', hours: 300, isCollective: true });
    expect(archived.items[0]!.hoursReason).toBe('含备课交流');
  });
  it('leaves only errata and make-up study', () => {
    const archived = after(aFinished(branch), close, ...signBoth, archive);
    const mark: SessionCommand = { type: 'mark', marks: [{ memberId: 'full01', status: 'present' }], at: at('13:00') };
    expect(refusalOf(archived, mark)).toMatchObject({ code: 'session.state', facts: { state: 'archived' } });
    expect(refusalOf(archived, { type: 'cancel', reason: '误录', at: at('13:00') }).code).toBe('session.state');
    const amended = after(archived, {
      type: 'append-erratum',
      text: '地点应为二楼',
      writtenBy: '李华',
      at: at('14:00'),
    });
    expect(amended.errata).toEqual([{ number: 1, text: '地点应为二楼', writtenBy: '李华', writtenAt: at('14:00') }]);
  });
});

describe('cancelling', () => {
  it('needs a reason and ends the session', () => {
    expect(refusalOf(aDraft(), { type: 'cancel', reason: ' ', at: at('07:00') }).code).toBe('session.reason-required');
    const cancelled = after(aDraft(), { type: 'cancel', reason: '与督查冲突', at: at('07:00') });
    expect(cancelled.head).toMatchObject({ state: 'cancelled', cancelReason: '与督查冲突' });
    expect(creditsOf(cancelled)).toEqual([]);
  });
});
