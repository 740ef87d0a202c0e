import { Injectable } from '@nestjs/common';
import { zonedParts } from '@xuekao/kernel';
import type { CivilDate } from '@xuekao/kernel';
import { LiveMembers } from '@xuekao/live';
import type { LiveMember } from '@xuekao/live';
import { RosterService, UnitService } from '@xuekao/org';
import { AppClock, AppConfig, gathered } from '@xuekao/platform';

/** A unit's roll is asked once for a whole hall that joins within this time. */
const rollKeptMs = 30_000;

/** Players of contests: a member plays for the Party unit he belongs to today, else for his department. */
@Injectable()
export class OrgLiveMembers extends LiveMembers {
  private readonly rolls = new Map<string, { readonly until: number; readonly size: Promise<number> }>();

  constructor(
    private readonly rosters: RosterService,
    private readonly units: UnitService,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
  ) {
    super();
  }

  /** A hall joins within seconds, so those who come together are looked up together. */
  private readonly player = gathered<string, LiveMember>((memberIds) => this.playersOf(memberIds));

  async playerOf(memberId: string): Promise<LiveMember | null> {
    return (await this.player(memberId)) ?? null;
  }

  unitsBelow(unitId: string): Promise<ReadonlySet<string>> {
    return this.units.subtreeIds([unitId]);
  }

  private async playersOf(memberIds: readonly string[]): Promise<ReadonlyMap<string, LiveMember>> {
    const today = zonedParts(this.clock.now(), this.config.zone).date;
    const units = await this.units.directory();
    const players = new Map<string, LiveMember>();
    for (const { memberId, name, partyUnitId, departmentUnitId } of await this.rosters.entriesOf(memberIds, today)) {
      const unitId = partyUnitId ?? departmentUnitId;
      if (!unitId) continue;
      const unitRoll = await this.rollOf(unitId, today);
      players.set(memberId, { memberId, name, unitId, unitName: units.get(unitId)?.name ?? '', unitRoll });
    }
    return players;
  }

  private rollOf(unitId: string, today: CivilDate): Promise<number> {
    const now = this.clock.now();
    const known = this.rolls.get(unitId);
    if (known && known.until > now) return known.size;
    const size = this.rosters.rosterOn([unitId], today).then((roll) => roll.length);
    this.rolls.set(unitId, { until: now + rollKeptMs, size });
    size.catch(() => this.rolls.delete(unitId));
    return size;
  }
}
