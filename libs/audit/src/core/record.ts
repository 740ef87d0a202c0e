import type { AuditResult } from '@xuekao/contracts';
import type { Facts, Instant } from '@xuekao/kernel';
import { factsOf } from './facts.js';
import { resultOf } from './result.js';

/** Who did what to what, when, why and how it ended: everything of a record but its place in the chain. */
export interface AuditEntry {
  readonly eventId: string;
  readonly at: Instant;
  readonly actorAccountId: string | null;
  readonly actorMemberId: string | null;
  readonly actorName: string | null;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly unitId: string | null;
  readonly result: AuditResult;
  readonly reason: string | null;
  readonly facts: Facts;
}

/** What the audit reads of a domain event. */
export interface AuditedEvent {
  readonly id: string;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly unitId: string | null;
  readonly actorAccountId: string | null;
  readonly actorMemberId: string | null;
  readonly actorName: string | null;
  readonly reason: string | null;
  readonly payload: unknown;
  readonly at: Instant;
}

export function entryOf(event: AuditedEvent): AuditEntry {
  return {
    eventId: event.id,
    at: event.at,
    actorAccountId: event.actorAccountId,
    actorMemberId: event.actorMemberId,
    actorName: event.actorName,
    type: event.type,
    subjectType: event.subjectType,
    subjectId: event.subjectId,
    unitId: event.unitId,
    result: resultOf(event.type),
    reason: event.reason,
    facts: factsOf(event.type, event.payload),
  };
}
