import { Injectable } from '@nestjs/common';
import { DutyStore } from './duty.store.js';
import { MemberStore } from './member.store.js';
import { UnitStore } from './unit.store.js';

/** The three stores that most use cases read together. */
@Injectable()
export class OrgStores {
  constructor(
    readonly members: MemberStore,
    readonly units: UnitStore,
    readonly duties: DutyStore,
  ) {}
}
