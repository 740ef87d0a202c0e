import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ExemptionReason } from '@xuekao/contracts';
import { newId, periodOf } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { Access, AppClock, AppConfig } from '@xuekao/platform';
import { AudienceDirectory, requireWithinScope } from './audience-directory.js';
import { codeAt, freezeRoster } from './core/index.js';
import type { Mac, Mark, Session } from './core/index.js';
import { SessionDecisions } from './session.decisions.js';
import { SessionReader } from './session.reader.js';

/** The code generator of a session; the secret stays on the server. */
export function macOf(secret: string): Mac {
  return (message) => createHmac('sha256', secret).update(message).digest();
}

/** The code on the wall, and the path that its QR code opens. */
export interface ShownCode {
  readonly code: string;
  readonly validUntil: Instant;
  readonly path: string;
}

/** Attendance as an organiser takes it. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly decisions: SessionDecisions,
    private readonly sessions: SessionReader,
    private readonly directory: AudienceDirectory,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
  ) {}

  /** The current check-in code, for whoever runs the session. */
  async checkInCode(id: string): Promise<ShownCode> {
    const { head } = await this.sessions.getToManage(id);
    const { code, validUntil } = codeAt(macOf(head.checkInSecret), this.clock.now());
    return { code, validUntil, path: `/sessions/${id}/check-in?code=${code}` };
  }

  /** All marks or none. */
  mark(id: string, marks: readonly Mark[]): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'mark', marks, at: this.clock.now() });
  }

  decideLeave(id: string, memberId: string, isGranted: boolean): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'decide-leave', memberId, isGranted, at: this.clock.now() });
  }

  admitGuest(
    id: string,
    guest: { readonly name: string; readonly organisation?: string | null; readonly memberId?: string | null },
  ): Promise<Session> {
    const { name, organisation = null, memberId = null } = guest;
    return this.decisions.asOrganiser(id, {
      type: 'admit-guest',
      guest: { id: newId(), name, organisation, memberId },
    });
  }

  makeUp(id: string, memberId: string, note: string | null = null): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'make-up', memberId, note, at: this.clock.now() });
  }

  /** Counts a person out with an approved exemption, or in again with null. */
  exempt(id: string, memberId: string, exemption: ExemptionReason | null, reason: string): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'amend-roster', memberId, exemption, reason });
  }

  /** Adds a person to the frozen roster with the standing of the roster's day. */
  async enrol(id: string, memberId: string, reason: string): Promise<Session> {
    const { head } = await this.sessions.getToManage(id);
    const on = head.rosterOn ?? periodOf(head.plannedStartAt, this.config.zone).localDate;
    const people = await this.directory.peopleOf({ unitIds: [], reach: 'unit', memberIds: [memberId] }, on);
    await requireWithinScope(this.access, [memberId], people, on);
    const [entry] = freezeRoster(people);
    return this.decisions.asOrganiser(id, { type: 'enrol', entry: entry!, reason });
  }
}
