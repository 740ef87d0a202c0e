import type { AttemptStatus, DecidedQuestion } from '@xuekao/contracts';

/** What the person is told about an act of the organiser: a message key with its facts. */
export interface Change {
  readonly key: 'extended' | 'reopened' | 'collected';
  readonly minutes: number | null;
  readonly reason: string;
  readonly deadlineAt: number;
}

type Told = Pick<AttemptStatus, 'intervention' | 'deadlineAt' | 'state' | 'endedBy'>;

/** What has become different since the last status, null where nothing is to be told. */
export function changeBetween(before: Told | null, now: Told): Change | null {
  const act = now.intervention;
  if (!before || !act) return null;
  const told = { minutes: act.minutes, reason: act.reason, deadlineAt: now.deadlineAt };
  // Collecting is announced first and reaches each attempt a little later.
  if (before.state === 'open' && now.state !== 'open' && now.endedBy === 'organiser')
    return { key: 'collected', ...told };
  if (act.at <= (before.intervention?.at ?? -1) || now.state !== 'open') return null;
  if (act.kind === 'extend') return { key: 'extended', ...told };
  return act.kind === 'reopen' ? { key: 'reopened', ...told } : null;
}

/** What has become of single questions since the last look: newly void or given to all, or counting again. */
export interface QuestionNews {
  readonly decided: readonly DecidedQuestion[];
  readonly restored: readonly number[];
}

/** Null where nothing is to be told; what was decided before the paper was loaded, the questions themselves show. */
export function questionNews(
  before: readonly DecidedQuestion[] | null,
  now: readonly DecidedQuestion[],
): QuestionNews | null {
  if (!before) return null;
  const isSame = (a: DecidedQuestion) => (b: DecidedQuestion) => a.number === b.number && a.kind === b.kind;
  const decided = now.filter((each) => !before.some(isSame(each)));
  const restored = before.flatMap(({ number }) => (now.some((each) => each.number === number) ? [] : [number]));
  return decided.length + restored.length > 0 ? { decided, restored } : null;
}

/** What is still to be told when more has happened before the person has seen it: of each question the last word. */
export function newsAfter(untold: QuestionNews | null, fresh: QuestionNews | null): QuestionNews | null {
  if (!untold || !fresh) return fresh ?? untold;
  const again = new Set([...fresh.decided.map((each) => each.number), ...fresh.restored]);
  return {
    decided: [...untold.decided.filter(({ number }) => !again.has(number)), ...fresh.decided],
    restored: [...untold.restored.filter((number) => !again.has(number)), ...fresh.restored],
  };
}

/** What the server last said of decided questions, and when by its clock. */
export interface DecidedKnown {
  readonly at: number;
  readonly decided: readonly DecidedQuestion[];
}

type DecidedWord = Pick<AttemptStatus, 'state' | 'serverNow'> & { readonly decided?: readonly DecidedQuestion[] };

/**
 * What is known after one more word of the server, whichever way it came: with the paper, by the socket, by asking. An older
 * word changes nothing, and an attempt that has ended tells of no questions without taking any back.
 */
export function knownAfter(
  known: DecidedKnown | null,
  { state, serverNow, decided }: DecidedWord,
): DecidedKnown | null {
  if (state !== 'open' || !decided || (known && serverNow < known.at)) return known;
  return { at: serverNow, decided };
}
