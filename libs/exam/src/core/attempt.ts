import type { AnswerContent, AttemptEnding, AttemptState, QuestionBody, QuestionOption } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';

export interface SavedAnswer {
  readonly content: AnswerContent;
  /** Counted by the client per question; the larger one is newer. */
  readonly clientSeq: number;
  readonly savedAt: Instant;
  /** 0, or milliseconds after the deadline within the grace. */
  readonly lateMs: number;
}

export interface Attempt {
  readonly state: AttemptState;
  readonly startedAt: Instant;
  readonly deadlineAt: Instant;
  /** Answers are taken until so long after it, with the lateness written down. */
  readonly graceMs: number;
  readonly endedAt: Instant | null;
  readonly endedBy: AttemptEnding | null;
  /** Token of the only device that may write. */
  readonly writer: string;
  readonly answers: ReadonlyMap<number, SavedAnswer>;
}

export interface AnswerSave {
  readonly number: number;
  readonly content: AnswerContent;
  readonly clientSeq: number;
}

export type AttemptCommand =
  | { readonly kind: 'save'; readonly writer: string; readonly answers: readonly AnswerSave[] }
  | { readonly kind: 'take-over'; readonly writer: string }
  | { readonly kind: 'hand-in'; readonly writer: string }
  | { readonly kind: 'collect'; readonly by: 'deadline' | 'organiser' }
  | { readonly kind: 'move-deadline'; readonly deadlineAt: Instant }
  /** `limitMs` from now on, or until the old deadline where that is later. */
  | { readonly kind: 'reopen'; readonly limitMs: number };

export type AttemptEvent =
  | ({ readonly kind: 'answer-saved'; readonly at: Instant; readonly lateMs: number } & AnswerSave)
  | { readonly kind: 'taken-over'; readonly writer: string }
  | { readonly kind: 'ended'; readonly at: Instant; readonly by: AttemptEnding }
  | { readonly kind: 'deadline-moved'; readonly deadlineAt: Instant }
  | { readonly kind: 'reopened'; readonly deadlineAt: Instant };

/** After the deadline answers are still taken for so long unless the exam says otherwise. Source: exam.md §1.4. */
export const usualGraceMs = 10_000;
export const longestGraceMs = 300_000;
const longestText = 500;

/**
 * When an attempt ends: its limit, but not past the closing time; time given on top is given whole, closing time or not.
 */
export function deadlineOf(startedAt: Instant, limitMs: number, closesAt: Instant, extraMs: number): Instant {
  return Math.min(startedAt + limitMs, closesAt) + extraMs;
}

export function startAttempt(startedAt: Instant, deadlineAt: Instant, writer: string, graceMs = usualGraceMs): Attempt {
  return { state: 'open', startedAt, deadlineAt, graceMs, endedAt: null, endedBy: null, writer, answers: new Map() };
}

/** Whether the content answers this question at all, right or wrong. */
export function answersBody(content: AnswerContent, body: QuestionBody): boolean {
  switch (content.kind) {
    case 'blank': {
      const { texts } = content;
      return body.type === 'blank' && texts.length === body.blanks && texts.every((text) => text.length <= longestText);
    }
    case 'text':
      return body.type === 'short-answer' && [...content.text].length <= body.maxLength;
    case 'order': {
      if (body.type !== 'ordering') return false;
      const { optionIds } = content;
      return optionIds.length === 0 || (optionIds.length === body.options.length && areOf(optionIds, body.options));
    }
    case 'pairs': {
      if (body.type !== 'matching') return false;
      const rights = new Set(body.rights.map((right) => right.id));
      const lefts = content.pairs.map((pair) => pair.left);
      return areOf(lefts, body.lefts) && content.pairs.every((pair) => rights.has(pair.right));
    }
    case 'choice': {
      const isChoice = body.type === 'single' || body.type === 'multiple' || body.type === 'true-false';
      if (!isChoice) return false;
      return areOf(content.optionIds, body.options) && (body.type === 'multiple' || content.optionIds.length <= 1);
    }
    default:
      return assertNever(content);
  }
}

/** Whether all ids are of these options, none of them twice. */
function areOf(ids: readonly string[], options: readonly QuestionOption[]): boolean {
  const known = new Set(options.map((option) => option.id));
  return new Set(ids).size === ids.length && ids.every((id) => known.has(id));
}

