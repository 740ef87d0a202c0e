import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

export class EntryTextDto {
  @ApiProperty({ description: 'stable key' })
  @Matches(/^[a-z0-9-]{1,32}$/)
  key!: string;

  @ApiProperty()
  @IsNotEmpty()
  @IsString()
  @MaxLength(200)
  question!: string;

  @ApiProperty({ description: 'markdown: paragraphs, lists, **bold**' })
  @IsNotEmpty()
  @IsString()
  @MaxLength(20_000)
  answer!: string;

  @ApiProperty({ type: [String] })
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  @ArrayMaxSize(50)
  facts!: string[];

  @ApiProperty()
  @IsNotEmpty()
  @IsString()
  @MaxLength(200)
  sourceDocument!: string;

  @ApiProperty()
  @IsNotEmpty()
  @IsString()
  @MaxLength(200)
  sourceArticle!: string;

  @ApiProperty({ example: '2017-10-24' })
  @Matches(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  documentVersion!: string;

  @ApiProperty({ example: '2017-10-24' })
  @Matches(dayPattern)
  validFrom!: string;

  @ApiProperty({ type: String, nullable: true, description: 'first day of a newer wording' })
  @ValidateIf((entry: EntryTextDto) => entry.validTo !== null)
  @Matches(dayPattern)
  validTo!: string | null;

  @ApiProperty({ type: [String] })
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  @ArrayMaxSize(20)
  keywords!: string[];

  @ApiProperty({ type: [String], description: 'keys of related entries' })
  @IsString({ each: true })
  @ArrayMaxSize(20)
  related!: string[];
}

export class ChapterTextDto {
  @ApiProperty()
  @IsInt()
  @Min(1)
  @Max(999)
  number!: number;

  @ApiProperty()
  @IsNotEmpty()
  @IsString()
  @MaxLength(120)
  title!: string;

  @ApiProperty()
  @IsString()
  @MaxLength(500)
  summary!: string;

  @ApiProperty({ type: [EntryTextDto] })
  @IsArray()
  @ArrayMaxSize(5000)
  @ValidateNested({ each: true })
  @Type(() => EntryTextDto)
  entries!: EntryTextDto[];
}

export class EditionTextDto {
  @ApiProperty()
  @IsNotEmpty()
  @IsString()
  @MaxLength(120)
  title!: string;

  @ApiProperty({ description: 'name of the edition; the same name again revises it' })
  @IsNotEmpty()
  @IsString()
  @MaxLength(120)
  edition!: string;

  @ApiProperty()
  @IsString()
  @MaxLength(20_000)
  preface!: string;

  @ApiProperty({ type: [ChapterTextDto] })
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ChapterTextDto)
  chapters!: ChapterTextDto[];
}

export class HandbookSearchQueryDto {
  @ApiProperty({ description: 'one Chinese character is enough' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  q!: string;

  @ApiPropertyOptional({ default: 20, minimum: 1, maximum: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;
}

export class HandbookVisitDto {
  @ApiProperty({ description: 'how long the entry was shown' })
  @IsInt()
  @Min(0)
  @Max(86_400)
  seconds!: number;

  @ApiProperty({ description: 'scrolled to the end' })
  @IsBoolean()
  reachedEnd!: boolean;
}

export class ReadingPositionDto {
  @ApiProperty()
  @IsString()
  @MaxLength(32)
  key!: string;

  @ApiProperty({ minimum: 0, maximum: 1000, description: 'how far down the entry' })
  @IsInt()
  @Min(0)
  @Max(1000)
  scrollPermille!: number;
}

export class NewHandbookNoteDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(5000)
  text!: string;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'the passage it hangs on' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  quote?: string | null;
}

export class HandbookNoteRevisionDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(5000)
  text!: string;

  @ApiProperty({ description: 'the version that was read' })
  @IsInt()
  @Min(1)
  version!: number;
}
