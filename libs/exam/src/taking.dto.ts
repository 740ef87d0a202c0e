import { PairDto, QuestionBodyDto } from '@xuekao/bank';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  AnswerContent,
  AnswerKind,
  AttemptEnding,
  AttemptPolicy,
  AttemptState,
  DecidedQuestion,
  ExamBook,
  ReviewPolicy,
} from '@xuekao/contracts';
import {
  answerKinds,
  attemptEndings,
  attemptPolicies,
  attemptStates,
  examBooks,
  reviewPolicies,
} from '@xuekao/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

/** A token that the client makes once per tab: only the last one that started or took over may write. */
export const writerPattern = /^[A-Za-z0-9-]{8,64}$/;

const kinds = [...new Set(Object.values(answerKinds))];

export class AnswerContentDto {
  @ApiProperty({ enum: kinds }) @IsIn(kinds) kind!: AnswerKind;
  @ApiPropertyOptional({ type: [String], description: 'of a choice; of an ordering all options in the chosen order' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(16, { each: true })
  optionIds?: string[];
  @ApiPropertyOptional({ type: [String], description: 'of blanks, one text each' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  texts?: string[];
  @ApiPropertyOptional({ type: [PairDto], description: 'of a matching, at most one per left' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PairDto)
  pairs?: PairDto[];
  @ApiPropertyOptional({ description: 'of a short answer' })
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  text?: string;
}

export class WriterDto {
  @ApiProperty() @Matches(writerPattern) writer!: string;
}

export class StartAttemptDto extends WriterDto {
  @ApiPropertyOptional({ description: 'where the exam asks for one' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  password?: string;
}

export class AnswerSaveDto extends WriterDto {
  @ApiProperty({ description: 'rises with every change of this attempt on the client' })
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  clientSeq!: number;
  @ApiProperty({ type: AnswerContentDto })
  @IsObject()
  @ValidateNested()
  @Type(() => AnswerContentDto)
  content!: AnswerContentDto;
}

export class NumberedAnswerDto {
  @ApiProperty({ description: 'place on the own paper, from 1' }) @IsInt() @Min(1) @Max(1000) number!: number;
  @ApiProperty() @IsInt() @Min(0) @Max(2_000_000_000) clientSeq!: number;
  @ApiProperty({ type: AnswerContentDto })
  @IsObject()
  @ValidateNested()
  @Type(() => AnswerContentDto)
  content!: AnswerContentDto;
}

export class AnswerBatchDto extends WriterDto {
  @ApiProperty({ type: [NumberedAnswerDto] })
  @IsArray()
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => NumberedAnswerDto)
  answers!: NumberedAnswerDto[];
}

export class HandInDto extends WriterDto {
  @ApiPropertyOptional({ type: [NumberedAnswerDto], description: 'what the device has not sent yet' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => NumberedAnswerDto)
  answers?: NumberedAnswerDto[];
}

export class OwnAttemptDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(attemptStates) }) state!: AttemptState;
  @ApiProperty() deadlineAt!: number;
}

/** 成绩已更正, by a regrade, until it was seen. */
export class CorrectionDto {
  @ApiProperty({ description: 'to say which one was seen' }) id!: string;
  @ApiProperty({ description: 'in the organiser’s words; by its kind alone while the key may not be seen' })
  reason!: string;
  @ApiProperty() at!: number;
}

export class AttemptCorrectionDto extends CorrectionDto {
  @ApiProperty() attemptId!: string;
}

export class OwnAppealCountsDto {
  @ApiProperty() open!: number;
  @ApiProperty() answered!: number;
}

export class MyExamDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ enum: ['upcoming', 'open', 'closed'] }) phase!: 'upcoming' | 'open' | 'closed';
  @ApiProperty() opensAt!: number;
  @ApiProperty({ description: 'with the time given to everybody and to this person' }) closesAt!: number;
  @ApiProperty({ description: 'with the time given on top' }) limitMinutes!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'the limit before it was extended' })
  extendedFromMinutes!: number | null;
  @ApiProperty() questionCount!: number;
  @ApiProperty({ description: 'hundredths' }) totalMarks!: number;
  @ApiProperty({ description: 'hundredths of the paper’s own marks' }) passMarks!: number;
  @ApiProperty({ enum: Object.keys(examBooks) }) book!: ExamBook;
  @ApiProperty({ enum: Object.keys(reviewPolicies) }) review!: ReviewPolicy;
  @ApiProperty() maxAttempts!: number;
  @ApiProperty() usedAttempts!: number;
  @ApiProperty({ enum: Object.keys(attemptPolicies), description: 'which of them counts' })
  attemptPolicy!: AttemptPolicy;
  @ApiProperty({ type: String, nullable: true }) rulesText!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'approved: 缓考, 免考 and the like' })
  exemption!: string | null;
  @ApiProperty() isMakeUp!: boolean;
  @ApiProperty({ description: 'asked for at the start' }) needsPassword!: boolean;
  @ApiProperty({ description: 'only Safe Exam Browser with the right configuration gets in' })
  needsExamBrowser!: boolean;
  @ApiProperty({ type: OwnAttemptDto, nullable: true, description: 'the newest' }) attempt!: OwnAttemptDto | null;
  @ApiProperty() resultVisible!: boolean;
  @ApiProperty({ description: 'handed in; a person still has to mark something' }) isWaiting!: boolean;
  @ApiProperty() reviewVisible!: boolean;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths, of the attempt that counts' })
  countedMarks!: number | null;
  @ApiProperty({ type: AttemptCorrectionDto, nullable: true, description: '成绩已更正, not seen yet' })
  correction!: AttemptCorrectionDto | null;
  @ApiProperty({ type: OwnAppealCountsDto, nullable: true, description: '成绩复核' })
  appeals!: OwnAppealCountsDto | null;
}

