import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SessionType } from '@xuekao/contracts';
import { newId, periodOf } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { Access, AppClock, AppConfig } from '@xuekao/platform';
import { AudienceDirectory, requireWithinScope } from './audience-directory.js';
import { emptyRecord, freezeRoster } from './core/index.js';
import type { Audience, Session, SessionItem, SessionPeople, SessionPlan } from './core/index.js';
import { ScheduleRefused } from './schedule.errors.js';
import { SessionDecisions } from './session.decisions.js';
import { SessionReader } from './session.reader.js';
import type { StoredSession } from './session.store.js';

export interface NewItem {
  readonly type: SessionType;
  readonly title: string;
  readonly topics?: readonly string[];
  readonly minutes: number;
  readonly halfDays?: number | null;
}

/** What an organiser gives; what is left out takes the default named at the field. */
export interface NewSession {
  readonly title: string;
  readonly ownerUnitId: string;
  /** Default: the owner unit with everyone below. */
  readonly audience?: Audience;
  readonly place: string;
  readonly onlineLink?: string | null;
  readonly plannedStartAt: Instant;
  readonly plannedEndAt: Instant;
  /** Default: half an hour before the planned start. */
  readonly checkInOpensAt?: Instant;
  /** Default: the planned end. */
  readonly checkInClosesAt?: Instant;
  readonly people?: Partial<SessionPeople>;
  readonly agenda?: string;
  readonly campaignTag?: string | null;
  readonly studiesPartyBuilding?: boolean;
  readonly level?: SessionPlan['level'];
  readonly items: readonly NewItem[];
}

export type SessionRevision = Partial<Omit<SessionPlan, 'people'>> & {
  readonly people?: Partial<SessionPeople>;
  readonly items?: readonly NewItem[];
  /** The version that was read; refuses 'resource.conflict' when the session has moved on. */
  readonly version?: number;
};

const halfAnHour = 30 * 60_000;
const nobody: SessionPeople = { host: null, recorder: null, speaker: null, oathLeader: null };

export function itemsFrom(items: readonly NewItem[]): SessionItem[] {
  return items.map((item, index) => ({
    id: newId(),
    number: index + 1,
    type: item.type,
    title: item.title,
    topics: item.topics ?? [],
    minutes: item.minutes,
    halfDays: item.halfDays ?? null,
    hours: null,
    hoursReason: null,
  }));
}

function planFrom(input: NewSession): SessionPlan {
  const { items: _items, ...given } = input;
  return {
    onlineLink: null,
    agenda: '',
    campaignTag: null,
    studiesPartyBuilding: false,
    level: null,
    ...given,
    audience: input.audience ?? { unitIds: [input.ownerUnitId], reach: 'subtree', memberIds: [] },
    checkInOpensAt: input.checkInOpensAt ?? input.plannedStartAt - halfAnHour,
    checkInClosesAt: input.checkInClosesAt ?? input.plannedEndAt,
    people: { ...nobody, ...input.people },
  };
}

function draftFrom(input: NewSession): Session {
  const noTimes = {
    startedAt: null,
    endedAt: null,
    publishedAt: null,
    closedAt: null,
    archivedAt: null,
    cancelledAt: null,
  };
  return {
    head: {
      ...planFrom(input),
      ...noTimes,
      id: newId(),
      state: 'draft',
      record: emptyRecord,
      rosterOn: null,
      cancelReason: null,
    },
    items: itemsFrom(input.items),
    attendance: [],
    guests: [],
    errata: [],
  };
}

/** Plans a session up to its publication or cancelling. */
@Injectable()
export class SessionPlanning {
  constructor(
    private readonly sessions: SessionReader,
    private readonly decisions: SessionDecisions,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    private readonly directory: AudienceDirectory,
  ) {}

  async create(input: NewSession): Promise<StoredSession> {
    await this.access.require('session.manage', input.ownerUnitId);
    await this.requireAudience(input.audience, input.plannedStartAt);
    const session = draftFrom(input);
    const { plannedStartAt, plannedEndAt } = session.head;
    if (plannedEndAt <= plannedStartAt) throw new ScheduleRefused('session.times', { plannedStartAt, plannedEndAt });
    const checkInSecret = randomBytes(32).toString('hex');
    await this.decisions.open(session, { checkInSecret, createdAt: this.clock.now() });
    return this.sessions.getToManage(session.head.id);
  }

  async revise(id: string, revision: SessionRevision): Promise<Session> {
    const { items, version, people, ...plan } = revision;
    if (plan.audience) {
      const { head } = await this.sessions.getToManage(id);
      await this.requireAudience(plan.audience, plan.plannedStartAt ?? head.plannedStartAt);
    }
    return this.decisions.asOrganiser(id, ({ head }) => {
      if (version !== undefined && version !== head.version) {
        throw new ScheduleRefused('resource.conflict', { version: head.version });
      }
      const merged = people ? { ...plan, people: { ...head.people, ...people } } : plan;
      return { type: 'revise', plan: merged, items: items ? itemsFrom(items) : null };
    });
  }

  /** Freezes the roster of the day on which the session is planned. */
  async publish(id: string): Promise<Session> {
    const { head } = await this.sessions.getToManage(id);
    const on = periodOf(head.plannedStartAt, this.config.zone).localDate;
    const roster = freezeRoster(await this.directory.peopleOf(head.audience, on));
    return this.decisions.asOrganiser(id, { type: 'publish', roster, on, at: this.clock.now() });
  }

  cancel(id: string, reason: string): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'cancel', reason, at: this.clock.now() });
  }

  /** An organiser may invite the units he organises for, and people who stand in them. */
  private async requireAudience(audience: Audience | undefined, startAt: Instant): Promise<void> {
    for (const unitId of audience?.unitIds ?? []) await this.access.require('session.manage', unitId);
    if (!audience || audience.memberIds.length === 0) return;
    const on = periodOf(startAt, this.config.zone).localDate;
    const people = await this.directory.peopleOf({ ...audience, unitIds: [] }, on);
    await requireWithinScope(this.access, audience.memberIds, people, on);
  }
}
