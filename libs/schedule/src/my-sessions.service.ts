import { Injectable } from '@nestjs/common';
import type { LeaveReason } from '@xuekao/contracts';
import { AppClock, currentActor, RateLimiter } from '@xuekao/platform';
import { acceptsCode } from './core/index.js';
import { macOf } from './attendance.service.js';
import { notFound, ScheduleRefused } from './schedule.errors.js';
import { SessionDecisions } from './session.decisions.js';
import { SessionQuery } from './session.query.js';
import type { MySession } from './session.query.js';
import { StudyHoursStore } from './study-hours.store.js';
import type { StudyCreditLine } from './study-hours.store.js';

export interface MyStudyHours {
  readonly year: number;
  /** Hundredths of a study hour. */
  readonly total: number;
  readonly collective: number;
  readonly credits: readonly StudyCreditLine[];
}

const listed = 200;
/** Six digits, two of them right at a time: guessing at this pace takes months. */
const triesAMinute = 10;

/** A member and his own attendance. */
@Injectable()
export class MySessionsService {
  constructor(
    private readonly decisions: SessionDecisions,
    private readonly query: SessionQuery,
    private readonly hours: StudyHoursStore,
    private readonly clock: AppClock,
    private readonly limiter: RateLimiter,
  ) {}

  list(): Promise<MySession[]> {
    return this.query.ofMember(ownMemberId(), listed);
  }

  async get(id: string): Promise<MySession> {
    const mine = await this.query.oneOfMember(ownMemberId(), id);
    if (!mine) throw notFound();
    return mine;
  }

  /** Refuses a code older than the one before the shown one, any time outside the window, and guessing. */
  async checkIn(id: string, code: string): Promise<MySession> {
    const memberId = ownMemberId();
    const retryAfterSeconds = await this.limiter.hit(`check-in:${id}:${memberId}`, triesAMinute, 60_000);
    if (retryAfterSeconds > 0) throw new ScheduleRefused('request.rate-limited', { retryAfterSeconds });
    const at = this.clock.now();
    await this.decisions.asMember(id, memberId, ({ head }) => ({
      type: 'check-in',
      memberId,
      isCodeRight: acceptsCode(macOf(head.checkInSecret), code.trim(), at),
      at,
    }));
    return this.get(id);
  }

  async requestLeave(id: string, reason: LeaveReason, note: string | null): Promise<MySession> {
    const memberId = ownMemberId();
    const at = this.clock.now();
    await this.decisions.asMember(id, memberId, { type: 'request-leave', memberId, reason, note, at });
    return this.get(id);
  }

  async studyHours(year: number): Promise<MyStudyHours> {
    const credits = await this.hours.creditsOf(ownMemberId(), year);
    const sum = (rows: readonly StudyCreditLine[]): number => rows.reduce((total, row) => total + row.hours, 0);
    return { year, total: sum(credits), collective: sum(credits.filter((row) => row.isCollective)), credits };
  }
}

function ownMemberId(): string {
  const { memberId } = currentActor();
  if (!memberId) throw notFound();
  return memberId;
}