export class MyExamListDto {
  @ApiProperty({ type: [MyExamDto] }) items!: MyExamDto[];
  @ApiProperty() serverNow!: number;
}

export class PaperQuestionDto {
  @ApiProperty({ description: 'place on the own paper, from 1' }) number!: number;
  @ApiProperty() section!: string;
  @ApiProperty({ description: 'hundredths' }) marks!: number;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
}

export class SavedAnswerDto {
  @ApiProperty() number!: number;
  @ApiProperty({ type: AnswerContentDto }) content!: AnswerContent;
  @ApiProperty() clientSeq!: number;
  @ApiProperty() savedAt!: number;
  @ApiProperty({ description: 'milliseconds after the deadline' }) lateMs!: number;
}

export class DecidedQuestionDto {
  @ApiProperty({ description: 'place on the own paper, from 1' }) number!: number;
  @ApiProperty({ enum: ['void', 'give-all'] }) kind!: DecidedQuestion['kind'];
  @ApiProperty() reason!: string;
}

export class AttemptDto {
  @ApiProperty() id!: string;
  @ApiProperty() examId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ enum: Object.keys(attemptStates) }) state!: AttemptState;
  @ApiProperty() startedAt!: number;
  @ApiProperty() deadlineAt!: number;
  @ApiProperty({ description: 'answers are still taken for this long after the deadline' }) graceMs!: number;
  @ApiProperty({ description: 'with the time given on top' }) limitMinutes!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'the limit before it was extended' })
  extendedFromMinutes!: number | null;
  @ApiProperty({ type: [DecidedQuestionDto], description: 'that need no answer; none once it has ended' })
  decided!: DecidedQuestionDto[];
  @ApiProperty() serverNow!: number;
  @ApiProperty({ type: [PaperQuestionDto] }) questions!: PaperQuestionDto[];
  @ApiProperty({ type: [SavedAnswerDto] }) answers!: SavedAnswerDto[];
}

export class AttemptStartedDto extends OwnAttemptDto {
  @ApiProperty() serverNow!: number;
}

export class SaveReceiptDto {
  @ApiProperty() number!: number;
  @ApiProperty({ description: 'what is kept now; larger than sent where another save was newer' }) clientSeq!: number;
  @ApiProperty() savedAt!: number;
  @ApiProperty() lateMs!: number;
}

export class SavedOneDto extends SaveReceiptDto {
  @ApiProperty() deadlineAt!: number;
  @ApiProperty() serverNow!: number;
}

export class SavedManyDto {
  @ApiProperty({ type: [SaveReceiptDto] }) items!: SaveReceiptDto[];
  @ApiProperty() deadlineAt!: number;
  @ApiProperty() serverNow!: number;
}

export class HandedInDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(attemptStates) }) state!: AttemptState;
  @ApiProperty() endedAt!: number;
  @ApiProperty({ enum: Object.keys(attemptEndings) }) endedBy!: AttemptEnding;
  @ApiProperty() serverNow!: number;
}

export class AttemptResultDto {
  @ApiProperty() attemptId!: string;
  @ApiProperty() examId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'hundredths of the paper’s own marks' }) marks!: number;
  @ApiProperty() totalMarks!: number;
  @ApiProperty() passMarks!: number;
  @ApiProperty({ description: 'on the scale of 100, in hundredths' }) score!: number;
  @ApiProperty() isPassed!: boolean;
  @ApiProperty() isExcellent!: boolean;
  @ApiProperty() handedInAt!: number;
  @ApiProperty({ enum: Object.keys(attemptEndings) }) endedBy!: AttemptEnding;
  @ApiProperty() tookMs!: number;
  @ApiProperty() correctCount!: number;
  @ApiProperty() answeredCount!: number;
  @ApiProperty() questionCount!: number;
  @ApiProperty() reviewVisible!: boolean;
  @ApiProperty() serverNow!: number;
}

export class ReviewedQuestionDto extends PaperQuestionDto {
  @ApiProperty({ type: AnswerContentDto, nullable: true }) answer!: AnswerContent | null;
  @ApiProperty({ type: AnswerContentDto, description: 'the right answer; of blanks the first wording' })
  key!: AnswerContent;
  @ApiProperty({ description: 'hundredths' }) awarded!: number;
  @ApiProperty() explanation!: string;
  @ApiProperty() source!: string;
  @ApiProperty({ type: String, nullable: true }) entryKey!: string | null;
}

export class AttemptReviewDto {
  @ApiProperty() attemptId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: [ReviewedQuestionDto] }) questions!: ReviewedQuestionDto[];
  @ApiProperty() serverNow!: number;
}
