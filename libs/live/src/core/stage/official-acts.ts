import type { StageHostAct, StageNext, StageVerdict } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { buzz } from './buzz-round.js';
import { addProposal, decideScoreAct } from './changes.js';
import { choose } from './choosing.js';
import { advance, endRound, hasMore, hasMoreClues, startRound } from './flow.js';
import { useHelp } from './helps.js';
import { begin, closeAnswering, closeAudience, closeItem, settle, startAnswering, startAudience } from './judging.js';
import { foulPointsOf } from './ledger.js';
import { hasQuestions, isQuiet, mayVoid } from './may.js';
import { nextOf } from './next-step.js';
import { roundOf } from './stage-state.js';
import type { StageCommand } from './stage-events.js';
import { finishDraft } from './team-acts.js';
import { voidQuestion, voidText } from './void-question.js';
import { signed } from './work.js';
import type { Work } from './work.js';

type Official = Extract<StageCommand, { type: 'official' }>;
const judgeActs = ['judge', 'override', 'adjust', 'award-buzz', 'confirm', 'reject'];
const whilePaused = ['resume', 'override', 'adjust', 'confirm', 'reject', 'substitute', 'undo', 'end'];

/** Consoles share one baton; judges act beside it, within what is theirs. */
export function decideOfficial(work: Work, command: Official): Refusal | null {
  const { role, console, name, act, expect } = command;
  if (work.play.phase === 'ended') return refuse('live.room.ended');
  if (role === 'judge' && !judgeActs.includes(act.type)) return refuse('live.stage.not-for-judges', { act: act.type });
  if (role === 'host' && console !== null) {
    const { baton } = work.desk;
    const takes = act.type === 'take-baton' || baton === null;
    if (!takes && baton.console !== console) return refuse('live.baton.elsewhere', { holder: baton.name });
    if (baton?.console !== console) work.desk = { ...work.desk, baton: { console, name } };
  }
  if (expect !== null && expect !== work.play.step) {
    return refuse('live.command.out-of-step', { phase: work.play.phase, step: work.play.step });
  }
  if (work.desk.pausedAt !== null && !whilePaused.includes(act.type) && act.type !== 'take-baton') {
    return refuse('live.room.paused');
  }
  return decideAct(work, command, act);
}

function decideAct(work: Work, command: Official, act: StageHostAct): Refusal | null {
  switch (act.type) {
    case 'next': {
      const next = nextOf(work.state);
      return next === null ? work.notNow() : decideNext(work, next);
    }
    case 'go-round': {
      const round = work.base.setup!.sheet.rounds[act.round];
      const isUsed = round !== undefined && !hasQuestions(work.state, round);
      return isUsed ? refuse('live.stage.round-used', { round: round.title }) : goRound(work, act.round);
    }
    case 'draw':
      return draw(work, act.what);
    case 'choose':
      return choose(work, act.choice);
    case 'begin':
      if (work.play.clock?.kind !== 'start') return work.notNow();
      begin(work);
      return null;
    case 'clue':
      return clue(work);
    case 'finish':
      return finishDraft(work, act.team);
    case 'help':
      return useHelp(work, act.team, act.help);
    case 'award-buzz':
      return awardBuzz(work, act.team);
    case 'foul':
      return foul(work, act.team, act.reason);
    case 'void-question':
      return proposeVoid(work, command, act.reason);
    case 'substitute':
      return substitute(work, act.team, act.out, act.in);
    case 'judge':
      return judge(work, command, act.team, act.verdict);
    case 'override':
    case 'adjust':
    case 'confirm':
    case 'reject':
      return decideScoreAct(work, command, act);
    case 'pause':
    case 'resume':
    case 'take-baton':
    case 'undo':
      return null;
    default:
      return decideNext(work, act.type);
  }
}

/** A step of the big button, by name: possible where it is the next one, and a few where it is not. */
function decideNext(work: Work, next: StageNext): Refusal | null {
  const { phase } = work.play;
  const isNext = nextOf(work.state) === next;
  const anyTime: readonly StageNext[] = ['standings', 'podium', 'end'];
  const isQuiet = ['lobby', 'intro', 'judged', 'revealed', 'standings', 'podium'].includes(phase);
  if (!isNext && !(isQuiet && anyTime.includes(next))) return work.notNow();
  switch (next) {
    case 'intro':
      return goRound(work, (work.play.round?.index ?? -1) + 1);
    case 'show':
      advance(work);
      return null;
    case 'start':
      startAnswering(work);
      return null;
    case 'open':
      return buzz(work, { type: 'open' });
    case 'close':
      return close(work);
    case 'reveal':
      work.enter('revealed');
      return null;
    case 'audience':
      startAudience(work);
      return null;
    case 'standings':
      // Before the round is over it is a look in between; the round goes on after it.
      if (hasMore(work) || !work.play.round || work.play.round.isOver) work.set({ item: null }).enter('standings');
      else endRound(work);
      return null;
    case 'podium':
      work.set({ turn: null, item: null }).enter('podium');
      return null;
    case 'end':
      work.enter('ended');
      work.desk = { ...work.desk, endedAt: work.now };
      return null;
    default:
      return assertNever(next);
  }
}

