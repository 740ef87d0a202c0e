import { IsUUID, Matches } from 'class-validator';
import { writerPattern } from '../taking.dto.js';

export class AttemptWatchMessage {
  @IsUUID() attemptId!: string;
  @Matches(writerPattern) writer!: string;
}

export class ExamWatchMessage {
  @IsUUID() examId!: string;
}
