import type { SessionType } from '@xuekao/contracts';
import { civilDate, newId } from '@xuekao/kernel';
import { emptyRecord } from '@xuekao/schedule';

export interface HeldSession {
  readonly owner: string;
  readonly date: string;
  readonly type: SessionType;
  readonly title?: string;
  /** Hundredths. */
  readonly hours?: number;
  readonly speakerId?: string;
  readonly studiesPartyBuilding?: boolean;
  readonly present: readonly Placed[];
  readonly leave?: readonly Placed[];
}

export interface Placed {
  readonly memberId: string;
  readonly unitId: string;
}

function headOf(session: HeldSession, id: string, at: number) {
  const { owner, date, title = '学习', speakerId } = session;
  const named = (name: string) => ({ memberId: null, name });
  const end = at + 7_200_000;
  return {
    id,
    ownerUnitId: owner,
    title,
    state: 'archived' as const,
    level: null,
    campaignTag: null,
    studiesPartyBuilding: session.studiesPartyBuilding ?? false,
    audience: { unitIds: [owner], reach: 'subtree' as const, memberIds: [] },
    place: '会议室',
    onlineLink: null,
    plannedStartAt: at,
    plannedEndAt: end,
    checkInOpensAt: at,
    checkInClosesAt: end,
    startedAt: at,
    endedAt: end,
    checkInSecret: 'secret',
    people: {
      host: named('主持'),
      recorder: named('记录'),
      speaker: speakerId ? { memberId: speakerId, name: '主讲', organisation: null, post: null } : null,
      oathLeader: null,
    },
    agenda: '议程',
    record: emptyRecord,
    rosterOn: civilDate(date),
    publishedAt: at,
    closedAt: at,
    archivedAt: at,
    cancelledAt: null,
    cancelReason: null,
    createdAt: at,
    localDate: civilDate(date),
    isoWeek: '2017-W01',
    year: Number(date.slice(0, 4)),
    version: 1,
  };
}

function attendanceOf(sessionId: string, at: number, { memberId, unitId }: Placed, status: 'present' | 'leave') {
  const isLeave = status === 'leave';
  return {
    sessionId,
    memberId,
    name: `党员${memberId.slice(-4)}`,
    unitId,
    departmentId: null,
    membershipType: 'full' as const,
    group: 'due' as const,
    exemption: null,
    votes: true,
    status,
    source: 'organiser' as const,
    markedAt: at,
    leaveState: isLeave ? ('approved' as const) : ('none' as const),
    leaveReason: isLeave ? ('duty' as const) : null,
    leaveNote: null,
    absenceReason: null,
    absenceNote: null,
    madeUpAt: null,
    madeUpNote: null,
  };
}

/** The rows of one archived session with a single item. */
export function archivedRows(session: HeldSession) {
  const { date, type, title = '学习', hours = 200, present, leave = [] } = session;
  const at = Date.parse(`${date}T01:00:00Z`);
  const head = headOf(session, newId(), at);
  const item = { id: newId(), sessionId: head.id, number: 1, type, title, topics: [], minutes: 120, hours };
  const { localDate, year } = head;
  return {
    head,
    item: { ...item, halfDays: null, hoursReason: null },
    attendance: [
      ...present.map((placed) => attendanceOf(head.id, at, placed, 'present')),
      ...leave.map((placed) => attendanceOf(head.id, at, placed, 'leave')),
    ],
    credits: present.map(({ memberId, unitId }) => ({
      memberId,
      unitId,
      itemId: item.id,
      sessionId: head.id,
      isCollective: true,
      isMadeUp: false,
      hours,
      localDate,
      year,
    })),
  };
}
