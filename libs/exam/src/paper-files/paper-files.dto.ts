import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

const kinds = ['paper', 'key', 'sheet'] as const;
const formats = ['pdf', 'docx'] as const;
const variants = ['A', 'B', 'C', 'D'] as const;
export type PaperFileKind = (typeof kinds)[number];
export type PaperFormat = (typeof formats)[number];
export type PaperVariant = (typeof variants)[number];

export class PaperFileQuery {
  @ApiPropertyOptional({
    enum: kinds,
    description: 'the paper, its key, or the sheet to fill in; the paper when absent',
  })
  @IsOptional()
  @IsIn(kinds)
  kind?: PaperFileKind;
  @ApiPropertyOptional({ enum: formats, description: 'pdf when absent' })
  @IsOptional()
  @IsIn(formats)
  format?: PaperFormat;
  @ApiPropertyOptional({ enum: variants, description: 'A as drawn; the others have an order of their own' })
  @IsOptional()
  @IsIn(variants)
  variant?: PaperVariant;
}