function close(work: Work): Refusal | null {
  if (work.play.phase === 'buzzing') return buzz(work, { type: 'close' });
  if (work.play.phase === 'audience') closeAudience(work);
  else if (work.play.phase === 'question') closeItem(work);
  else closeAnswering(work);
  return null;
}

function goRound(work: Work, index: number): Refusal | null {
  if (!isQuiet(work.play.phase)) return work.notNow();
  if (!work.base.setup!.sheet.rounds[index]) return refuse('live.stage.no-such-round', { round: index });
  startRound(work, index);
  return null;
}

function draw(work: Work, what: 'seats' | 'sets'): Refusal | null {
  if (work.play.phase !== 'lobby' && work.play.phase !== 'intro') return work.notNow();
  const drawn = work.at.rng.shuffle(work.play.teams.map(({ team }) => team));
  work.set(what === 'seats' ? { seats: drawn } : { sets: drawn });
  work.cue('drawn', null, null, what === 'seats' ? '席位抽签完成' : '题组抽签完成');
  return null;
}

function clue(work: Work): Refusal | null {
  const { item, phase } = work.play;
  if (!item || !['question', 'buzzing', 'answering'].includes(phase)) return work.notNow();
  if (!hasMoreClues(work.state, work.round, item)) return work.notNow();
  work.setItem({ clues: item.clues + 1, stake: Math.min(item.stake + 1, work.round.stakes.length - 1) });
  return null;
}

function awardBuzz(work: Work, team: number | null): Refusal | null {
  if (work.play.phase !== 'buzzing') return work.notNow();
  return buzz(work, { type: 'settle', team: team === null ? null : String(team) });
}

/** A foul only people see (提示、插话): the team's answer is void, and it loses what a foul costs. */
function foul(work: Work, team: number, reason: string): Refusal | null {
  if (!work.play.teams[team - 1]) return refuse('live.stage.no-such-team', { team });
  const points = foulPointsOf(roundOf(work.state));
  work.score({ team, points, reason: 'foul', note: reason });
  work.cue('foul', team, points, `${work.name(team)} 犯规${points === 0 ? '' : ` ${signed(points)}`}`);
  const isAnswering = work.play.phase === 'answering' || work.play.phase === 'judging';
  if (isAnswering && work.item.active.includes(team)) settle(work, team, 'void');
  return null;
}

/** With two to confirm a change of points, one alone takes back none by 作废. */
function proposeVoid(work: Work, official: Official, reason: string): Refusal | null {
  const { item } = work.play;
  if (!item || !mayVoid(work.play)) return work.notNow();
  const moves = voidText(work);
  if (work.base.setup!.sheet.judging.confirm === 'two' && moves !== '') {
    return addProposal(work, official, { type: 'void-question', item: item.item, reason }, `作废本题：${moves}`);
  }
  voidQuestion(work);
  return null;
}

function substitute(work: Work, team: number, out: string, into: string): Refusal | null {
  const members = work.play.teams[team - 1]?.members ?? [];
  const leaving = members.find(({ memberId, role }) => memberId === out && role !== 'substitute');
  const coming = members.find(({ memberId, role }) => memberId === into && role === 'substitute');
  if (!leaving || !coming) return refuse('live.stage.no-substitute', { team });
  const swapped = members.map((member) => {
    if (member === leaving) return { ...coming, role: leaving.role };
    return member === coming ? { ...leaving, role: 'substitute' as const } : member;
  });
  work.setTeam(team, { members: swapped });
  return null;
}

function judge(work: Work, { role }: Official, team: number, verdict: StageVerdict): Refusal | null {
  const { item, phase } = work.play;
  const { judging } = work.base.setup!.sheet;
  if (judging.by === 'judges' && role === 'host') return refuse('live.stage.judges-decide');
  const isOne = phase === 'judging' || (phase === 'answering' && item?.active.length === 1);
  if (!item || !isOne) return work.notNow();
  if (!item.active.includes(team)) return refuse('live.stage.not-to-judge', { team });
  settle(work, team, verdict);
  return null;
}
