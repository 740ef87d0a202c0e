import { membershipTypes, type RoleName } from '@xuekao/contracts';
import { addDays, type CivilDate } from '@xuekao/kernel';
import type { Area } from './area.js';
import { groupedBy } from './grouped.js';
import type { MembershipFact, RoleFact, YearFacts } from './facts.js';

interface Dated {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

const holdsOn = (row: Dated, date: CivilDate): boolean => row.from <= date && (row.to === null || date < row.to);

/** The last day that the question covers and the facts know. */
export function lastDay(facts: YearFacts, area: Area): CivilDate {
  const end = addDays(area.span.to, -1);
  return end < facts.asOf ? end : facts.asOf;
}

const counts = (row: MembershipFact): boolean => membershipTypes[row.type].due;

/** Members with standing in the area on the last day, each once. */
export function membersOnLastDay(facts: YearFacts, area: Area): readonly MembershipFact[] {
  const date = lastDay(facts, area);
  return facts.memberships.filter((row) => counts(row) && area.unitIds.has(row.unitId) && holdsOn(row, date));
}

/**
 * Members with standing in the area on every day of the span: moves inside the area and 转正 do not break it. Joiners and
 * leavers are not among them. Source: domain.md §2.4 (学时达标率).
 */
export function membersAllSpan(facts: YearFacts, area: Area): readonly MembershipFact[] {
  const end = addDays(lastDay(facts, area), 1);
  const rows = groupedBy(
    facts.memberships.filter((row) => counts(row) && area.unitIds.has(row.unitId)),
    (row) => row.memberId,
  );
  return [...rows.values()].flatMap((history) => {
    let reached = area.span.from;
    for (const row of history.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
      if (row.from <= reached && (row.to === null || row.to > reached)) reached = row.to ?? end;
    return reached >= end ? [history.at(-1)!] : [];
  });
}

const committeeRoles: ReadonlySet<RoleName> = new Set<RoleName>([
  'branch-secretary',
  'branch-deputy',
  'organisation-commissioner',
  'publicity-commissioner',
  'discipline-commissioner',
  'study-commissioner',
]);

/** Secretaries and committee members of the area's branches on the last day, each person once. */
export function committeeOnLastDay(facts: YearFacts, area: Area): readonly RoleFact[] {
  const date = lastDay(facts, area);
  const held = facts.roles.filter(
    (row) => committeeRoles.has(row.role) && area.unitIds.has(row.unitId) && holdsOn(row, date),
  );
  return [...new Map(held.map((row) => [row.memberId, row])).values()];
}
