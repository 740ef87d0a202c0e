import { Injectable } from '@nestjs/common';
import type { CivilDate } from '@xuekao/kernel';
import { rosterOn, subtreeIds, type RosterEntry, type RosterQuestion } from './core/index.js';
import { DutyStore } from './duty.store.js';
import { MemberStore } from './member.store.js';
import { UnitStore } from './unit.store.js';

const byName = new Intl.Collator('zh');

/** Rosters for sessions, exams and statistics. Callers check the actor's permission for the units they ask about. */
@Injectable()
export class RosterService {
  constructor(
    private readonly units: UnitStore,
    private readonly members: MemberStore,
    private readonly duties: DutyStore,
  ) {}

  /**
   * Everybody who stands in the units or below them on that day, each person once, by name. 应到 are the entries with
   * `due`; guests and candidates follow with `due: false`. A frozen roster is the caller's copy of this.
   */
  async rosterOn(
    unitIds: readonly string[],
    date: CivilDate,
    options: Partial<Pick<RosterQuestion, 'purpose' | 'reach'>> = {},
  ): Promise<RosterEntry[]> {
    const question: RosterQuestion = { unitIds, date, purpose: 'session', reach: 'subtree', ...options };
    const units = await this.units.all();
    const asked = question.reach === 'subtree' ? subtreeIds(units, unitIds) : new Set(unitIds);
    const memberships = await this.members.placesOn([...asked], date);
    const memberIds = [...new Set(memberships.map((row) => row.memberId))];
    const members = await this.members.byIds(memberIds);
    const transfers = await this.duties.transfersOf(memberIds);
    const exemptions = await this.duties.exemptionsOf(memberIds);
    members.sort((a, b) => byName.compare(a.name, b.name) || (a.staffNumberKey < b.staffNumberKey ? -1 : 1));
    return rosterOn({ units, members, memberships, transfers, exemptions }, question);
  }

  /** Where these people stand on that day, whatever the unit; people without a place are left out. For single persons. */
  async entriesOf(
    memberIds: readonly string[],
    date: CivilDate,
    purpose: RosterQuestion['purpose'] = 'session',
  ): Promise<RosterEntry[]> {
    const units = await this.units.all();
    const source = {
      units,
      members: await this.members.byIds(memberIds),
      memberships: await this.members.placesOf(memberIds, date),
      transfers: await this.duties.transfersOf(memberIds),
      exemptions: await this.duties.exemptionsOf(memberIds),
    };
    return rosterOn(source, { unitIds: units.map((unit) => unit.id), date, purpose, reach: 'unit' });
  }
}
