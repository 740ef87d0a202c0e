import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageQuery } from '@xuekao/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { QuestionChangedDto, QuestionPictureDto } from './question.dto.js';

export class MaterialListQuery extends PageQuery {}

export class MaterialInputDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(120) title!: string;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(60) topic!: string;
  @ApiProperty() @IsString() @MaxLength(16_000) text!: string;
  @ApiPropertyOptional({ type: [QuestionPictureDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => QuestionPictureDto)
  pictures?: QuestionPictureDto[];
}

export class NewMaterialDto extends MaterialInputDto {
  @ApiProperty() @IsString() @MaxLength(64) code!: string;
}

export class MaterialEditDto extends MaterialInputDto {
  @ApiProperty({ description: 'version that was read' }) @IsInt() version!: number;
}

export class MaterialSummaryDto {
  @ApiProperty() id!: string;
  @ApiProperty() code!: string;
  @ApiProperty() title!: string;
  @ApiProperty() topic!: string;
  @ApiProperty() updatedAt!: number;
  @ApiProperty() version!: number;
}

export class MaterialPageDto {
  @ApiProperty({ type: [MaterialSummaryDto] }) items!: MaterialSummaryDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class MaterialDetailDto extends MaterialSummaryDto {
  @ApiProperty({ description: 'of its text, from 1' }) number!: number;
  @ApiProperty() versionId!: string;
  @ApiProperty() text!: string;
  @ApiProperty({ type: [QuestionPictureDto] }) pictures!: QuestionPictureDto[];
  @ApiProperty({ type: [QuestionChangedDto], description: 'in order of their places' })
  questions!: QuestionChangedDto[];
}
