import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { ContestResultRow, ContestRow } from '@xuekao/live';
import { In } from 'typeorm';
import { groupedBy } from './core/index.js';
import type { ContestFact } from './core/index.js';
import { ContestFacts } from './facts.ports.js';

/** Ended contests with those who took part; rehearsals leave no results and are not counted. */
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
    const contests = await manager.findBy(ContestRow, { id: In([...bySeat.keys()]) });
    return contests.map(({ id, title, unitId }) => {
      const own = bySeat.get(id)!;
      return {
        id,
        title,
        date: own[0]!.localDate,
        ownerUnitId: unitId,
        memberIds: [...new Set(own.map((seat) => seat.memberId))],
      };
    });
  }
}
