import { QuestionBodyDto } from '@xuekao/bank';
import { ApiProperty } from '@nestjs/swagger';
import type {
  AnswerContent,
  AppealState,
  QuestionActKind,
  RegradeKind,
  RegradeState,
  ScriptState,
} from '@xuekao/contracts';
import { appealStates, questionActs, regradeKinds, regradeStates, scriptStates } from '@xuekao/contracts';
import { IsIn, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import { AnswerContentDto } from '../taking.dto.js';

export class AppealRegradeDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(regradeKinds) }) kind!: RegradeKind;
  @ApiProperty({ enum: Object.keys(regradeStates) }) state!: RegradeState;
  @ApiProperty() proposedAt!: number;
  @ApiProperty({ description: 'taken back by a later one' }) isReversed!: boolean;
}

export class DeskAppealDto {
  @ApiProperty() id!: string;
  @ApiProperty() attemptId!: string;
  @ApiProperty() memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ description: 'on the common paper' }) number!: number;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty({ type: AnswerContentDto, nullable: true }) content!: AnswerContent | null;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths, now' }) marks!: number | null;
  @ApiProperty({ description: 'hundredths; 0 where it is void' }) full!: number;
  @ApiProperty({ type: String, nullable: true }) decidedBy!: string | null;
  @ApiProperty() reason!: string;
  @ApiProperty({ enum: Object.keys(appealStates) }) state!: AppealState;
  @ApiProperty() filedAt!: number;
  @ApiProperty({ type: String, nullable: true }) answer!: string | null;
  @ApiProperty({ type: String, nullable: true }) answererName!: string | null;
  @ApiProperty({ type: Number, nullable: true }) answeredAt!: number | null;
  @ApiProperty({ enum: Object.keys(scriptStates), nullable: true, description: 'second reading of a blank or text' })
  marking!: ScriptState | null;
  @ApiProperty({ type: Number, nullable: true }) markingMarks!: number | null;
  @ApiProperty({ description: 'a regrade that was begun from it, or that took its second mark, stands' })
  isApplied!: boolean;
  @ApiProperty({ type: [AppealRegradeDto], description: 'begun from it, or with its second mark; oldest first' })
  regrades!: AppealRegradeDto[];
}

export class DeskAppealListDto {
  @ApiProperty({ type: [DeskAppealDto] }) items!: DeskAppealDto[];
}

const answers = ['upheld', 'dismissed'] as const;

export class AppealAnswerDto {
  @ApiProperty({ enum: answers }) @IsIn(answers) state!: (typeof answers)[number];
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(1000) answer!: string;
}

export class QuestionActDto {
  @ApiProperty({ description: 'on the common paper' }) @IsInt() @Min(1) @Max(1000) number!: number;
  @ApiProperty({ enum: questionActs }) @IsIn(questionActs) kind!: QuestionActKind;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) reason!: string;
}
