import { stagePhases } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { isCorrect, parseChoice } from '../grading.js';
import { buzz, buzzDeadline, press } from './buzz-round.js';
import { causeOf } from './cause.js';
import { partsOf } from './delta.js';
import { afterMove } from './evolve-stage.js';
import { closeAnswering, closeAudience, settle } from './judging.js';
import { decideOfficial } from './official-acts.js';
import { newsOf } from './news.js';
import type { StageCause, StageCommand, StageEvent } from './stage-events.js';
import { graceMs, leadMs, questionOf, roundOf, shiftedClock, teamOfMember } from './stage-state.js';
import type { StageState } from './stage-state.js';
import { decideTeam, enterDraft } from './team-acts.js';
import { decideUndo, isUndo, proposeUndo } from './undo.js';
import { Work } from './work.js';
import type { StageNow } from './work.js';

type Decision = readonly StageEvent[] | Refusal;
type Command<Type extends StageCommand['type']> = Extract<StageCommand, { type: Type }>;

/** The whole of the contest's rules: what follows from a command in a state at an instant. Changes nothing. */
export function decideStage(state: StageState, command: StageCommand, at: StageNow): Decision {
  if (command.type === 'prepare') {
    return state.setup ? [] : [{ type: 'stage-prepared', setup: command.setup, at: at.now }];
  }
  if (!state.setup) return refuse('live.room.not-ready');
  switch (command.type) {
    case 'join':
      return decideJoin(state, command);
    case 'audience':
      return decideAudience(state, command, at);
    case 'official':
      if (isUndo(state, command.act)) return decideUndo(state, command, at);
      return decided(state, at, causeOf(state, command), (work) => officialMove(work, command));
    case 'team': {
      const team = teamOfMember(state, command.memberId);
      if (team === null) return refuse('live.seat.unknown');
      const { memberId, act } = command;
      return decided(state, at, causeOf(state, command), (work) => decideTeam(work, team, memberId, act));
    }
    case 'buzz':
      return decided(state, at, causeOf(state, command), (work) => decidePress(work, command));
    case 'clock':
      return decided(state, at, causeOf(state, command), (work) => decideClock(work, command));
    case 'outage':
      return decided(state, at, causeOf(state, command), (work) => giveBack(work, command.to - command.from));
    default:
      // A message of another kind of room that was sent to this one.
      command satisfies never;
      return refuse('live.room.other-kind');
  }
}

function decideJoin(state: StageState, { memberId, name, unitName }: Command<'join'>): Decision {
  if (state.play.phase === 'ended') return refuse('live.room.ended');
  if (teamOfMember(state, memberId) === null) {
    if (state.audienceOf.has(memberId)) return [];
    return [{ type: 'audience-seated', seat: state.audience.length + 1, memberId, name, unitName }];
  }
  if (state.signedIn.includes(memberId)) return [];
  const after = { ...state, signedIn: [...state.signedIn, memberId] };
  return [{ type: 'signed-in', memberId }, ...newsOf(state, after)];
}

function decideAudience(state: StageState, command: Command<'audience'>, at: StageNow): Decision {
  const seat = state.audience[(state.audienceOf.get(command.memberId) ?? 0) - 1];
  if (!seat) return refuse('live.seat.unknown');
  if (state.desk.pausedAt !== null) return refuse('live.room.paused');
  const { item, phase, clock, turn } = state.play;
  const closed = refuse('live.answer.closed', { number: command.item });
  if (!item || item.item !== command.item) return closed;
  const [floor] = turn?.floor ?? [];
  if (item.person === seat.seat && phase === 'answering' && floor !== undefined) {
    return decided(state, at, causeOf(state, command), (work) => enterDraft(work, floor, command.choice));
  }
  const question = questionOf(state);
  if (phase !== 'audience' || !clock || !question || at.now > clock.until + graceMs) return closed;
  if (seat.item === item.item) return refuse('live.answer.already', { number: command.item });
  const choice = parseChoice(question, command.choice);
  if (!choice) return refuse('live.answer.invalid', { type: question.type });
  const correct = isCorrect(question, choice, at.rules);
  return [{ type: 'audience-answered', seat: seat.seat, choice, correct }];
}

