import type { ExemptionReason, MembershipType, SessionType } from '@xuekao/contracts';
import { instantAt, civilDate } from '@xuekao/kernel';
import type { RosterPerson, Session, SessionHead, SessionItem } from '../src/core/index.js';
import { emptyRecord, evolveAll, freezeRoster } from '../src/core/index.js';

export const zone = 'Asia/Shanghai';
export const rosterDay = civilDate('2017-06-12');
export const at = (time: string): number => instantAt(rosterDay, time, zone);

export function aPerson(
  memberId: string,
  membershipType: MembershipType = 'full',
  exemption: ExemptionReason | null = null,
): RosterPerson {
  return { memberId, name: `党员${memberId}`, unitId: 'branch-1', departmentId: 'dept-1', membershipType, exemption };
}

export const people = (prefix: string, count: number, type: MembershipType = 'full'): RosterPerson[] =>
  Array.from({ length: count }, (_, i) => aPerson(`${prefix}${String(i + 1).padStart(2, '0')}`, type));

export function anItem(id = 'item-1', type: SessionType = 'party-lecture', minutes = 120): SessionItem {
  return {
    id,
    number: 1,
    type,
    title: '学习专题',
    topics: ['专题一'],
    minutes,
    halfDays: null,
    hours: null,
    hoursReason: null,
  };
}

const host = { memberId: 'full01', name: '张明' };

export function aDraft(head: Partial<SessionHead> = {}, items: readonly SessionItem[] = [anItem()]): Session {
  return {
    head: {
      id: 'session-1',
      state: 'draft',
      title: '第一支部六月党课',
      ownerUnitId: 'branch-1',
      audience: { unitIds: ['branch-1'], reach: 'subtree', memberIds: [] },
      place: '三楼会议室',
      onlineLink: null,
      plannedStartAt: at('09:00'),
      plannedEndAt: at('11:00'),
      checkInOpensAt: at('08:30'),
      checkInClosesAt: at('11:00'),
      people: {
        host,
        recorder: { memberId: 'full02', name: '李华' },
        speaker: { memberId: null, name: '王教授', organisation: '示例市委党校', post: '教授' },
        oathLeader: null,
      },
      agenda: '一、讲课；二、讨论。',
      campaignTag: null,
      studiesPartyBuilding: false,
      level: null,
      startedAt: null,
      endedAt: null,
      record: emptyRecord,
      rosterOn: null,
      publishedAt: null,
      closedAt: null,
      archivedAt: null,
      cancelledAt: null,
      cancelReason: null,
      ...head,
    },
    items,
    attendance: [],
    guests: [],
    errata: [],
  };
}

export function aPublished(
  roster: readonly RosterPerson[],
  head: Partial<SessionHead> = {},
  items?: readonly SessionItem[],
): Session {
  return evolveAll(aDraft(head, items), [
    { type: 'SessionPublished', roster: freezeRoster(roster), on: rosterDay, at: at('08:00') },
  ]);
}

/** A published session in which everyone was present and the record says when. */
export function aFinished(roster: readonly RosterPerson[], items?: readonly SessionItem[]): Session {
  return evolveAll(aPublished(roster, {}, items), [
    ...roster.map(({ memberId }) => ({ type: 'MemberPresent', memberId, source: 'code', at: at('09:00') }) as const),
    { type: 'RecordWritten', text: {}, startedAt: at('09:00'), endedAt: at('11:00') },
  ]);
}
