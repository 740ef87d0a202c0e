import type { QuizTiming } from './live.js';
import type { RoomCatchUp, RoomReceipt } from './rooms.js';
import type { SocketReply } from './socket.js';

/** Games of a few people without a host. Source: live.md §1 no. 18. */
export const battleModes = { duel: '双人对战', four: '四人对战' } as const;
export type BattleMode = keyof typeof battleModes;
export const gameModes = { ...battleModes, survival: '挑战答题' } as const;
export type GameMode = keyof typeof gameModes;
export const battleSeats: Readonly<Record<BattleMode, number>> = { duel: 2, four: 4 };

export const battleQuestionTypes = ['single', 'multiple', 'true-false'] as const;
export type BattleQuestionType = (typeof battleQuestionTypes)[number];

export interface BattleQuestionView {
  /** From 0. */
  readonly index: number;
  readonly type: BattleQuestionType;
  readonly stem: string;
  readonly options: readonly string[];
}

export const battlePhases = { ready: '准备', question: '答题中', revealed: '公布答案', ended: '已结束' } as const;
export type BattlePhase = keyof typeof battlePhases;

/** Why a battle ended: all questions played, everybody else left, or nobody answered any more. */
export type BattleEnd = 'played' | 'left' | 'nobody-answers';

/** One seat as everybody in the battle sees it. */
export interface BattleSeatView {
  /** From 1. */
  readonly seat: number;
  /** Null for a ghost: whose game it replays is told to nobody. Show 往局记录. */
  readonly name: string | null;
  readonly unitName: string | null;
  /** Replays the times and answers of a recorded game. Must be shown as such. */
  readonly isGhost: boolean;
  readonly hasLeft: boolean;
  /** To the question on show. */
  readonly answered: boolean;
  /** Right answers so far, as revealed, and the time over them. */
  readonly correct: number;
  readonly scoringMs: number;
  /** At the end: 1, 2, 2, 4. */
  readonly place: number | null;
}

export interface BattleSeatResult {
  readonly seat: number;
  readonly answered: boolean;
  readonly correct: boolean;
  readonly elapsedMs: number;
}

export interface BattleReveal {
  readonly question: number;
  /** Indices of the right options. */
  readonly key: readonly number[];
  readonly explanation: string | null;
  readonly results: readonly BattleSeatResult[];
}

/** What a player needs for his own order of the options, and what he chose. */
export interface BattleMe {
  readonly seat: number;
  readonly choice: readonly number[] | null;
  /** With the question's index it gives this player's order of options. */
  readonly orderSeed: string;
  readonly optionOrder: readonly number[] | null;
}

export interface BattleView {
  readonly game: 'battle';
  readonly roomId: string;
  readonly mode: BattleMode;
  readonly phase: BattlePhase;
  readonly total: number;
  readonly question: BattleQuestionView | null;
  readonly timing: QuizTiming | null;
  /** When the phase moves on by itself, server time. */
  readonly nextAt: number | null;
  readonly reveal: BattleReveal | null;
  readonly seats: readonly BattleSeatView[];
  readonly end: BattleEnd | null;
  readonly me: BattleMe | null;
}

export type BattleNews =
  | { readonly type: 'battle-opened'; readonly question: BattleQuestionView; readonly timing: QuizTiming }
  | { readonly type: 'battle-answered'; readonly seat: number; readonly question: number }
  | ({ readonly type: 'battle-revealed'; readonly at: number; readonly nextAt: number } & BattleReveal)
  | { readonly type: 'battle-left'; readonly seat: number; readonly at: number }
  | { readonly type: 'battle-shifted'; readonly byMs: number; readonly timing: QuizTiming | null }
  | {
      readonly type: 'battle-ended';
      readonly end: BattleEnd;
      readonly at: number;
      readonly places: readonly { readonly seat: number; readonly place: number }[];
    };

export const survivalPhases = {
  ready: '准备',
  question: '答题中',
  revealed: '公布答案',
  revive: '等待复活',
  ended: '已结束',
} as const;
export type SurvivalPhase = keyof typeof survivalPhases;
/** Why a run ended: the second mistake, no revive after the first, given up, or no question was left. */
export type SurvivalEnd = 'mistake' | 'not-revived' | 'gave-up' | 'all-answered';

export interface SurvivalReveal {
  readonly question: number;
  readonly key: readonly number[];
  readonly explanation: string | null;
  /** Null when the time ran out. */
  readonly choice: readonly number[] | null;
  readonly correct: boolean;
}

export interface SurvivalView {
  readonly game: 'survival';
  readonly roomId: string;
  readonly phase: SurvivalPhase;
  /** Right answers so far. */
  readonly streak: number;
  readonly isRevived: boolean;
  readonly question: BattleQuestionView | null;
  readonly timing: QuizTiming | null;
  readonly nextAt: number | null;
  readonly reveal: SurvivalReveal | null;
  readonly end: SurvivalEnd | null;
  readonly me: BattleMe | null;
}

