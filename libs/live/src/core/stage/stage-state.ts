import type {
  QuizChoice,
  QuizHistogram,
  StageCue,
  StageHelpKind,
  StageLedgerLine,
  StageMemberRole,
  StagePhase,
  StageRound,
  StageSheet,
  StageStake,
  StageVerdict,
} from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import type { BuzzState } from '../buzzer/index.js';
import { emptyBuzz } from '../buzzer/index.js';
import type { QuizQuestion } from '../quiz-state.js';

export interface StageMember {
  readonly memberId: string;
  readonly name: string;
  readonly role: StageMemberRole;
  readonly unitId: string;
  readonly unitName: string;
}

export interface StageTeamSetup {
  readonly name: string;
  readonly members: readonly StageMember[];
}

/** Questions of a round in their order, as pinned when the contest was made. */
export interface StagePile {
  readonly round: string;
  readonly pile: number;
  readonly questions: readonly QuizQuestion[];
}

export interface StageSetup {
  readonly title: string;
  readonly rehearsal: boolean;
  readonly sheet: StageSheet;
  readonly teams: readonly StageTeamSetup[];
  readonly piles: readonly StagePile[];
}

/** A team as the contest changes it. */
export interface StageTeam {
  readonly team: number;
  /** Substitution changes roles. */
  readonly members: readonly StageMember[];
  readonly out: boolean;
  readonly wrongs: number;
  /** Questions the team has had in the round, for 轮流 and 队长先答. */
  readonly asked: number;
  readonly helps: Readonly<Partial<Record<StageHelpKind, number>>>;
  /** Place given by leaving (擂台, 一战到底); null while none. */
  readonly exitPlace: number | null;
  /** Rank among those of equal points, by overtime; smaller is better. */
  readonly overtime: number;
}

export interface RoundPlay {
  readonly index: number;
  /** Floors still to come in this lap or in all; what depends on scores is drawn when its time comes. */
  readonly queue: readonly (readonly number[])[];
  readonly lap: number;
  readonly turn: number;
  readonly of: number | null;
  /** Teams in the order in which they left. */
  readonly exits: readonly number[];
  /** 擂主 */
  readonly holder: number | null;
  readonly isOver: boolean;
  /** First ledger line of the round. */
  readonly fromLine: number;
}

export interface TurnPlay {
  readonly floor: readonly number[];
  /** Questions had, the one on show included. */
  readonly step: number;
  readonly isOver: boolean;
}

export interface StageDraft {
  readonly team: number;
  readonly choice: QuizChoice | null;
  readonly finished: boolean;
}

export interface ItemResult {
  readonly team: number;
  readonly verdict: StageVerdict;
  readonly points: number;
  readonly again: boolean;
  readonly line: number;
}

/** The question on show. */
export interface ItemPlay {
  readonly item: number;
  readonly round: string;
  readonly pile: number;
  readonly index: number;
  readonly stake: number;
  readonly clues: number;
  /** Who may answer now. */
  readonly active: readonly number[];
  /** 智力陷阱: who shares what the floor loses. */
  readonly trappers?: readonly number[];
  /** Who has had his chance. */
  readonly tried: readonly number[];
  /** Second chances used. */
  readonly chances: number;
  /** The answer awaited is a second chance. */
  readonly again: boolean;
  readonly begun: boolean;
  readonly drafts: readonly StageDraft[];
  readonly results: readonly ItemResult[];
  /** Audience seat that answers for the floor. */
  readonly person: number | null;
  readonly audienceAsked: boolean;
  /** `repeat`: another question takes its place; `gone`: it does not. */
  readonly voided: 'repeat' | 'gone' | null;
  readonly histogram: QuizHistogram | null;
}

export interface StageClockPlay {
  readonly kind: 'buzz' | 'start' | 'answer' | 'run' | 'audience';
  readonly from: Instant;
  readonly until: Instant;
}

/** How the teams stood when the question on show came: a void gives it back. */
export interface StageBefore {
  readonly teams: readonly Omit<StageTeam, 'team' | 'members'>[];
  readonly exits: readonly number[];
}

/** All that an undo restores. Plain JSON and never changed in place. */
export interface StagePlay {
  readonly phase: StagePhase;
  readonly step: number;
  readonly items: number;
  readonly round: RoundPlay | null;
  readonly turn: TurnPlay | null;
  readonly item: ItemPlay | null;
  readonly before: StageBefore;
  readonly clock: StageClockPlay | null;
  readonly buzz: BuzzState;
  readonly teams: readonly StageTeam[];
  /** Team numbers in the order of their seats. */
  readonly seats: readonly number[];
  /** Question set of each team, by team − 1. */
  readonly sets: readonly number[];
  /** Indices used, by `round/pile`. */
  readonly used: Readonly<Record<string, readonly number[]>>;
  readonly cue: StageCue | null;
}

