import type { StageCue, StagePhase, StageReason, StageRound, StageVerdict } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Instant, Refusal, Rng } from '@xuekao/kernel';
import type { QuizRules } from '../grading.js';
import { missingLines } from './dues.js';
import { roundOf } from './stage-state.js';
import type {
  ItemPlay,
  RoundPlay,
  StageClockPlay,
  StageDesk,
  StageLine,
  StagePlay,
  StageState,
  StageTeam,
} from './stage-state.js';

/** What a decision needs beside the state. */
export interface StageNow {
  readonly now: Instant;
  readonly rng: Rng;
  readonly rules: QuizRules;
}

interface NewLine {
  readonly team: number;
  readonly points: number;
  readonly reason: StageReason;
  readonly verdict?: StageVerdict | null;
  readonly note?: string | null;
  readonly stake?: StageLine['stake'];
  readonly of?: number | null;
  /** The question it belongs to, where that is not the one on show. */
  readonly item?: number | null;
  /** What else follows from the verdict. */
  readonly follows?: Pick<StageLine, 'again' | 'softened' | 'trappers'>;
}

/** A decision in the making: a state laid over the former one, which stays as it is. */
export class Work {
  play: StagePlay;
  desk: StageDesk;
  readonly lines: StageLine[] = [];

  constructor(
    readonly base: StageState,
    readonly at: StageNow,
  ) {
    this.play = base.play;
    this.desk = base.desk;
  }

  get state(): StageState {
    const ledger = this.lines.length === 0 ? this.base.ledger : [...this.base.ledger, ...this.lines];
    return { ...this.base, play: this.play, desk: this.desk, ledger };
  }

  get now(): Instant {
    return this.at.now;
  }

  get round(): StageRound {
    const round = roundOf({ ...this.base, play: this.play });
    if (!round) throw new Error(`No round is under way in stage room ${this.base.roomId}`);
    return round;
  }

  get item(): ItemPlay {
    if (!this.play.item) throw new Error(`No question is on show in stage room ${this.base.roomId}`);
    return this.play.item;
  }

  set(patch: Partial<StagePlay>): this {
    this.play = { ...this.play, ...patch };
    return this;
  }

  /** A new phase is a new step: acts that meant the former one are refused. */
  enter(phase: StagePhase, clock: StageClockPlay | null = null): this {
    return this.set({ phase, clock, step: this.play.step + 1 });
  }

  setItem(patch: Partial<ItemPlay>): this {
    return this.set({ item: { ...this.item, ...patch } });
  }

  setRound(patch: Partial<RoundPlay>): this {
    if (!this.play.round) throw new Error(`No round is under way in stage room ${this.base.roomId}`);
    return this.set({ round: { ...this.play.round, ...patch } });
  }

  team(team: number): StageTeam {
    return this.play.teams[team - 1]!;
  }

  setTeam(team: number, patch: Partial<StageTeam>): this {
    return this.set({ teams: this.play.teams.map((one) => (one.team === team ? { ...one, ...patch } : one)) });
  }

  /** Moves points; a line of nothing is written where it carries a verdict. Gives the line's number. */
  score({ team, points, reason, verdict = null, note = null, stake = null, of = null, ...given }: NewLine): number {
    const line = this.base.ledger.length + this.lines.length + 1;
    const item = given.item ?? this.play.item?.item ?? null;
    const about = { team, points, reason, item, verdict, note, undone: false, stake, of };
    this.lines.push({ line, at: this.now, ...about, ...given.follows });
    return line;
  }

  /** Writes what the verdicts of a question bring or take beside their own points. */
  square(item: number, note: string | null = null): void {
    for (const line of missingLines(this.state.ledger, item)) this.score({ ...line, item, note });
  }

  cue(type: StageCue['type'], team: number | null, points: number | null, text: string): this {
    return this.set({ cue: { n: (this.play.cue?.n ?? 0) + 1, type, team, points, text } });
  }

  name(team: number): string {
    return this.base.setup?.teams[team - 1]?.name ?? `第${team}队`;
  }

  notNow(): Refusal {
    return refuse('live.command.not-now', { phase: this.play.phase });
  }
}

/** 「+10」「−5」「+2.5」 */
export function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points) / 100}`;
}
