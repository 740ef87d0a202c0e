import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '@xuekao/kernel';
import type { Actor } from '@xuekao/platform';

export interface SimulatedMember {
  readonly ticket: string;
  readonly memberId: string;
  readonly name: string;
}

/**
 * Admission of simulated phones: random tickets that stand in this process' memory alone, for as long as one pre-flight runs.
 * Their actors are nobody's account and hold no role.
 */
@Injectable()
export class PreflightTickets {
  private readonly actors = new Map<string, Actor>();

  issue(count: number): SimulatedMember[] {
    return Array.from({ length: count }, (_, index) => {
      const member = { ticket: randomBytes(18).toString('base64url'), memberId: newId(), name: `预检${index + 1}` };
      const { memberId, name } = member;
      this.actors.set(member.ticket, { accountId: memberId, memberId, name, mustChangePassword: false });
      return member;
    });
  }

  actorOf(ticket: string): Actor | null {
    return this.actors.get(ticket) ?? null;
  }

  withdrawAll(): void {
    this.actors.clear();
  }
}