function closedRefusal(attempt: Attempt): Refusal {
  return refuse('exam.attempt.closed', { closedAt: attempt.endedAt });
}

function save(
  attempt: Attempt,
  { writer, answers }: Extract<AttemptCommand, { kind: 'save' }>,
  bodyOf: (number: number) => QuestionBody | undefined,
  now: Instant,
): AttemptEvent[] | Refusal {
  if (attempt.state !== 'open') return closedRefusal(attempt);
  if (writer !== attempt.writer) return refuse('exam.attempt.taken-over');
  const lateMs = Math.max(0, now - attempt.deadlineAt);
  if (lateMs > attempt.graceMs) return refuse('exam.attempt.late', { deadlineAt: attempt.deadlineAt, lateMs });
  const newest = new Map<number, AnswerSave>();
  for (const answer of answers) {
    const body = bodyOf(answer.number);
    if (!body) return refuse('exam.attempt.no-such-question', { number: answer.number });
    if (!answersBody(answer.content, body)) return refuse('exam.attempt.answer-malformed', { number: answer.number });
    const known = newest.get(answer.number)?.clientSeq ?? attempt.answers.get(answer.number)?.clientSeq ?? -1;
    if (answer.clientSeq > known) newest.set(answer.number, answer);
  }
  return [...newest.values()].map((answer) => ({ kind: 'answer-saved', at: now, lateMs, ...answer }));
}

/**
 * What a command does to an attempt; an empty list when it was done before (same clientSeq or an older one, a second
 * hand-in). Refuses writes of a device that was taken over ('exam.attempt.taken-over'), after hand-in
 * ('exam.attempt.closed') and later than deadline + grace ('exam.attempt.late'). A batch is taken whole or not at all.
 */
export function decide(
  attempt: Attempt,
  command: AttemptCommand,
  bodyOf: (number: number) => QuestionBody | undefined,
  now: Instant,
): AttemptEvent[] | Refusal {
  switch (command.kind) {
    case 'save':
      return save(attempt, command, bodyOf, now);
    case 'take-over':
      if (attempt.state !== 'open') return closedRefusal(attempt);
      return command.writer === attempt.writer ? [] : [{ kind: 'taken-over', writer: command.writer }];
    case 'hand-in':
      if (attempt.state !== 'open') return [];
      if (command.writer !== attempt.writer) return refuse('exam.attempt.taken-over');
      return [endedAt(attempt, now, now > attempt.deadlineAt + attempt.graceMs ? 'deadline' : 'member')];
    case 'collect':
      if (attempt.state !== 'open') return [];
      if (command.by === 'deadline' && now < attempt.deadlineAt + attempt.graceMs) return [];
      return [endedAt(attempt, now, command.by)];
    case 'move-deadline':
      if (attempt.state !== 'open' || command.deadlineAt === attempt.deadlineAt) return [];
      return [{ kind: 'deadline-moved', deadlineAt: command.deadlineAt }];
    case 'reopen':
      if (attempt.state === 'open') return refuse('exam.attempt.still-open');
      return [{ kind: 'reopened', deadlineAt: Math.max(attempt.deadlineAt, now + command.limitMs) }];
    default:
      return assertNever(command);
  }
}

/** An attempt that ran out ended at its deadline, whenever that was noticed. */
function endedAt(attempt: Attempt, now: Instant, by: AttemptEnding): AttemptEvent {
  return { kind: 'ended', at: by === 'deadline' ? Math.min(now, attempt.deadlineAt) : now, by };
}

export function evolve(attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.kind) {
    case 'answer-saved': {
      const { content, clientSeq, at, lateMs } = event;
      const answers = new Map(attempt.answers).set(event.number, { content, clientSeq, savedAt: at, lateMs });
      return { ...attempt, answers };
    }
    case 'taken-over':
      return { ...attempt, writer: event.writer };
    case 'ended':
      return { ...attempt, state: 'handed-in', endedAt: event.at, endedBy: event.by };
    case 'deadline-moved':
      return { ...attempt, deadlineAt: event.deadlineAt };
    case 'reopened':
      return { ...attempt, state: 'open', deadlineAt: event.deadlineAt, endedAt: null, endedBy: null };
    default:
      return assertNever(event);
  }
}