export type SurvivalNews =
  | { readonly type: 'survival-opened'; readonly question: BattleQuestionView; readonly timing: QuizTiming }
  | ({
      readonly type: 'survival-revealed';
      readonly at: number;
      readonly nextAt: number;
      readonly streak: number;
      /** The first mistake: send `revive` before `nextAt`, or the run is over. After the second one it ends at `nextAt`, or with `leave`. */
      readonly mayRevive: boolean;
    } & SurvivalReveal)
  | { readonly type: 'survival-revived'; readonly at: number; readonly nextAt: number }
  | { readonly type: 'survival-shifted'; readonly byMs: number; readonly timing: QuizTiming | null }
  | { readonly type: 'survival-ended'; readonly end: SurvivalEnd; readonly streak: number; readonly at: number };

export type GameView = BattleView | SurvivalView;
export type GameNews = BattleNews | SurvivalNews;
export type GameCatchUp = RoomCatchUp<GameNews, GameView>;

/** Where a member stands: nowhere, waiting for others, or in a game that runs. */
export type BattleStanding =
  | { readonly state: 'none' }
  | {
      readonly state: 'waiting';
      readonly mode: BattleMode;
      readonly since: number;
      /** From then on recorded games fill the empty seats. */
      readonly ghostsAt: number;
    }
  | { readonly state: 'playing'; readonly mode: GameMode; readonly roomId: string };

/** A finished game as its player sees it; nobody else does. */
export interface MyGame {
  readonly roomId: string;
  readonly mode: GameMode;
  readonly endedAt: number;
  readonly correct: number;
  readonly questions: number;
  readonly persons: number;
  readonly ghosts: number;
  /** Null for a run without opponents. */
  readonly place: number | null;
}

/** One question of a finished game with what its player answered, for him to go over. */
export interface GameReviewItem {
  /** From 0. */
  readonly index: number;
  readonly type: BattleQuestionType;
  readonly stem: string;
  readonly options: readonly string[];
  /** The order in which this player saw the options; null for the question's own. */
  readonly optionOrder: readonly number[] | null;
  /** Indices of the right options. */
  readonly key: readonly number[];
  readonly explanation: string | null;
  /** Of the handbook entry that says why; null where the bank knows none. */
  readonly entryKey: string | null;
  /** Null where no answer came in time. */
  readonly choice: readonly number[] | null;
  readonly correct: boolean;
  readonly elapsedMs: number | null;
}

/** A finished game question by question. Questions that have since been deleted are missing. */
export interface GameReview extends MyGame {
  readonly end: BattleEnd | SurvivalEnd;
  /** The player himself left before the end. */
  readonly hasLeft: boolean;
  readonly items: readonly GameReviewItem[];
}

/** Shown to the member alone. There are no points and no ranking of people behind it. */
export interface MyBattles {
  readonly survival: { readonly best: number; readonly bestAt: number | null; readonly runs: number };
  /** Newest first. */
  readonly games: readonly MyGame[];
  /** Whether own games may be replayed, without name and unit, where nobody else is there. */
  readonly lendsRecords: boolean;
}

export interface BattleFindBody {
  readonly mode: GameMode;
}
export interface BattleCancelBody {
  readonly mode: BattleMode;
}
export interface BattleRoomBody {
  readonly roomId: string;
}
export interface BattleResumeBody extends BattleRoomBody {
  readonly lastSeq: number;
}
export interface BattleAnswerBody extends BattleRoomBody {
  /** A UUID made once per intention; the same for every retry. */
  readonly commandId: string;
  readonly question: number;
  /** Chosen options by their index in the question, whatever order the phone shows. */
  readonly options: readonly number[];
}
export const gameActs = ['leave', 'revive'] as const;
export type GameAct = (typeof gameActs)[number];
export interface BattleActBody extends BattleRoomBody {
  readonly commandId: string;
  readonly act: GameAct;
}
export interface BattleEntered {
  readonly roomId: string;
  readonly seq: number;
  readonly view: GameView;
  readonly serverTime: number;
}

type Ack<T> = (reply: SocketReply<T>) => void;

/** In namespace `/live`. Frames of games come as `room:event`, like those of all rooms. */
export interface BattleClientMessages {
  'battle:find': (body: BattleFindBody, ack: Ack<BattleStanding>) => void;
  'battle:cancel': (body: BattleCancelBody, ack: Ack<BattleStanding>) => void;
  'battle:enter': (body: BattleRoomBody, ack: Ack<BattleEntered>) => void;
  'battle:resume': (body: BattleResumeBody, ack: Ack<GameCatchUp>) => void;
  'battle:answer': (body: BattleAnswerBody, ack: Ack<RoomReceipt>) => void;
  'battle:act': (body: BattleActBody, ack: Ack<RoomReceipt>) => void;
}

export interface BattleServerMessages {
  /** To every socket that asked `battle:find` and still waits; may be lost: `battle:find` again says the same. */
  'battle:matched': (standing: BattleStanding) => void;
}
