import type { StageJudgeAct } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { moveTo } from './dues.js';
import { standingOfLine } from './ledger.js';
import type { StageCommand } from './stage-events.js';
import { mayVoid } from './may.js';
import type { Checkpoint, StageProposed, StageState } from './stage-state.js';
import { voidQuestion } from './void-question.js';
import { signed, Work } from './work.js';

type Official = Extract<StageCommand, { type: 'official' }>;
type Change = Extract<StageProposed['act'], { type: 'override' | 'adjust' }>;
type ScoreAct = Extract<StageJudgeAct, { type: 'override' | 'adjust' | 'confirm' | 'reject' }>;

/** Changes of scores: at once, or as a proposal that a second official confirms, as the sheet says. */
export function decideScoreAct(work: Work, official: Official, act: ScoreAct): Refusal | null {
  switch (act.type) {
    case 'override':
    case 'adjust':
      return propose(work, official, act);
    case 'confirm':
    case 'reject':
      return answerProposal(work, official, act.proposal, act.type === 'confirm');
    default:
      return assertNever(act);
  }
}

function propose(work: Work, official: Official, act: Change): Refusal | null {
  const fault = faultOf(work, act);
  if (fault) return fault;
  if (work.base.setup!.sheet.judging.confirm === 'one') return apply(work, act, official.name);
  return addProposal(work, official, act, textOf(work, act, write(new Work(work.state, work.at), act, '')));
}

/** What waits for a second person. */
export function addProposal(
  work: Work,
  { accountId, name }: Official,
  act: StageProposed['act'],
  text: string,
): Refusal | null {
  const { proposals, proposed } = work.desk;
  if (proposals.length >= 20) return refuse('live.stage.too-many-proposals');
  const id = proposed + 1;
  const proposal = { id, accountId, by: name, text, act };
  work.desk = { ...work.desk, proposed: id, proposals: [...proposals, proposal] };
  return null;
}

function answerProposal(work: Work, official: Official, id: number, agrees: boolean): Refusal | null {
  const proposal = work.desk.proposals.find((one) => one.id === id);
  if (!proposal) return refuse('live.stage.no-such-proposal', { proposal: id });
  if (agrees && proposal.accountId === official.accountId) return refuse('live.stage.second-person');
  work.desk = { ...work.desk, proposals: work.desk.proposals.filter((one) => one.id !== id) };
  if (!agrees) return null;
  return carryOut(work, proposal, `${proposal.by}、${official.name}`);
}

/** Between proposal and confirmation the line may have been undone, the question gone, the step followed by others. */
function carryOut(work: Work, { act }: StageProposed, by: string): Refusal | null {
  switch (act.type) {
    case 'override':
    case 'adjust':
      return faultOf(work, act) ?? apply(work, act, by);
    case 'void-question':
      if (work.play.item?.item !== act.item || !mayVoid(work.play)) return work.notNow();
      voidQuestion(work);
      return null;
    case 'undo':
      // The step itself is taken back by the event that follows.
      return isSameStep(work.base, act) ? null : refuse('live.stage.nothing-to-undo');
    default:
      return assertNever(act);
  }
}

function isSameStep({ history }: StageState, step: Pick<Checkpoint, 'at' | 'lines'>): boolean {
  const last = history.at(-1);
  return last?.at === step.at && last.lines === step.lines;
}

function faultOf(work: Work, act: Change): Refusal | null {
  if (act.type === 'adjust') {
    return work.play.teams[act.team - 1] ? null : refuse('live.stage.no-such-team', { team: act.team });
  }
  const line = work.state.ledger[act.line - 1];
  if (!line || line.undone || line.stake === null || line.of !== null) {
    return refuse('live.stage.no-such-line', { line: act.line });
  }
  const { verdict, isOfVoid } = standingOfLine(work.state.ledger, act.line);
  if (isOfVoid) return refuse('live.stage.question-void', { line: act.line });
  return verdict === act.verdict ? refuse('live.stage.same-verdict', { line: act.line }) : null;
}

/** 「第1队 评委改判 +20，第2队 −10」: the team it speaks of, then those whom it touches beside. */
function textOf(work: Work, act: Change, moves: ReadonlyMap<number, number>): string {
  const word = act.type === 'override' ? '评委改判' : act.discipline ? '违纪扣分' : '加减分';
  const [[team, points] = [0, 0], ...others] = moves;
  const beside = others
    .filter(([, moved]) => moved !== 0)
    .map(([one, moved]) => `，${work.name(one)} ${signed(moved)}`);
  return `${work.name(team)} ${word} ${signed(points)}${beside.join('')}`;
}

/** Writes the change, and what follows from the verdict: 抢救, 智力陷阱, chances that others had after it. Gives what each team gains. */
function write(work: Work, act: Change, note: string): Map<number, number> {
  const before = work.lines.length;
  if (act.type === 'adjust') {
    const { team, points } = act;
    work.score({ team, points, reason: act.discipline ? 'discipline' : 'adjust', note });
  } else {
    writeVerdict(work, act, note);
  }
  const moves = new Map<number, number>();
  for (const { team, points } of work.lines.slice(before)) moves.set(team, (moves.get(team) ?? 0) + points);
  return moves;
}

function writeVerdict(work: Work, act: Extract<Change, { type: 'override' }>, note: string): void {
  const { ledger } = work.state;
  const line = ledger[act.line - 1]!;
  const { item, team } = line;
  const points = moveTo(ledger, line, act.verdict);
  work.score({ team, points, reason: 'override', verdict: act.verdict, of: act.line, item, note });
  if (item !== null) work.square(item, note);
}

function apply(work: Work, act: Change, by: string): Refusal | null {
  const moves = write(work, act, `${act.reason}（${by}）`);
  const text = textOf(work, act, moves);
  const { item } = work.play;
  if (act.type === 'override' && item) {
    const { ledger } = work.state;
    const touched = new Set(work.lines.map((line) => line.of));
    const changed = (result: (typeof item.results)[number]) => {
      if (!touched.has(result.line)) return result;
      const { verdict, points } = standingOfLine(ledger, result.line);
      return { ...result, verdict: verdict ?? result.verdict, points };
    };
    work.setItem({ results: item.results.map(changed) });
  }
  const [[team, points] = [null, null]] = moves;
  work.cue(act.type === 'override' ? 'override' : 'adjust', team, points, text);
  return null;
}
