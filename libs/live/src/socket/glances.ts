import type { AnswerDto, ResumeDto, TimeSyncDto } from './messages.dto.js';

/*
 * Readings at a glance of the messages that come by the thousand. Each accepts a part of what its class accepts, with the same
 * outcome, and leaves all else to the class; glances.prop.spec.ts holds them to that.
 */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Text that cleaning would leave alone: no spaces, no control characters, no halves of characters. */
const plainText = /^[^\p{C}\p{Z}]{1,200}$/u;
const most = 20;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(body: unknown, allowed: readonly string[]): Fields | undefined {
  if (typeof body !== 'object' || body === null || Object.getPrototypeOf(body) !== Object.prototype) return undefined;
  for (const key in body) if (!allowed.includes(key)) return undefined;
  return body as Fields;
}

const isUuid = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 200 && plainText.test(value);

function isList<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  if (!Array.isArray(value) || value.length > most) return false;
  for (const item of value as unknown[]) if (!isItem(item)) return false;
  return true;
}

const choiceKeys = ['options', 'blanks'];

function isChoice(value: unknown): boolean {
  const choice = fieldsOf(value, choiceKeys);
  if (!choice) return false;
  const { options, blanks } = choice;
  if (options !== undefined && !isList(options, isCount)) return false;
  return blanks === undefined || isList(blanks, isText);
}

const answerKeys = ['commandId', 'roomId', 'question', 'choice'];

export function glanceAtAnswer(body: unknown): AnswerDto | undefined {
  const answer = fieldsOf(body, answerKeys);
  if (!answer || !isUuid(answer.commandId) || !isUuid(answer.roomId)) return undefined;
  if (!isCount(answer.question) || answer.question > 999 || !isChoice(answer.choice)) return undefined;
  return answer as unknown as AnswerDto;
}

const resumeKeys = ['roomId', 'role', 'lastSeq'];
const roles: readonly unknown[] = ['player', 'host', 'screen'];

export function glanceAtResume(body: unknown): ResumeDto | undefined {
  const resume = fieldsOf(body, resumeKeys);
  if (!resume || !isUuid(resume.roomId) || !roles.includes(resume.role) || !isCount(resume.lastSeq)) return undefined;
  return resume as unknown as ResumeDto;
}

const timeKeys = ['sentAt'];

export function glanceAtTime(body: unknown): TimeSyncDto | undefined {
  const time = fieldsOf(body, timeKeys);
  if (!time || (time.sentAt !== undefined && !Number.isFinite(time.sentAt))) return undefined;
  return time as TimeSyncDto;
}
