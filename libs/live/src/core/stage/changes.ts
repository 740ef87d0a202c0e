import type { StageJudgeAct } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { pointsOf, standingOfLine } from './ledger.js';
import type { StageCommand } from './stage-events.js';
import type { StageProposed } from './stage-state.js';
import { signed } from './work.js';
import type { Work } from './work.js';

type Official = Extract<StageCommand, { type: 'official' }>;
type Change = StageProposed['act'];
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

function propose(work: Work, { accountId, name }: Official, act: Change): Refusal | null {
  const fault = faultOf(work, act);
  if (fault) return fault;
  if (work.base.setup!.sheet.judging.confirm === 'one') return apply(work, act, name);
  const { proposals, proposed } = work.desk;
  if (proposals.length >= 20) return refuse('live.stage.too-many-proposals');
  const id = proposed + 1;
  const proposal = { id, accountId, by: name, text: textOf(work, act), act };
  work.desk = { ...work.desk, proposed: id, proposals: [...proposals, proposal] };
  return null;
}

function answerProposal(work: Work, official: Official, id: number, agrees: boolean): Refusal | null {
  const proposal = work.desk.proposals.find((one) => one.id === id);
  if (!proposal) return refuse('live.stage.no-such-proposal', { proposal: id });
  if (agrees && proposal.accountId === official.accountId) return refuse('live.stage.second-person');
  work.desk = { ...work.desk, proposals: work.desk.proposals.filter((one) => one.id !== id) };
  if (!agrees) return null;
  // Between proposal and confirmation the line may have been undone.
  return faultOf(work, proposal.act) ?? apply(work, proposal.act, `${proposal.by}、${official.name}`);
}

function faultOf(work: Work, act: Change): Refusal | null {
  if (act.type === 'adjust') {
    return work.play.teams[act.team - 1] ? null : refuse('live.stage.no-such-team', { team: act.team });
  }
  const line = work.state.ledger[act.line - 1];
  if (!line || line.undone || line.stake === null || line.of !== null) {
    return refuse('live.stage.no-such-line', { line: act.line });
  }
  const { verdict } = standingOfLine(work.state.ledger, act.line);
  return verdict === act.verdict ? refuse('live.stage.same-verdict', { line: act.line }) : null;
}

/** The points that the change moves. */
function difference(work: Work, act: Change): { readonly team: number; readonly points: number } {
  if (act.type === 'adjust') return { team: act.team, points: act.points };
  const { team, stake } = work.state.ledger[act.line - 1]!;
  const points = pointsOf(stake!, act.verdict) - standingOfLine(work.state.ledger, act.line).points;
  return { team, points };
}

function textOf(work: Work, act: Change): string {
  const { team, points } = difference(work, act);
  const word = act.type === 'override' ? '评委改判' : act.discipline ? '违纪扣分' : '加减分';
  return `${work.name(team)} ${word} ${signed(points)}`;
}

function apply(work: Work, act: Change, by: string): Refusal | null {
  const { team, points } = difference(work, act);
  const text = textOf(work, act);
  const note = `${act.reason}（${by}）`;
  if (act.type === 'adjust') {
    work.score({ team, points, reason: act.discipline ? 'discipline' : 'adjust', note });
  } else {
    work.score({ team, points, reason: 'override', verdict: act.verdict, of: act.line, note });
    const { item } = work.play;
    if (item?.results.some(({ line }) => line === act.line)) {
      const changed = (result: (typeof item.results)[number]) =>
        result.line === act.line ? { ...result, verdict: act.verdict, points: result.points + points } : result;
      work.setItem({ results: item.results.map(changed) });
    }
  }
  work.cue(act.type === 'override' ? 'override' : 'adjust', team, points, text);
  return null;
}
