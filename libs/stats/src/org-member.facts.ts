import { Injectable } from '@nestjs/common';
import { HistoryQuery } from '@xuekao/org';
import type { UnitFact } from './core/index.js';
import { yearSpan } from './core/index.js';
import { MemberFacts } from './facts.ports.js';

/** The organisation's two trees and its dated places and roles as facts. */
@Injectable()
export class OrgMemberFacts extends MemberFacts {
  constructor(private readonly history: HistoryQuery) {
    super();
  }

  async units(): Promise<readonly UnitFact[]> {
    const units = await this.history.allUnits();
    return units.map(({ id, name, tree, kind, parentId }) => ({ id, name, tree, kind, parentId }));
  }

  async ofYear(year: number) {
    const { from, to } = yearSpan(year);
    return {
      memberships: await this.history.partyPlaces(from, to),
      roles: await this.history.roles(from, to),
    };
  }
}
