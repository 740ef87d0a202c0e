import type { StageReason, StageVerdict } from '@xuekao/contracts';
import { pointsOf } from './ledger.js';
import type { StageLine } from './stage-state.js';

/** An answer as the ledger has it: its line, and the verdict and points that stand for it now. */
interface Answer {
  readonly source: StageLine;
  verdict: StageVerdict;
  points: number;
}

/** What a question has brought so far, and what follows from its verdicts beside the answers' own points. */
interface Brought {
  readonly answers: Map<number, Answer>;
  readonly followed: Map<string, Followed>;
}

interface Followed {
  readonly team: number;
  readonly reason: 'rescue' | 'trap';
  points: number;
}

/** A line that the ledger lacks. */
export interface MissingLine {
  readonly team: number;
  readonly points: number;
  readonly reason: StageReason;
  readonly verdict: StageVerdict | null;
  readonly of: number | null;
}

function broughtBy(ledger: readonly StageLine[], item: number): Brought {
  const answers: Brought['answers'] = new Map();
  const followed: Brought['followed'] = new Map();
  for (const line of ledger) {
    const { reason, team, points, verdict } = line;
    if (line.undone) continue;
    const changes = line.of === null ? undefined : answers.get(line.of);
    if (changes) {
      changes.points += points;
      changes.verdict = verdict ?? changes.verdict;
    } else if (line.item === item && reason === 'answer') {
      answers.set(line.line, { source: line, verdict: verdict ?? 'none', points });
    } else if (line.item === item && (reason === 'rescue' || reason === 'trap')) {
      add(followed, team, reason, points);
    }
  }
  return { answers, followed };
}

function add(followed: Brought['followed'], team: number, reason: Followed['reason'], points: number): void {
  const key = `${reason} ${team}`;
  const one = followed.get(key) ?? { team, reason, points: 0 };
  followed.set(key, { ...one, points: one.points + points });
}

/** Which answers count: a second chance is one only while nobody before it was right or void. */
function countingOf(answers: readonly Answer[]): Answer[] {
  let isDecided = false;
  return answers.filter(({ source, verdict }) => {
    const counts = source.again !== true || !isDecided;
    if (counts && (verdict === 'right' || verdict === 'void')) isDecided = true;
    return counts;
  });
}

/** What a question brings by the verdicts that stand now: 抢救 softens the first loss, 智力陷阱 shares out a loss. */
function duesOf(answers: readonly Answer[]): {
  readonly own: Map<Answer, number>;
  readonly followed: Brought['followed'];
} {
  const own = new Map<Answer, number>();
  const followed: Brought['followed'] = new Map();
  const [first] = answers;
  for (const answer of countingOf(answers)) {
    const { stake, softened, trappers = [] } = answer.source;
    const points = pointsOf(stake!, answer.verdict);
    own.set(answer, points);
    const eased = first && softened !== undefined && answer.verdict === 'right' ? softened - (own.get(first) ?? 0) : 0;
    if (eased > 0) add(followed, first!.source.team, 'rescue', eased);
    const share = trappers.length === 0 ? 0 : Math.floor(Math.max(0, -points) / trappers.length);
    for (const team of share > 0 ? trappers : []) add(followed, team, 'trap', share);
  }
  return { own, followed };
}

/** How the points of an answer move when this becomes its verdict. */
export function moveTo(ledger: readonly StageLine[], line: StageLine, verdict: StageVerdict): number {
  const { answers } = broughtBy(ledger, line.item ?? 0);
  const changed = [...answers.values()].map((answer) => (answer.source === line ? { ...answer, verdict } : answer));
  const one = changed.find(({ source }) => source === line);
  return one ? (duesOf(changed).own.get(one) ?? 0) - one.points : 0;
}

/** The lines that are wanting for the ledger to agree with the verdicts that stand for a question. */
export function missingLines(ledger: readonly StageLine[], item: number): MissingLine[] {
  const brought = broughtBy(ledger, item);
  const due = duesOf([...brought.answers.values()]);
  const own = [...brought.answers.values()].map((answer): MissingLine => {
    const { team, line } = answer.source;
    const points = (due.own.get(answer) ?? 0) - answer.points;
    return { team, points, reason: 'override', verdict: answer.verdict, of: line };
  });
  const keys = new Set([...brought.followed.keys(), ...due.followed.keys()]);
  const followed = [...keys].map((key): MissingLine => {
    const { team, reason } = due.followed.get(key) ?? brought.followed.get(key)!;
    const points = (due.followed.get(key)?.points ?? 0) - (brought.followed.get(key)?.points ?? 0);
    return { team, points, reason, verdict: null, of: null };
  });
  return [...own, ...followed].filter(({ points }) => points !== 0);
}

/** Verdicts that count, one for each answer; a second chance that should not have been is none. */
export function verdictsOf(ledger: readonly StageLine[]): { readonly team: number; readonly verdict: StageVerdict }[] {
  const items = new Set(ledger.flatMap(({ reason, item }) => (reason === 'answer' && item !== null ? [item] : [])));
  const answers = [...items].flatMap((item) => countingOf([...broughtBy(ledger, item).answers.values()]));
  return answers.map(({ source, verdict }) => ({ team: source.team, verdict }));
}
