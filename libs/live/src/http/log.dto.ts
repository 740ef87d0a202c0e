import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { QuizBoard, QuizFrame, QuizView } from '@xuekao/contracts';
import type { LogFault, Verdict } from '@xuekao/rooms';

const logFaults: readonly LogFault[] = ['changed', 'removed', 'swapped', 'cut-off', 'head'];

export class ClearedRehearsalsDto {
  @ApiProperty({ description: 'rehearsals of which nothing is left' }) cleared!: number;
}

export class ReplayDto {
  @ApiProperty({ format: 'uuid' }) roomId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'QuizView of the screen before the first frame',
  })
  view!: QuizView;
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'QuizFrame of the screen in order, each with the server time of its commit',
  })
  frames!: readonly QuizFrame[];
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'QuizProgress of the screen between the frames, with `at`',
  })
  progress!: readonly object[];
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'QuizBoard, equal to what was stored' })
  board!: QuizBoard;
}

export class RehearsalQuery {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  unitId!: string;
}

export class RehearsalExtentDto {
  @ApiProperty() rooms!: number;
  @ApiProperty({ description: 'answers given in them' }) answers!: number;
}

export class LogCheckDto {
  @ApiProperty() whole!: boolean;
  @ApiProperty({ type: Number, nullable: true, description: 'rows of a log that is whole' }) rows!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'number of the first row that is wrong' })
  at!: number | null;
  @ApiProperty({ enum: logFaults, nullable: true }) fault!: LogFault | null;
}

export function logCheckDto(verdict: Verdict): LogCheckDto {
  if (verdict.ok) return { whole: true, rows: verdict.rows, at: null, fault: null };
  return { whole: false, rows: null, at: verdict.seq, fault: verdict.reason };
}
