import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength, ValidateNested } from 'class-validator';

export class SessionVoteDto {
  @ApiProperty({ description: '应到有表决权' })
  @IsInt()
  @Min(0)
  @Max(10_000)
  entitled!: number;

  @ApiProperty({ description: '同意' })
  @IsInt()
  @Min(0)
  @Max(10_000)
  inFavour!: number;

  @ApiProperty({ description: '反对' })
  @IsInt()
  @Min(0)
  @Max(10_000)
  against!: number;

  @ApiProperty({ description: '弃权' })
  @IsInt()
  @Min(0)
  @Max(10_000)
  abstained!: number;
}

export class SessionRecordTextDto {
  @ApiPropertyOptional({ type: Number, nullable: true, description: 'real start, epoch milliseconds' })
  @IsOptional()
  @IsInt()
  @Min(0)
  startedAt?: number | null;

  @ApiPropertyOptional({ type: Number, nullable: true, description: 'real end, epoch milliseconds' })
  @IsOptional()
  @IsInt()
  @Min(0)
  endedAt?: number | null;

  @ApiPropertyOptional({ description: '讨论发言要点' })
  @IsOptional()
  @IsString()
  @MaxLength(50_000)
  discussion?: string;

  @ApiPropertyOptional({ description: '决议；没有决议写“无”' })
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  resolution?: string;

  @ApiPropertyOptional({ type: SessionVoteDto, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionVoteDto)
  vote?: SessionVoteDto | null;

  @ApiPropertyOptional({ description: '落实事项' })
  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  followUp?: string;
}

export class SessionSignatureDto {
  @ApiProperty({ enum: ['host', 'recorder'] })
  @IsIn(['host', 'recorder'])
  as!: 'host' | 'recorder';
}

export class ErratumTextDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(5000)
  text!: string;
}
