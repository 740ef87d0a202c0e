import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { battleModes, battleQuestionTypes, gameActs, gameModes } from '@xuekao/contracts';
import type {
  BattleActBody,
  BattleAnswerBody,
  BattleCancelBody,
  BattleFindBody,
  BattleMode,
  BattleQuestionType,
  BattleResumeBody,
  BattleRoomBody,
  GameAct,
  GameMode,
  GameReview,
  GameView,
} from '@xuekao/contracts';

const modes = Object.keys(battleModes);
const allModes = Object.keys(gameModes);

export class BattleFindDto implements BattleFindBody {
  @ApiProperty({ enum: allModes })
  @IsIn(allModes)
  mode!: GameMode;
}

export class BattleCancelDto implements BattleCancelBody {
  @ApiProperty({ enum: modes })
  @IsIn(modes)
  mode!: BattleMode;
}

export class BattleRoomDto implements BattleRoomBody {
  @IsUUID()
  roomId!: string;
}

export class BattleResumeDto extends BattleRoomDto implements BattleResumeBody {
  @IsInt()
  @Min(0)
  lastSeq!: number;
}

export class BattleAnswerContentDto {
  @ApiProperty({ format: 'uuid', description: 'made once per intention, the same for every retry' })
  @IsUUID()
  commandId!: string;

  @ApiProperty({ minimum: 0, description: 'index of the question' })
  @IsInt()
  @Min(0)
  @Max(999)
  question!: number;

  @ApiProperty({ type: [Number], description: 'chosen options by their index in the question' })
  @IsArray()
  @ArrayMaxSize(20)
  @IsInt({ each: true })
  @Min(0, { each: true })
  options!: number[];
}

export class BattleAnswerDto extends BattleAnswerContentDto implements BattleAnswerBody {
  @IsUUID()
  roomId!: string;
}

export class BattleActContentDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  commandId!: string;

  @ApiProperty({ enum: gameActs })
  @IsIn(gameActs)
  act!: GameAct;
}

export class BattleActDto extends BattleActContentDto implements BattleActBody {
  @IsUUID()
  roomId!: string;
}

export class BattleStandingDto {
  @ApiProperty({ enum: ['none', 'waiting', 'playing'] }) state!: 'none' | 'waiting' | 'playing';
  @ApiProperty({ enum: allModes, required: false }) mode?: GameMode;
  @ApiProperty({ required: false, description: 'waiting since, server time' }) since?: number;
  @ApiProperty({ required: false, description: 'from then on recorded games fill the empty seats' }) ghostsAt?: number;
  @ApiProperty({ required: false, format: 'uuid' }) roomId?: string;
}

export class GameViewDto {
  @ApiProperty({ format: 'uuid' }) roomId!: string;
  @ApiProperty() seq!: number;
  @ApiProperty() serverTime!: number;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'GameView of contracts/live-battle' })
  view!: GameView;
}

export class GameViewQuery {
  @ApiProperty({ required: false, description: 'seq of the last view; 304 when nothing changed since' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  since?: number;
}

export class MyGameDto {
  @ApiProperty({ format: 'uuid' }) roomId!: string;
  @ApiProperty({ enum: allModes }) mode!: GameMode;
  @ApiProperty() endedAt!: number;
  @ApiProperty() correct!: number;
  @ApiProperty({ description: 'questions shown' }) questions!: number;
  @ApiProperty() persons!: number;
  @ApiProperty() ghosts!: number;
  @ApiProperty({ type: Number, nullable: true }) place!: number | null;
}

export class MySurvivalDto {
  @ApiProperty() best!: number;
  @ApiProperty({ type: Number, nullable: true }) bestAt!: number | null;
  @ApiProperty() runs!: number;
}

export class MyBattlesDto {
  @ApiProperty({ type: MySurvivalDto }) survival!: MySurvivalDto;
  @ApiProperty({ type: [MyGameDto], description: 'newest first' }) games!: readonly MyGameDto[];
  @ApiProperty({ description: 'own games may be replayed, without name and unit' }) lendsRecords!: boolean;
}

export class GameReviewItemDto {
  @ApiProperty() index!: number;
  @ApiProperty({ enum: battleQuestionTypes }) type!: BattleQuestionType;
  @ApiProperty() stem!: string;
  @ApiProperty({ type: [String] }) options!: readonly string[];
  @ApiProperty({ type: [Number], nullable: true, description: 'the order in which the player saw the options' })
  optionOrder!: readonly number[] | null;
  @ApiProperty({ type: [Number], description: 'indices of the right options' }) key!: readonly number[];
  @ApiProperty({ type: String, nullable: true }) explanation!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'of the handbook entry' }) entryKey!: string | null;
  @ApiProperty({ type: [Number], nullable: true, description: 'null where no answer came in time' })
  choice!: readonly number[] | null;
  @ApiProperty() correct!: boolean;
  @ApiProperty({ type: Number, nullable: true }) elapsedMs!: number | null;
}

export class GameReviewDto extends MyGameDto {
  @ApiProperty({ description: 'BattleEnd or SurvivalEnd of contracts/live-battle' }) end!: GameReview['end'];
  @ApiProperty({ description: 'before the end' }) hasLeft!: boolean;
  @ApiProperty({ type: [GameReviewItemDto] }) items!: readonly GameReviewItemDto[];
}

export class LendRecordsDto {
  @ApiProperty()
  @IsBoolean()
  lendsRecords!: boolean;
}
