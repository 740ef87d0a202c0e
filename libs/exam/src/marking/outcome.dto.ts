import { QuestionBodyDto } from '@xuekao/bank';
import { ApiProperty } from '@nestjs/swagger';
import type { AnswerContent, AppealState, ReviewFacet, ScriptState } from '@xuekao/contracts';
import { appealStates, reviewFacets, scriptStates } from '@xuekao/contracts';
import { IsInt, IsNotEmpty, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { AnswerContentDto, CorrectionDto } from '../taking.dto.js';

const facets = Object.keys(reviewFacets);

export class NewAppealDto {
  @ApiProperty({ description: 'place on the own paper, from 1' }) @IsInt() @Min(1) @Max(1000) number!: number;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) reason!: string;
}

export class CorrectionSeenDto {
  @ApiProperty({ description: 'of the correction that was shown' }) @IsUUID() id!: string;
}

export class AppealDto {
  @ApiProperty() number!: number;
  @ApiProperty() reason!: string;
  @ApiProperty({ enum: Object.keys(appealStates) }) state!: AppealState;
  @ApiProperty() filedAt!: number;
  @ApiProperty({ type: String, nullable: true }) answer!: string | null;
  @ApiProperty({ type: Number, nullable: true }) answeredAt!: number | null;
  @ApiProperty({ enum: Object.keys(scriptStates), nullable: true, description: 'second reading of a blank or text' })
  marking!: ScriptState | null;
  @ApiProperty({ description: 'a confirmed regrade has followed from it' }) isApplied!: boolean;
}

export class AppealListDto {
  @ApiProperty({ type: [AppealDto] }) items!: AppealDto[];
  @ApiProperty({ type: Number, nullable: true, description: 'more may be asked for from then on; null: never' })
  from!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'and until then' }) until!: number | null;
  @ApiProperty() serverNow!: number;
}

export class OutcomeQuestionDto {
  @ApiProperty() number!: number;
  @ApiProperty() section!: string;
  @ApiProperty({ description: 'hundredths' }) full!: number;
  @ApiProperty({ type: QuestionBodyDto, nullable: true, description: 'with the own answers' })
  body!: QuestionBodyDto | null;
  @ApiProperty({ type: AnswerContentDto, nullable: true }) answer!: AnswerContent | null;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths' }) awarded!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'machine, manual, appeal, given or void' })
  decidedBy!: string | null;
  @ApiProperty({ type: AnswerContentDto, nullable: true }) key!: AnswerContent | null;
  @ApiProperty({ type: String, nullable: true }) explanation!: string | null;
  @ApiProperty({ type: String, nullable: true }) source!: string | null;
}

/** A result as far as the exam's options show it now; everything else is null. */
export class AttemptOutcomeDto {
  @ApiProperty() attemptId!: string;
  @ApiProperty() examId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ enum: facets, isArray: true }) shown!: ReviewFacet[];
  @ApiProperty({ description: '待阅卷' }) isWaiting!: boolean;
  @ApiProperty() handedInAt!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths of the paper' }) marks!: number | null;
  @ApiProperty({ description: 'hundredths; void questions taken out' }) totalMarks!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'on the scale of 100' }) score!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'on the scale of 100' }) passLine!: number | null;
  @ApiProperty({ type: Boolean, nullable: true }) isPassed!: boolean | null;
  @ApiProperty({ type: CorrectionDto, nullable: true, description: '成绩已更正, not seen yet' })
  correction!: CorrectionDto | null;
  @ApiProperty({ type: [OutcomeQuestionDto] }) questions!: OutcomeQuestionDto[];
  @ApiProperty() serverNow!: number;
}
