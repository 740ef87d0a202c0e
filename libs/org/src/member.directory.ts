import { Injectable } from '@nestjs/common';
import { MemberStore } from './member.store.js';

export interface MemberCard {
  readonly id: string;
  readonly name: string;
  readonly staffNumber: string;
}

/** Names for display. Callers show them only where they may show the row that names the person. */
@Injectable()
export class MemberDirectory {
  constructor(private readonly members: MemberStore) {}

  async byIds(ids: Iterable<string>): Promise<ReadonlyMap<string, MemberCard>> {
    const members = await this.members.byIds([...new Set(ids)]);
    return new Map(members.map(({ id, name, staffNumber }) => [id, { id, name, staffNumber }]));
  }

  async byId(id: string): Promise<MemberCard | null> {
    return (await this.byIds([id])).get(id) ?? null;
  }
}
