import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { QuestionType } from '@xuekao/contracts';
import { attemptChoices, optionFlags, questionTypes } from '@xuekao/contracts';
import type { AttemptChoice, OptionFlag } from '@xuekao/contracts';
import { IsIn, IsOptional } from 'class-validator';

const choices = Object.keys(attemptChoices) as AttemptChoice[];

export class AnalysisQuery {
  @ApiPropertyOptional({
    enum: choices,
    description: 'which of a person’s attempts count; as for the result when absent',
  })
  @IsOptional()
  @IsIn(choices)
  attempts?: AttemptChoice;
}

const number = { type: Number } as const;
const orNull = (description: string) => ({ type: Number, nullable: true, description }) as const;

export class TestStatisticsDto {
  @ApiProperty() attempts!: number;
  @ApiProperty(orNull('hundredths of a point')) mean!: number | null;
  @ApiProperty(orNull('hundredths of a point')) median!: number | null;
  @ApiProperty(orNull('hundredths of a point')) standardDeviation!: number | null;
  @ApiProperty(orNull('')) skewness!: number | null;
  @ApiProperty(orNull('')) kurtosis!: number | null;
  @ApiProperty(orNull('100 × Cronbach’s α; may be negative')) internalConsistency!: number | null;
  @ApiProperty(orNull('per cent')) errorRatio!: number | null;
  @ApiProperty(orNull('hundredths of a point')) standardError!: number | null;
}

export class OptionStatisticsDto {
  @ApiProperty({ description: 'A, B, … in the question’s own order' }) letter!: string;
  @ApiProperty() text!: string;
  @ApiProperty() isKey!: boolean;
  @ApiProperty() chosen!: number;
  @ApiProperty({ ...number, description: 'per cent of the upper 27 %' }) topShare!: number;
  @ApiProperty({ ...number, description: 'per cent of the lower 27 %' }) bottomShare!: number;
  @ApiProperty({ enum: Object.keys(optionFlags), isArray: true }) flags!: readonly OptionFlag[];
}

export class ItemStatisticsDto {
  @ApiProperty() number!: number;
  @ApiProperty() section!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ enum: Object.keys(questionTypes) }) type!: QuestionType;
  @ApiProperty() stem!: string;
  @ApiProperty({ description: 'hundredths of a point; 0 for a voided question' }) full!: number;
  @ApiProperty(orNull('per cent')) facility!: number | null;
  @ApiProperty(orNull('hundredths of a point')) standardDeviation!: number | null;
  @ApiProperty(orNull('per cent')) randomGuess!: number | null;
  @ApiProperty(orNull('per cent')) intendedWeight!: number | null;
  @ApiProperty(orNull('per cent')) effectiveWeight!: number | null;
  @ApiProperty() hasNegativeCovariance!: boolean;
  @ApiProperty(orNull('item-rest correlation × 100')) discrimination!: number | null;
  @ApiProperty(orNull('per cent of the covariance that is possible')) efficiency!: number | null;
  @ApiProperty(orNull('upper minus lower 27 %, −100 to 100')) d27!: number | null;
  @ApiProperty(orNull('attempts that chose nothing; null where nothing is chosen')) open!: number | null;
  @ApiProperty({ type: [OptionStatisticsDto] }) options!: readonly OptionStatisticsDto[];
}

export class ScoreSummaryDto {
  @ApiProperty() count!: number;
  @ApiProperty() passed!: number;
  @ApiProperty() excellent!: number;
  @ApiProperty(orNull('hundredths, floored')) mean!: number | null;
  @ApiProperty(orNull('hundredths, floored')) median!: number | null;
  @ApiProperty(orNull('hundredths')) lowest!: number | null;
  @ApiProperty(orNull('hundredths')) highest!: number | null;
  @ApiProperty({ type: [Number], description: 'ten bands of ten points' }) bands!: readonly number[];
}

export class UnitAnalysisDto {
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty() unitName!: string;
  @ApiProperty({ description: '应考' }) due!: number;
  @ApiProperty({ type: ScoreSummaryDto }) scores!: ScoreSummaryDto;
}

export class ExamAnalysisDto {
  @ApiProperty() examId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ enum: choices }) attempts!: AttemptChoice;
  @ApiProperty({ description: 'closed: only a regrade changes a figure' }) isFinal!: boolean;
  @ApiProperty({ description: 'hundredths on the scale of 100' }) passLine!: number;
  @ApiProperty({ description: 'hundredths on the scale of 100' }) excellentLine!: number;
  @ApiProperty({ type: TestStatisticsDto }) test!: TestStatisticsDto;
  @ApiProperty({ type: ScoreSummaryDto }) scores!: ScoreSummaryDto;
  @ApiProperty({ type: [UnitAnalysisDto] }) units!: readonly UnitAnalysisDto[];
  @ApiProperty({ type: [ItemStatisticsDto] }) items!: readonly ItemStatisticsDto[];
}
