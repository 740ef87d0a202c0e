import { examOnlyExemptions, membershipTypes, type ExemptionReason, type MembershipType } from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { additionalOn, membershipOn, type Membership } from './membership.js';
import { holdsOn, type DatedPeriod } from './period.js';
import { isInTransit, type Transfer } from './transfer.js';
import { lineOf, subtreeIds, type UnitNode } from './units.js';

export interface Exemption extends DatedPeriod {
  readonly memberId: string;
  /** The unit that approved it; it holds while the person stands in that unit or below. */
  readonly unitId: string;
  readonly reason: ExemptionReason;
}

export interface RosterEntry {
  readonly memberId: string;
  readonly name: string;
  readonly staffNumber: string;
  readonly partyUnitId: string | null;
  readonly departmentUnitId: string | null;
  readonly membershipType: MembershipType;
  /** Counts in 应到 (应考): the type is due and no approved exemption holds. */
  readonly due: boolean;
  /** Counts among those with a vote, by the same exemptions. */
  readonly votes: boolean;
  readonly exemption: ExemptionReason | null;
  /** A transfer out is on the way; the old unit still counts the person. */
  readonly inTransit: boolean;
}

export interface RosterSource {
  readonly units: readonly UnitNode[];
  readonly members: readonly { readonly id: string; readonly name: string; readonly staffNumber: string }[];
  readonly memberships: readonly Membership[];
  readonly transfers: readonly Pick<Transfer, 'memberId' | 'tree' | 'startedOn' | 'endedOn'>[];
  readonly exemptions: readonly Exemption[];
}

export interface RosterQuestion {
  readonly unitIds: readonly string[];
  readonly date: CivilDate;
  /** `exam` lets 缓考 and 免考 count as exemptions too. */
  readonly purpose: 'session' | 'exam';
  /** `unit` asks for the named units alone, as for a meeting of the 党组; `subtree` takes what is below too. */
  readonly reach: 'subtree' | 'unit';
}

function grouped<T extends { readonly memberId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.memberId);
    if (group) group.push(row);
    else groups.set(row.memberId, [row]);
  }
  return groups;
}

/**
 * Who stands in the units on that day, each person once, in the order of `members`. 应到 is the number of `due` entries.
 * Guests and candidates are listed with `due: false`: a separate group. Source: domain.md §2.2–2.4.
 */
export function rosterOn(source: RosterSource, question: RosterQuestion): RosterEntry[] {
  const { date, purpose } = question;
  const asked = question.reach === 'subtree' ? subtreeIds(source.units, question.unitIds) : new Set(question.unitIds);
  const memberships = grouped(source.memberships);
  const exemptions = grouped(source.exemptions.filter((row) => holdsOn(row, date) && appliesTo(row.reason, purpose)));
  const moving = new Set(
    source.transfers.filter((row) => row.tree === 'party' && isInTransit(row, date)).map((row) => row.memberId),
  );
  const entries: RosterEntry[] = [];
  for (const member of source.members) {
    const history = memberships.get(member.id) ?? [];
    const party = membershipOn(history, 'party', date);
    const department = membershipOn(history, 'department', date);
    const places = [party, department, ...additionalOn(history, date)].filter((row) => row !== null);
    if (!places.some((row) => asked.has(row.unitId))) continue;
    const type = party?.type ?? 'masses';
    const exemption = exemptionOf(exemptions.get(member.id) ?? [], source.units, party);
    entries.push({
      memberId: member.id,
      name: member.name,
      staffNumber: member.staffNumber,
      partyUnitId: party?.unitId ?? null,
      departmentUnitId: department?.unitId ?? null,
      membershipType: type,
      due: membershipTypes[type].due && exemption === null,
      votes: membershipTypes[type].votes && exemption === null,
      exemption,
      inTransit: moving.has(member.id),
    });
  }
  return entries;
}

function appliesTo(reason: ExemptionReason, purpose: RosterQuestion['purpose']): boolean {
  return purpose === 'exam' || !examOnlyExemptions.includes(reason);
}

function exemptionOf(
  exemptions: readonly Exemption[],
  units: readonly UnitNode[],
  place: Membership | null,
): ExemptionReason | null {
  if (exemptions.length === 0 || place === null) return null;
  const line = lineOf(units, place.unitId);
  return exemptions.find((row) => line.includes(row.unitId))?.reason ?? null;
}
