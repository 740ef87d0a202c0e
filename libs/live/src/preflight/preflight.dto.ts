import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { PreflightFigures, PreflightLevel } from '../core/preflight-verdict.js';
import type { PreflightRun } from './preflight-record.js';

export class NewPreflightDto {
  @ApiProperty({ minimum: 10, maximum: 10_000, description: 'phones to simulate' })
  @IsInt()
  @Min(10)
  @Max(10_000)
  phones!: number;

  @ApiPropertyOptional({ description: 'run although rooms are in use; their players will feel it' })
  @IsOptional()
  @IsBoolean()
  force?: boolean;
}

/** Times in milliseconds. */
export class PreflightFiguresDto implements PreflightFigures {
  @ApiProperty() phones!: number;
  @ApiProperty({ description: 'phones that could not connect or lost their connection' }) failed!: number;
  @ApiProperty({ description: 'from the press of the host until half of the phones have the question' })
  reachP50!: number;
  @ApiProperty() reachP99!: number;
  @ApiProperty({ description: 'between the first phone and 99 of 100' }) spread!: number;
  @ApiProperty({ description: 'from sending an answer to its acknowledgement after the commit' }) ackP50!: number;
  @ApiProperty() ackP99!: number;
  @ApiProperty() unanswered!: number;
  @ApiProperty({ description: 'standstill of the server' }) loopLagP99!: number;
  @ApiProperty() kbPerPhone!: number;
}

export class PreflightVerdictDto {
  @ApiProperty({ enum: ['good', 'tight', 'bad'] }) level!: PreflightLevel;
  @ApiProperty({ type: [String], description: 'the verdict and its reasons, in Chinese; the first is the headline' })
  sentences!: string[];
}

export class PreflightDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() phones!: number;
  @ApiProperty({ enum: ['waiting', 'running', 'done', 'failed'] }) state!: PreflightRun['state'];
  @ApiProperty({ minimum: 0, maximum: 100 }) percent!: number;
  @ApiProperty() askedAt!: number;
  @ApiProperty({ type: PreflightFiguresDto, nullable: true }) figures!: PreflightFiguresDto | null;
  @ApiProperty({ type: PreflightVerdictDto, nullable: true }) verdict!: PreflightVerdictDto | null;
}

export class PreflightListDto {
  @ApiProperty({ type: [PreflightDto], description: 'newest first' }) items!: PreflightDto[];
}

export function preflightDto({ id, phones, state, percent, askedAt, figures, verdict }: PreflightRun): PreflightDto {
  const told = verdict && { level: verdict.level, sentences: [...verdict.sentences] };
  return { id, phones, state, percent: Math.round(percent), askedAt, figures, verdict: told };
}
