import type { BuzzDecision, BuzzFoul, BuzzPhase, BuzzPlace, BuzzView } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import type { FoulOutcome } from './foul-policy.js';

export type BuzzEvent =
  /** From now on a press is early. `quotas`: credit of every team that may press. */
  | {
      readonly type: 'buzz-armed';
      readonly buzz: number;
      readonly scope: BuzzScope;
      readonly teams: readonly string[];
      readonly quotas: Readonly<Record<string, number>>;
      readonly at: Instant;
    }
  | {
      readonly type: 'buzz-opened';
      readonly buzz: number;
      readonly openAt: Instant;
      readonly closeAt: Instant;
      readonly at: Instant;
      /** How early those were that pressed before anybody knew when it opens, in the order of their fouls. */
      readonly early: readonly { readonly team: string; readonly earlyMs: number }[];
    }
  | {
      readonly type: 'buzz-pressed';
      readonly buzz: number;
      readonly team: string;
      readonly seat: string;
      readonly reactionMs: number;
      readonly creditMs: number;
      readonly clampedMs: number;
      readonly arrivedAt: Instant;
      /** When the decision falls; the first press sets it. */
      readonly windowEndsAt: Instant;
    }
  | {
      readonly type: 'buzz-fouled';
      readonly buzz: number;
      readonly team: string;
      readonly seat: string;
      readonly earlyMs: number | null;
      readonly judgedAt: Instant;
      /** The team's nth of this round. */
      readonly foulNumber: number;
      readonly outcome: FoulOutcome;
    }
  | {
      readonly type: 'buzz-decided';
      readonly buzz: number;
      readonly winner: string;
      readonly order: readonly BuzzPlace[];
      readonly tooClose: boolean;
      readonly at: Instant;
    }
  /** Host or judge gave a buzz that was too close to a team, or to nobody. */
  | { readonly type: 'buzz-settled'; readonly buzz: number; readonly winner: string | null; readonly at: Instant }
  /** Nobody pressed in time, or nobody is left who may. */
  | { readonly type: 'buzz-silent'; readonly buzz: number; readonly at: Instant }
  | { readonly type: 'buzz-voided'; readonly buzz: number; readonly at: Instant }
  /** A pause or an outage is given back. */
  | { readonly type: 'buzz-shifted'; readonly buzz: number; readonly byMs: number };

/** A new round forgets the fouls, a new question gives new credit, `again` is the same question for those left. */
export type BuzzScope = 'round' | 'question' | 'again';

export interface BuzzState {
  /** Number of the buzz, from 1; 0 before the first. */
  readonly buzz: number;
  readonly phase: BuzzPhase;
  readonly openAt: Instant | null;
  readonly closeAt: Instant | null;
  readonly windowEndsAt: Instant | null;
  /** Teams that may press. */
  readonly teams: readonly string[];
  /** Accepted presses by order of arrival, one per seat. */
  readonly presses: readonly Extract<BuzzEvent, { type: 'buzz-pressed' }>[];
  readonly fouls: readonly (BuzzFoul & { readonly judgedAt: Instant })[];
  readonly decision: BuzzDecision | null;
  /** Credit left, by team. */
  readonly quotas: Readonly<Record<string, number>>;
  /** Fouls of this round, by team. */
  readonly foulsInRound: Readonly<Record<string, number>>;
  readonly barredForRound: readonly string[];
}

/** Plain JSON: a machine that holds it stores it as it is. */
export const emptyBuzz: BuzzState = {
  buzz: 0,
  phase: 'idle',
  openAt: null,
  closeAt: null,
  windowEndsAt: null,
  teams: [],
  presses: [],
  fouls: [],
  decision: null,
  quotas: {},
  foulsInRound: {},
  barredForRound: [],
};

/** What every audience may see; presses are nobody's business before the decision. */
export function buzzViewOf({ buzz, phase, openAt, closeAt, teams, fouls, decision }: BuzzState): BuzzView {
  const shown = fouls.map(({ team, seat, earlyMs, points, bars }) => ({ team, seat, earlyMs, points, bars }));
  return { buzz, phase, openAt, closeAt, teams, fouls: shown, decision };
}

/** False for the single presses, which only the host's log shows. */
export const isBuzzNews = (event: BuzzEvent): boolean => event.type !== 'buzz-pressed';
