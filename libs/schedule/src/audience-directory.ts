import type { CivilDate } from '@xuekao/kernel';
import type { Access } from '@xuekao/platform';
import type { Audience, RosterPerson } from './core/index.js';
import { ScheduleRefused } from './schedule.errors.js';

/** Port: the organisation as sessions need it. */
export abstract class AudienceDirectory {
  /** Everyone the audience means on that day, with exemptions in force; people known by id even where they are in no unit. */
  abstract peopleOf(audience: Audience, on: CivilDate): Promise<readonly RosterPerson[]>;
  /** The branches whose secretary or deputy the member is that day: he reads the notes of their sick leaves. */
  abstract branchesLedBy(memberId: string, on: CivilDate): Promise<ReadonlySet<string>>;
}

/** Refuses 'session.member-unknown' for the first of `memberIds` who stands in no unit that the actor organises for. */
export async function requireWithinScope(
  access: Access,
  memberIds: readonly string[],
  people: readonly RosterPerson[],
  on: CivilDate,
): Promise<void> {
  const scope = await access.scope('session.manage');
  const places = new Map(people.map((person) => [person.memberId, [person.unitId, person.departmentId]]));
  const isWithin = (memberId: string): boolean =>
    (places.get(memberId) ?? []).some((unitId) => unitId !== null && scope.includes(unitId));
  const stranger = memberIds.find((memberId) => !isWithin(memberId));
  if (stranger !== undefined) throw new ScheduleRefused('session.member-unknown', { memberId: stranger, on });
}
