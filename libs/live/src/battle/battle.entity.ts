import type { BattleEnd, GameMode, SurvivalEnd } from '@xuekao/contracts';
import { gameModes } from '@xuekao/contracts';
import { Choice, Flag, Id, InstantColumn, Int, Json, Ref } from '@xuekao/database';
import { Entity, Index } from 'typeorm';
import type { RecordedAnswer } from '../core/battle/game-question.js';

const modes = Object.keys(gameModes);
const ends = ['played', 'left', 'nobody-answers', 'mistake', 'not-revived', 'gave-up', 'all-answered'] as const;
type GameEnd = Extract<(typeof ends)[number], BattleEnd | SurvivalEnd>;

/** Where a member stands: waiting for others or in a running game. One row a member, so one game at a time. */
@Entity('battle_place')
@Index('ix_battle_place_state', ['state', 'mode', 'since'])
@Index('ix_battle_place_room', ['roomId'])
export class BattlePlaceRow {
  @Ref(null, { primary: true }) memberId!: string;
  @Choice(['waiting', 'playing']) state!: 'waiting' | 'playing';
  @Choice(modes) mode!: GameMode;
  @InstantColumn() since!: number;
  /** For matching, as it was when the member began to wait. */
  @Int() rating!: number;
  @Ref(null, { nullable: true }) roomId!: string | null;
}

/** For matching alone; no route tells it. */
@Entity('battle_rating')
export class BattleRatingRow {
  @Ref(null, { primary: true }) memberId!: string;
  @Choice(modes, { primary: true }) mode!: GameMode;
  @Int() rating!: number;
  @Int() games!: number;
}

/** What a member sees of himself, and his word on his records. */
@Entity('battle_player')
export class BattlePlayerRow {
  @Ref(null, { primary: true }) memberId!: string;
  @Flag() lendsRecords!: boolean;
  @Int() survivalBest!: number;
  @InstantColumn({ nullable: true }) survivalBestAt!: number | null;
  @Int() survivalRuns!: number;
}

/** A finished game; it has the id of its room. */
@Entity('battle_game')
@Index('ix_battle_game_mode', ['mode', 'ending', 'endedAt'])
export class BattleGameRow {
  @Id() id!: string;
  @Choice(modes) mode!: GameMode;
  @Choice(ends) ending!: GameEnd;
  @InstantColumn() endedAt!: number;
  @Int() persons!: number;
  @Int() ghosts!: number;
  /** The questions that were shown, in their order. */
  @Json() questions!: readonly { readonly questionId: string; readonly versionId: string }[];
}

/** One person's part in a game. Ghosts leave no row: nothing is gained by or against them. */
@Entity('battle_seat')
@Index('ix_battle_seat_member', ['memberId', 'gameId'])
export class BattleSeatRow {
  @Ref(() => BattleGameRow, { primary: true }) gameId!: string;
  @Int({ primary: true }) seat!: number;
  @Ref() memberId!: string;
  @Int() rating!: number;
  @Int() correct!: number;
  @Int() scoringMs!: number;
  /** Null for a run without opponents. */
  @Int({ nullable: true }) place!: number | null;
  @Flag() hasLeft!: boolean;
  @Json() answers!: readonly RecordedAnswer[];
}

export const battleEntities = [BattlePlaceRow, BattleRatingRow, BattlePlayerRow, BattleGameRow, BattleSeatRow] as const;
