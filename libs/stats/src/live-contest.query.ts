import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { ContestResultRow, ContestRow, ContestUnitRow } from '@xuekao/live';
import { In } from 'typeorm';
import { groupedBy } from './core/index.js';
import type { ContestFact } from './core/index.js';
import { ContestFacts } from './facts.ports.js';

/**
 * Ended contests with those who took part; rehearsals leave no results and are not counted. Whoever stood on a stage took
 * part, also when no question came to his team; in a hall those who answered and were not removed.
 */
@Injectable()
export class LiveContestQuery extends ContestFacts {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  async ofYear(year: number): Promise<readonly ContestFact[]> {
    const { manager } = this.uow;
    const seats = await manager.find(ContestResultRow, { where: { year }, order: { contestId: 'ASC', seat: 'ASC' } });
    const bySeat = groupedBy(seats, (seat) => seat.contestId);
    if (bySeat.size === 0) return [];
    const ids = [...bySeat.keys()];
    const contests = await manager.findBy(ContestRow, { id: In(ids), isRehearsal: false });
    const units = await manager.find(ContestUnitRow, { where: { contestId: In(ids) }, order: { number: 'ASC' } });
    const byContest = groupedBy(units, (unit) => unit.contestId);
    return contests.map(({ id, title, unitId, kind }) => {
      const own = bySeat.get(id)!;
      const took = own.filter((seat) => kind === 'stage' || (seat.answered > 0 && seat.place !== null));
      return {
        id,
        title,
        date: own[0]!.localDate,
        ownerUnitId: unitId,
        memberIds: [...new Set(took.map((seat) => seat.memberId))],
        units: (byContest.get(id) ?? []).map(unitFact),
      };
    });
  }
}

function unitFact({ unitId, unitName, participants, roll }: ContestUnitRow): ContestFact['units'][number] {
  return { unitId, unitName, participants, roll };
}
