import { Injectable } from '@nestjs/common';
import { Access } from '@xuekao/platform';
import { LiveMembers } from './live.ports.js';

/** The units for which the actor may host. */
@Injectable()
export class HostUnits {
  constructor(
    private readonly access: Access,
    private readonly members: LiveMembers,
  ) {}

  /** All of them, or those that are `of` or below it; empty where `of` is not among the actor's. */
  async ids(of?: string): Promise<string[]> {
    const { unitIds } = await this.access.scope('live.host');
    if (of === undefined) return [...unitIds];
    if (!unitIds.has(of)) return [];
    return [...(await this.members.unitsBelow(of))].filter((id) => unitIds.has(id));
  }

  /** Refuses 'resource.not-found' for any other unit. */
  require(unitId: string): Promise<void> {
    return this.access.require('live.host', unitId);
  }
}
