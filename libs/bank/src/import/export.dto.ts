import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ExportFormat, QuestionType } from '@xuekao/contracts';
import { exportFormats, questionTypes } from '@xuekao/contracts';
import { IsIn, IsOptional } from 'class-validator';
import { QuestionListQuery } from '../question.dto.js';

const types = Object.keys(questionTypes);

export class BankExportQuery extends QuestionListQuery {
  @ApiPropertyOptional({ enum: Object.keys(exportFormats), default: 'docx' })
  @IsOptional()
  @IsIn(Object.keys(exportFormats))
  format: ExportFormat = 'docx';
  @ApiPropertyOptional({ enum: ['yes', 'no'], default: 'no', description: 'answers too; needs bank.edit' })
  @IsOptional()
  @IsIn(['yes', 'no'])
  keys: 'yes' | 'no' = 'no';
}

export class BankExportLeftOutDto {
  @ApiProperty() code!: string;
  @ApiProperty({ enum: types }) type!: QuestionType;
}

export class BankExportPlanDto {
  @ApiProperty() questions!: number;
  @ApiProperty({ type: [BankExportLeftOutDto], description: 'what the format cannot carry' })
  leftOut!: BankExportLeftOutDto[];
}
