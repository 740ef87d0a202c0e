import type { ExemptionReason, MembershipType } from '@xuekao/contracts';
import { membershipTypes } from '@xuekao/contracts';
import type { RosterEntry } from './session.js';

/** Someone in the audience, as the organisation knows him on the roster's day. */
export interface RosterPerson {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string | null;
  readonly departmentId: string | null;
  readonly membershipType: MembershipType;
  /** An approved exemption in force that day; leave is not one. */
  readonly exemption: ExemptionReason | null;
}

function entryOf(person: RosterPerson): RosterEntry {
  const standing = membershipTypes[person.membershipType];
  const exemption = person.membershipType === 'suspended' ? 'suspended-or-detained' : person.exemption;
  const isGuest = !standing.due && person.membershipType !== 'suspended';
  const group = isGuest ? 'guest' : exemption ? 'exempt' : 'due';
  return { ...person, exemption: isGuest ? null : exemption, group, votes: standing.votes && group === 'due' };
}

/**
 * The roster of a session: each person once, in order of member id, with his group and, when he does not count, the reason.
 * 应到 are full, probationary and other members with standing; people without standing (积极分子, 群众) are guests; someone
 * in transit still counts where the organisation lists him. Source: domain.md §2.2–2.4.
 */
export function freezeRoster(people: readonly RosterPerson[]): readonly RosterEntry[] {
  const once = new Map<string, RosterPerson>();
  for (const person of people) if (!once.has(person.memberId)) once.set(person.memberId, person);
  return [...once.values()].map(entryOf).toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
}
