import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Min,
} from 'class-validator';
import { questionTypes } from '@xuekao/contracts';
import type { QuestionType } from '@xuekao/contracts';
import { mostQuestions } from '../question-set.service.js';

class QuestionSetInputDto {
  @ApiProperty({ maxLength: 120 })
  @IsString()
  @Length(1, 120)
  title!: string;

  @ApiProperty({ type: [String], format: 'uuid', description: 'question versions in their order' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostQuestions)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  versionIds!: string[];
}

export class NewQuestionSetDto extends QuestionSetInputDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  unitId!: string;
}

export class QuestionSetEditDto extends QuestionSetInputDto {
  @ApiProperty({ description: 'version that was edited; 409 when somebody else was first' })
  @IsInt()
  @Min(1)
  version!: number;
}

export class QuestionSetChangedDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() version!: number;
}

export class QuestionSetDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) unitId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() version!: number;
  @ApiProperty() questions!: number;
  @ApiProperty() updatedAt!: number;
}

export class QuestionSetPageDto {
  @ApiProperty({ type: [QuestionSetDto] }) items!: QuestionSetDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class QuestionSetItemDto {
  @ApiProperty({ format: 'uuid' }) versionId!: string;
  @ApiProperty({ enum: Object.keys(questionTypes) }) type!: QuestionType;
  @ApiProperty() stem!: string;
}

export class QuestionSetDetailDto extends QuestionSetDto {
  @ApiProperty({ type: [QuestionSetItemDto] }) items!: QuestionSetItemDto[];
}
