import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import { QuestionBodyDto, QuestionKeyDto, RowFaultDto } from './question.dto.js';

export class PasteDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(1_000_000) text!: string;
}

export class PasteImportDto extends PasteDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(60) topic!: string;
  @ApiProperty({ minimum: 1, maximum: 3 }) @IsInt() @Min(1) @Max(3) difficulty!: number;
  @ApiProperty({ enum: ['good-only', 'all-or-nothing'] })
  @IsIn(['good-only', 'all-or-nothing'])
  mode!: 'good-only' | 'all-or-nothing';
}

export class PasteRowDto {
  @ApiProperty({ description: 'line of the question’s number, from 1' }) line!: number;
  @ApiProperty() number!: string;
  @ApiProperty() stem!: string;
  @ApiProperty({ type: QuestionBodyDto, nullable: true }) body!: QuestionBodyDto | null;
  @ApiProperty({ type: QuestionKeyDto, nullable: true }) key!: QuestionKeyDto | null;
  @ApiProperty({ type: RowFaultDto, nullable: true }) fault!: RowFaultDto | null;
}

export class PastePreviewDto {
  @ApiProperty({ type: [PasteRowDto] }) rows!: PasteRowDto[];
  @ApiProperty() good!: number;
  @ApiProperty() bad!: number;
}

export class PasteImportedDto {
  @ApiProperty() added!: number;
  @ApiProperty({ type: [String] }) codes!: string[];
}
