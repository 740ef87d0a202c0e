import type { RoomReceipt } from './rooms.js';
import type { SocketReply } from './socket.js';

/** What a press before the opening costs. Source: live.md §5, 违规抢答. */
export const foulPolicies = {
  V1: '扣分，本题作废',
  V2: '扣分，该队本题不得再抢，其他队继续',
  V3: '首次失去本题，再犯另扣分',
  V4: '首次失去本题，第二次扣分，第三次退出本环节',
  V5: '提前按下无效，不处罚',
} as const;
export type FoulPolicy = keyof typeof foulPolicies;

/** Phases of one buzz. */
export const buzzPhases = {
  idle: '未开始',
  armed: '读题中',
  open: '请抢答',
  deciding: '判定中',
  decided: '已抢到',
  silent: '无人抢答',
  void: '本题作废',
} as const;
export type BuzzPhase = keyof typeof buzzPhases;

/** One team's best press of a buzz, in the order of the decision. */
export interface BuzzPlace {
  readonly team: string;
  readonly seat: string;
  /** From the opening to the judged press. */
  readonly reactionMs: number;
  /** Behind the first. */
  readonly gapMs: number;
  /** How much of the way to the server was given back. */
  readonly creditMs: number;
  /** How much more the device claimed than it was given: large values are a wrong or a forged clock. */
  readonly clampedMs: number;
}

export interface BuzzDecision {
  /** First by judged time; with `tooClose` only until the host has settled it. Null where the host gave it to nobody. */
  readonly winner: string | null;
  readonly order: readonly BuzzPlace[];
  /** The second pressed within the threshold: host or judge decide. */
  readonly tooClose: boolean;
}

export interface BuzzFoul {
  readonly team: string;
  readonly seat: string;
  /** Before the opening; null while nobody knows when it opens. */
  readonly earlyMs: number | null;
  /** Hundredths, zero or negative. */
  readonly points: number;
  readonly bars: 'nothing' | 'question' | 'round';
}

/** What every audience may see of a buzz. */
export interface BuzzView {
  /** Number of the buzz in its room, from 1; a press names it. */
  readonly buzz: number;
  readonly phase: BuzzPhase;
  /** Server times. */
  readonly openAt: number | null;
  readonly closeAt: number | null;
  /** Teams that may press. */
  readonly teams: readonly string[];
  readonly fouls: readonly BuzzFoul[];
  readonly decision: BuzzDecision | null;
}

export interface LiveBuzzBody {
  /** A UUID made once per press; the same for every retry. */
  readonly commandId: string;
  readonly roomId: string;
  /** Number of the buzz on show. */
  readonly buzz: number;
  /** The press on the device's monotonic clock, as server time by its offset. Left out by a device without a clock. */
  readonly pressedAt?: number;
}

export interface LiveBuzzReadyBody {
  readonly roomId: string;
}
export interface LiveBuzzReady {
  /** Round trip as this server measures it; null until there are enough samples. */
  readonly rttMs: number | null;
  readonly samples: number;
}

export interface BuzzClientMessages {
  'room:buzz-ready': (body: LiveBuzzReadyBody, ack: (reply: SocketReply<LiveBuzzReady>) => void) => void;
  'room:buzz': (body: LiveBuzzBody, ack: (reply: SocketReply<RoomReceipt>) => void) => void;
}

export interface BuzzServerMessages {
  /** Acknowledge with the same number at once. */
  'rtt:probe': (nonce: number, ack: (nonce: number) => void) => void;
}