/** What an undo leaves alone. */
export interface StageDesk {
  readonly pausedAt: Instant | null;
  readonly baton: { readonly console: string; readonly name: string } | null;
  readonly proposals: readonly StageProposed[];
  readonly proposed: number;
  readonly endedAt: Instant | null;
}

export interface StageProposed {
  readonly id: number;
  readonly accountId: string;
  readonly by: string;
  readonly text: string;
  readonly act:
    | { readonly type: 'override'; readonly line: number; readonly verdict: StageVerdict; readonly reason: string }
    | {
        readonly type: 'adjust';
        readonly team: number;
        readonly points: number;
        readonly discipline: boolean;
        readonly reason: string;
      }
    | { readonly type: 'void-question'; readonly item: number; readonly reason: string }
    /** The step it would take back, so that it takes back no other. */
    | { readonly type: 'undo'; readonly at: Instant; readonly lines: number; readonly reason: string };
}

export interface StageLine extends StageLedgerLine {
  /** What was at stake, for a later change of the verdict. */
  readonly stake: StageStake | null;
  /** The line whose verdict this one changes. */
  readonly of: number | null;
  /** A second chance: it counts only while nobody before it was right. */
  readonly again?: true;
  /** 抢救: what the first team still loses when this answer is right. */
  readonly softened?: number;
  /** 智力陷阱: who shares what this answer loses. */
  readonly trappers?: readonly number[];
}

export interface Checkpoint {
  readonly label: string;
  readonly at: Instant;
  readonly play: StagePlay;
  readonly lines: number;
}

export interface AudienceSeat {
  readonly seat: number;
  readonly memberId: string;
  readonly name: string;
  readonly unitName: string;
  /** Questions that he had right: not those that were taken back or voided. */
  rightIn: number[];
  /** The question of `choice` and `correct`. */
  item: number | null;
  choice: QuizChoice | null;
  correct: boolean | null;
}

export interface StageState {
  readonly roomId: string;
  readonly setup: StageSetup | null;
  readonly play: StagePlay;
  readonly desk: StageDesk;
  readonly ledger: readonly StageLine[];
  readonly history: readonly Checkpoint[];
  readonly signedIn: readonly string[];
  /** Changed in place: thousands may sit here. */
  readonly audience: AudienceSeat[];
  readonly audienceOf: Map<string, number>;
  readonly answered: number;
}

export const undoMost = 20;
/** An answer on its way when time runs out still counts. */
export const graceMs = 300;
/** Buttons open together this much later than they are ordered. */
export const leadMs = 400;

export function emptyStage(roomId: string): StageState {
  return {
    roomId,
    setup: null,
    play: {
      phase: 'lobby',
      step: 1,
      items: 0,
      round: null,
      turn: null,
      item: null,
      before: { teams: [], exits: [] },
      clock: null,
      buzz: emptyBuzz,
      teams: [],
      seats: [],
      sets: [],
      used: {},
      cue: null,
    },
    desk: { pausedAt: null, baton: null, proposals: [], proposed: 0, endedAt: null },
    ledger: [],
    history: [],
    signedIn: [],
    audience: [],
    audienceOf: new Map(),
    answered: 0,
  };
}

export function encodeStage(state: StageState): string {
  return JSON.stringify({ ...state, audienceOf: undefined });
}

export function decodeStage(text: string): StageState {
  const stored = JSON.parse(text) as Omit<StageState, 'audienceOf'>;
  return { ...stored, audienceOf: new Map(stored.audience.map(({ memberId, seat }) => [memberId, seat])) };
}

export function sheetOf(state: StageState): StageSheet {
  if (!state.setup) throw new Error(`Stage room ${state.roomId} has no setup`);
  return state.setup.sheet;
}

export function roundOf(state: StageState): StageRound | null {
  const { round } = state.play;
  return state.setup && round ? (state.setup.sheet.rounds[round.index] ?? null) : null;
}

export function questionOf(state: StageState): QuizQuestion | null {
  const { item } = state.play;
  if (!item || !state.setup) return null;
  const pile = state.setup.piles.find((one) => one.round === item.round && one.pile === item.pile);
  return pile?.questions[item.index] ?? null;
}

export function teamOfMember(state: StageState, memberId: string): number | null {
  const found = state.play.teams.find(({ members }) => members.some((member) => member.memberId === memberId));
  return found?.team ?? null;
}

/** The stake of the question on show. */
export function stakeOf(round: StageRound, item: ItemPlay): StageStake {
  const own = round.stakes[Math.min(item.stake, round.stakes.length - 1)]!;
  return item.again && round.again ? round.again.stake : own;
}

export function shiftedClock(clock: StageClockPlay | null, byMs: number): StageClockPlay | null {
  return clock && { ...clock, from: clock.from + byMs, until: clock.until + byMs };
}
