import type { Facts } from '@xuekao/kernel';

/**
 * Payload fields that may stand in the audit log, by prefix of the event's type; `''` is for every event. What is not
 * named here stays out: answers, keys, tokens, and people's data other than their ids. Source: exam.md §30.
 */
export const recordedFields: Readonly<Record<string, readonly string[]>> = {
  '': words(`accountId memberId unitId examId sessionId questionId attemptId roomId contestId reportId versionId planId paperId
    itemId fileId parentId ownerUnitId fromUnitId toUnitId count counts total number version year rows format kind state
    from to on startedOn endedOn changed fields`),
  auth: words('reason label failures lockedUntil sessionsEnded'),
  org: words('role type tree created updated skipped approvedBy'),
  role: words('role'),
  handbook: words('title slug edition entryId chapter entries withdrawn'),
  bank: words('added codes difficulty topic'),
  exam: words(`title level opensAt closesAt deadlineAt endedAt endedBy minutes due sat passed exempt runId numbers
    changedAttempts changedMarks flips before after certificates proposedBy mode markerIds arbiterIds`),
  session: words('title plannedStartAt plannedEndAt isGranted hours memberIds people as'),
  'study-hours': words('hours category'),
  live: words('title setId rehearsal endedAt seats'),
  stats: words('table tree'),
  report: words('title section omitted checksum'),
  notify: words('channel recipients'),
  audit: words('actor type subject upTo'),
  system: words('command bytes setting'),
};

const maxText = 200;
const maxItems = 20;

/** The recorded part of a payload, flat. A list too long to keep is told by its length, a text by its beginning. */
export function factsOf(type: string, payload: unknown): Facts {
  if (!isObject(payload)) return {};
  const allowed = new Set(fieldsFor(type));
  const facts: Record<string, Facts[string]> = {};
  for (const [field, value] of Object.entries(payload)) {
    if (!allowed.has(field)) continue;
    if (isObject(value)) {
      Object.assign(facts, countsOf(field, value));
      continue;
    }
    const fact = factOf(value);
    if (fact !== undefined) facts[field] = fact;
  }
  return facts;
}

/** Counts by code word; a map by anything else, such as people's names, gives nothing. */
function countsOf(field: string, counts: Readonly<Record<string, unknown>>): Facts {
  const words = Object.entries(counts).filter(([name]) => /^[a-z][\w-]{0,39}$/i.test(name));
  return Object.fromEntries(
    words.flatMap(([name, count]) =>
      typeof count === 'number' || typeof count === 'boolean' ? [[`${field}.${name}`, finite(count)]] : [],
    ),
  );
}

function fieldsFor(type: string): readonly string[] {
  const area = type.split('.')[0] ?? '';
  return [...recordedFields['']!, ...(Object.hasOwn(recordedFields, area) ? recordedFields[area]! : [])];
}

function factOf(value: unknown): Facts[string] | undefined {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return finite(value);
  if (typeof value === 'string') return cut(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.filter((item): item is string | number => typeof item === 'string' || Number.isFinite(item));
  if (items.length < value.length || items.length > maxItems) return value.length;
  return items.map((item) => (typeof item === 'string' ? cut(item) : item));
}

function finite<T extends number | boolean>(value: T): T | null {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** By code point and well formed, so that every database gives back what it got. */
function cut(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return whole.length <= maxText ? whole : Array.from(whole).slice(0, maxText).join('');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
