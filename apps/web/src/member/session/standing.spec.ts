import type { MyAttendance, MySession } from '../../api/session.js';
import { canAskLeave, canCheckIn, comingSessions, standingOf } from './standing.js';

const unmarked: MyAttendance = {
  group: 'due',
  status: 'unmarked',
  markedAt: null,
  leaveState: 'none',
  leaveReason: null,
  leaveNote: null,
  madeUpAt: null,
};

const session = (mine: Partial<MyAttendance> = {}, part: Partial<MySession> = {}): MySession => ({
  id: 's',
  title: '',
  state: 'published',
  ownerUnitId: 'u',
  place: '',
  onlineLink: null,
  plannedStartAt: 1000,
  plannedEndAt: 2000,
  checkInOpensAt: 900,
  checkInClosesAt: 1500,
  agenda: '',
  people: {},
  cancelReason: null,
  items: [],
  mine: { ...unmarked, ...mine },
  ...part,
});

describe('where a member stands', () => {
  it.each([
    [{}, 'due'],
    [{ status: 'present' as const }, 'present'],
    [{ status: 'absent' as const }, 'absent'],
    [{ status: 'absent' as const, madeUpAt: 5 }, 'made-up'],
    [{ leaveState: 'requested' as const }, 'due'],
    [{ leaveState: 'approved' as const }, 'leave'],
    [{ group: 'exempt' as const }, 'exempt'],
    [{ group: 'exempt' as const, status: 'present' as const }, 'present'],
    [{ group: 'guest' as const }, 'observer'],
  ])('with %j is %s', (mine, standing) => {
    expect(standingOf(session(mine))).toBe(standing);
  });
});

describe('what a member may do', () => {
  it('checks in only within the window, and once', () => {
    expect([899, 900, 1500, 1501].map((now) => canCheckIn(session(), now))).toEqual([false, true, true, false]);
    expect(canCheckIn(session({ status: 'present' }), 1000)).toBe(false);
  });

  it('asks for leave until the planned end, again after a refusal, never while one waits', () => {
    expect(canAskLeave(session(), 2000)).toBe(true);
    expect(canAskLeave(session(), 2001)).toBe(false);
    expect(canAskLeave(session({ leaveState: 'requested' }), 1000)).toBe(false);
    expect(canAskLeave(session({ leaveState: 'declined' }), 1000)).toBe(true);
    expect(canAskLeave(session({ group: 'guest' }), 1000)).toBe(false);
  });

  it('sees what is to come, soonest first, without what was cancelled', () => {
    const later = session({}, { id: 'b', plannedStartAt: 5000, plannedEndAt: 6000 });
    const cancelled = session({}, { id: 'c', state: 'cancelled' });
    expect(comingSessions([later, session(), cancelled], 1000).map(({ id }) => id)).toEqual(['s', 'b']);
  });
});
