import type {
  StageBuzz,
  StageFloor,
  StageProgrammeItem,
  StageQuestionView,
  StageReveal,
  StageRoundView,
  StageScene,
  StageTeamView,
} from '@xuekao/contracts';
import { choosingOf } from './choosing.js';
import { askedTeams, clueLines, hasMoreClues, stepsOf } from './flow.js';
import { helpsLeft } from './helps.js';
import { standingsOf, tiesOf } from './ledger.js';
import { looking } from './next-step.js';
import { questionOf, roundOf, stakeOf } from './stage-state.js';
import type { StageState } from './stage-state.js';
import { speakerOf } from './team-acts.js';

/** What everybody may see: nothing of a key before the reveal, no one's answer, no question ahead of time. */
export function sceneOf(state: StageState): StageScene {
  const { phase, step, clock, item, cue } = state.play;
  return {
    phase,
    step,
    paused: state.desk.pausedAt !== null,
    round: roundViewOf(state),
    floor: floorOf(state),
    choosing: phase === 'choosing' ? choosingOf(looking(state)) : null,
    question: questionViewOf(state),
    clock,
    buzz: buzzOf(state),
    finished: (item?.drafts ?? []).filter(({ finished }) => finished).map(({ team }) => team),
    results: (item?.results ?? []).map(({ team, verdict, points, again }) => ({ team, verdict, points, again })),
    reveal: revealOf(state),
    teams: teamsOf(state),
    tied: tiedOf(state),
    cue,
  };
}

export function programmeOf(state: StageState): StageProgrammeItem[] {
  return (state.setup?.sheet.rounds ?? []).map(({ id, title, brief, answer, via, stakes, staking }) => {
    return { id, title, ...(brief ? { brief } : {}), answer, via, stakes, staking };
  });
}

function roundViewOf(state: StageState): StageRoundView | null {
  const { round } = state.play;
  const rule = roundOf(state);
  return round && rule && { index: round.index, id: rule.id, title: rule.title, turn: round.turn, of: round.of };
}

function floorOf(state: StageState): StageFloor | null {
  const { turn, item } = state.play;
  const round = roundOf(state);
  if (!turn || !round) return null;
  const active = item?.active ?? [];
  const asked = active.length > 0 ? active : askedTeams(round, turn);
  const speaker = asked.length === 1 ? speakerOf(state, asked[0]!) : null;
  const person = item?.person ? (state.audience[item.person - 1]?.name ?? null) : null;
  const most = stepsOf(round);
  const steps = Number.isFinite(most) ? most : turn.step;
  return { teams: turn.floor, active, speaker: person ?? speaker?.name ?? null, step: turn.step, steps };
}

function questionViewOf(state: StageState): StageQuestionView | null {
  const { item } = state.play;
  const round = roundOf(state);
  const question = questionOf(state);
  if (!item || !round || !question) return null;
  const { type, options, targets, key, stem, material, pictures, optionPictures, targetPictures } = question;
  return {
    item: item.item,
    type,
    stem: round.staking === 'clue' ? clueLines(stem).slice(0, item.clues).join('\n') : stem,
    options,
    ...(targets ? { targets } : {}),
    ...(material ? { material } : {}),
    ...(pictures ? { pictures } : {}),
    ...(optionPictures ? { optionPictures } : {}),
    ...(targetPictures ? { targetPictures } : {}),
    blanks: 'blanks' in key ? key.blanks.length : 0,
    stake: stakeOf(round, item),
    via: round.via,
    hasMoreClues: hasMoreClues(state, round, item),
  };
}

/** Presses are nobody's business before the decision. */
function buzzOf(state: StageState): StageBuzz | null {
  const { item, buzz } = state.play;
  const round = roundOf(state);
  if (!item || !round?.buzz || (round.answer !== 'buzz' && !item.again)) return null;
  const { decision, fouls } = buzz;
  const early = fouls.map(({ team, earlyMs }) => ({ team: Number(team), ms: -(earlyMs ?? 0), foul: true }));
  const order = (decision?.order ?? []).map(({ team, reactionMs }) => ({
    team: Number(team),
    ms: reactionMs,
    foul: false,
  }));
  const barred = fouls.filter(({ bars }) => bars !== 'nothing').map(({ team }) => Number(team));
  const close = decision?.tooClose ? decision.order.filter(({ gapMs }, index) => index < 2 || gapMs < 15) : [];
  return {
    number: buzz.buzz,
    phase: buzz.phase,
    presses: [...early, ...order],
    winner: decision && !decision.tooClose && decision.winner !== null ? Number(decision.winner) : null,
    tooClose: close.map(({ team }) => Number(team)),
    barred: [...new Set([...barred, ...buzz.barredForRound.map(Number)])],
  };
}

function revealOf(state: StageState): StageReveal | null {
  const { phase, item } = state.play;
  const question = questionOf(state);
  if (phase !== 'revealed' || !item || !question) return null;
  const boards = item.drafts.flatMap(({ team, choice }) => (choice ? [{ team, choice }] : []));
  return { key: question.key, explanation: question.explanation, boards, histogram: item.histogram };
}

function teamsOf(state: StageState): StageTeamView[] {
  const standings = new Map(standingsOf(state).map((row) => [row.team, row]));
  const signedIn = new Set(state.signedIn);
  return state.play.seats.map((team) => {
    const { members, out, wrongs } = state.play.teams[team - 1]!;
    const playing = members.filter(({ role }) => role !== 'substitute');
    const { score, place } = standings.get(team)!;
    return {
      team,
      name: state.setup?.teams[team - 1]?.name ?? '',
      members: playing.map(({ name }) => name),
      captain: playing.find(({ role }) => role === 'captain')?.name ?? '',
      present: playing.filter(({ memberId }) => signedIn.has(memberId)).length,
      score,
      place,
      out,
      fouls: state.play.buzz.foulsInRound[String(team)] ?? 0,
      wrongs,
      helps: helpsLeft(state, team),
    };
  });
}

function tiedOf(state: StageState): number[] {
  if (state.play.phase !== 'standings' && state.play.phase !== 'podium') return [];
  const places = (state.setup?.sheet.rounds ?? []).map(({ turns }) => (turns.kind === 'tied' ? turns.places : 0));
  return tiesOf(standingsOf(state), Math.max(0, ...places)).flat();
}