function officialMove(work: Work, command: Command<'official'>): Refusal | null {
  const fault = decideOfficial(work, command);
  if (fault) return fault;
  const { pausedAt } = work.base.desk;
  switch (command.act.type) {
    case 'pause':
      if (pausedAt !== null) return work.notNow();
      work.desk = { ...work.desk, pausedAt: work.now };
      return null;
    case 'resume':
      if (pausedAt === null) return work.notNow();
      work.desk = { ...work.desk, pausedAt: null };
      return giveBack(work, work.now - pausedAt + (work.play.clock ? leadMs : 0));
    case 'undo':
      return proposeUndo(work, command, command.act.reason);
    default:
      return null;
  }
}

function decidePress(work: Work, { seat, buzz: number, arrivedAt, claimedAt, rttMs }: Command<'buzz'>): Refusal | null {
  const team = teamOfMember(work.base, seat);
  if (team === null) return refuse('live.seat.unknown');
  if (work.desk.pausedAt !== null) return refuse('live.room.paused');
  const member = work.team(team).members.find(({ memberId }) => memberId === seat);
  if (member?.role === 'substitute') return refuse('live.stage.substitute');
  return press(work, number, { team: String(team), seat, arrivedAt, claimedAt, rttMs });
}

/** The next instant at which the contest moves by itself; null while it waits for people. */
export function nextStageDeadline(state: StageState): { at: number; command: StageCommand } | null {
  const { phase, clock, step, item, buzz: buzzer } = state.play;
  const round = roundOf(state);
  if (!round || state.desk.pausedAt !== null) return null;
  const command = { type: 'clock', step, item: item?.item ?? 0 } as const;
  if (phase === 'buzzing') {
    const at = buzzer.phase === 'decided' ? null : buzzDeadline(state.play, round);
    return at === null ? null : { at, command };
  }
  if ((phase !== 'answering' && phase !== 'audience') || !clock) return null;
  return { at: clock.until + graceMs + 1, command };
}

function decideClock(work: Work, { step, item }: Command<'clock'>): Refusal | null {
  const due = nextStageDeadline(work.base);
  const { play } = work;
  if (!due || work.now < due.at || step !== play.step || item !== (play.item?.item ?? 0)) return null;
  if (play.phase === 'buzzing') return buzz(work, { type: 'clock' });
  if (play.phase === 'audience') {
    closeAudience(work);
    return null;
  }
  const [team] = work.item.active;
  const isHesitation = play.clock?.kind === 'start' && work.round.via === 'device';
  if (isHesitation && team !== undefined) settle(work, team, 'none');
  else closeAnswering(work);
  return null;
}

/** An outage or a pause counts for nobody. */
function giveBack(work: Work, byMs: number): Refusal | null {
  if (byMs <= 0) return null;
  const { clock, phase } = work.play;
  work.set({ clock: shiftedClock(clock, byMs) });
  return phase === 'buzzing' ? buzz(work, { type: 'shift', byMs }) : null;
}

/** The events of a move: what changed, and what each role may see of it. */
function decided(state: StageState, at: StageNow, cause: StageCause, move: (work: Work) => Refusal | null): Decision {
  const work = new Work(state, at);
  const fault = move(work);
  if (fault && isRefusal(fault)) return fault;
  const play = partsOf(state.play, work.play);
  const desk = partsOf(state.desk, work.desk);
  if (Object.keys(play).length === 0 && Object.keys(desk).length === 0 && work.lines.length === 0) return [];
  const isStep = work.play.step !== state.play.step || work.lines.length > 0;
  const label = isStep ? labelOf(state, work) : null;
  const since = state.desk.pausedAt ?? at.now;
  const event = { type: 'moved', cause, at: since, play, desk, lines: work.lines, label } as const;
  return [event, ...newsOf(state, afterMove(state, event))];
}

function labelOf(state: StageState, work: Work): string {
  const { cue, phase } = work.play;
  return cue && cue.n !== state.play.cue?.n ? cue.text : `进入“${stagePhases[phase]}”`;
}
