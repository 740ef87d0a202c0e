import type { RecordField, SessionType } from '@xuekao/contracts';
import type { Attendance, Session } from './session.js';

const needsSpeaker: ReadonlySet<SessionType> = new Set(['party-lecture', 'lecture-tour', 'leader-tutoring']);
const needsOathLeader: ReadonlySet<SessionType> = new Set(['oath-taking', 'oath-renewal']);
const needsResolution: ReadonlySet<SessionType> = new Set([
  'member-meeting',
  'branch-committee',
  'party-group-meeting',
]);

/** The items' minutes may differ from the real length by this much. Source: domain.md §4.2. */
export const durationToleranceMs = 5 * 60_000;
/** Longer sessions are measured in half days, breaks and nights included; their minutes are not compared. */
const oneSittingMs = 12 * 60 * 60_000;

const isBlank = (text: string | null | undefined): boolean => !text || text.trim() === '';

function durationDisagrees({ head, items }: Session): boolean {
  if (head.startedAt === null || head.endedAt === null) return false;
  const length = head.endedAt - head.startedAt;
  if (length <= 0) return true;
  if (length > oneSittingMs || items.some((item) => item.halfDays !== null)) return false;
  const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
  return Math.abs(length - minutes * 60_000) > durationToleranceMs;
}

/** Members of 应到 about whom nothing was entered. */
export function undecidedMembers(rows: readonly Attendance[]): readonly Attendance[] {
  return rows.filter((row) => row.group === 'due' && row.status === 'unmarked');
}

/** Absent members of 应到 without a reason. */
export function unexplainedAbsences(rows: readonly Attendance[]): readonly Attendance[] {
  return rows.filter((row) => row.group === 'due' && row.status === 'absent' && row.absenceReason === null);
}

/**
 * The required (★) fields that are still missing, in the order of the record; empty when the session may be closed. A speaker
 * is required for lectures, an oath leader for oaths, a resolution (「无」 will do) for meetings that decide.
 * Source: domain.md §4.2.
 */
export function missingRecordFields(session: Session): readonly RecordField[] {
  const { head, items, attendance } = session;
  const { host, recorder, speaker, oathLeader } = head.people;
  const has = (types: ReadonlySet<SessionType>): boolean => items.some((item) => types.has(item.type));
  const checks: readonly (readonly [RecordField, boolean])[] = [
    ['items', items.length === 0 || items.some((item) => isBlank(item.title))],
    ['startedAt', head.startedAt === null],
    ['endedAt', head.endedAt === null],
    ['duration', durationDisagrees(session)],
    ['place', isBlank(head.place) && isBlank(head.onlineLink)],
    ['host', isBlank(host?.name)],
    ['recorder', isBlank(recorder?.name)],
    ['speaker', has(needsSpeaker) && isBlank(speaker?.name)],
    [
      'speakerPost',
      has(needsSpeaker) && !isBlank(speaker?.name) && isBlank(speaker?.organisation) && isBlank(speaker?.post),
    ],
    ['oathLeader', has(needsOathLeader) && isBlank(oathLeader?.name)],
    ['attendance', undecidedMembers(attendance).length > 0],
    ['absenceReason', unexplainedAbsences(attendance).length > 0],
    ['agenda', isBlank(head.agenda) && items.every((item) => item.topics.length === 0)],
    ['resolution', has(needsResolution) && isBlank(head.record.resolution)],
  ];
  return checks.filter(([, isMissing]) => isMissing).map(([field]) => field);
}

/** What archiving asks beyond a complete record: the sign-off of host and recorder. */
export function missingSignatures({ head }: Session): readonly RecordField[] {
  const fields: RecordField[] = [];
  if (head.record.hostSignedAt === null) fields.push('hostSignature');
  if (head.record.recorderSignedAt === null) fields.push('recorderSignature');
  return fields;
}
