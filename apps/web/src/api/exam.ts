import type { AnswerContent, AttemptState, QuestionBody } from '@xuekao/contracts';
import { get, post, put } from './http.js';

export type ExamPhase = 'upcoming' | 'open' | 'closed';

export interface MyExam {
  readonly id: string;
  readonly title: string;
  readonly phase: ExamPhase;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly limitMinutes: number;
  readonly questionCount: number;
  /** Marks in hundredths. */
  readonly totalMarks: number;
  readonly passMarks: number;
  readonly book: 'open' | 'closed';
  /** Why the person need not sit it (缓考, 免考), null where he must. */
  readonly exemption: string | null;
  readonly isMakeUp: boolean;
  readonly maxAttempts: number;
  readonly usedAttempts: number;
  readonly rulesText?: string | null;
  readonly attempt: { readonly id: string; readonly state: AttemptState; readonly deadlineAt: number } | null;
  readonly resultVisible: boolean;
  readonly reviewVisible: boolean;
  readonly bestMarks: number | null;
}

export interface PaperQuestion {
  readonly number: number;
  readonly marks: number;
  readonly body: QuestionBody;
}

export interface SavedAnswer {
  readonly number: number;
  readonly content: AnswerContent;
  readonly clientSeq: number;
  readonly savedAt: number;
}

export interface Attempt {
  readonly id: string;
  readonly examId: string;
  readonly title: string;
  readonly state: AttemptState;
  readonly startedAt: number;
  readonly deadlineAt: number;
  readonly limitMinutes: number;
  readonly extendedFromMinutes?: number | null;
  readonly serverNow: number;
  readonly questions: readonly PaperQuestion[];
  readonly answers: readonly SavedAnswer[];
}

export interface AnswerSave {
  readonly clientSeq: number;
  readonly content: AnswerContent;
}

export interface SaveReceipt {
  readonly number: number;
  readonly clientSeq: number;
  readonly savedAt: number;
}

export interface SaveNews {
  readonly deadlineAt: number;
  readonly serverNow: number;
}

export interface AttemptResult {
  readonly attemptId: string;
  readonly examId: string;
  readonly title: string;
  readonly marks: number | null;
  readonly totalMarks: number;
  readonly passMarks: number;
  readonly isPassed: boolean | null;
  readonly handedInAt: number;
  readonly tookMs: number;
  readonly correctCount: number | null;
  readonly questionCount: number;
  readonly reviewVisible: boolean;
}

export interface ReviewedQuestion extends PaperQuestion {
  readonly answer: AnswerContent | null;
  readonly key: AnswerContent;
  readonly awarded: number;
  readonly explanation: string | null;
  readonly source: string | null;
  readonly entryKey: string | null;
}

export interface AttemptReview {
  readonly attemptId: string;
  readonly title: string;
  readonly questions: readonly ReviewedQuestion[];
}

export const loadMyExams = (): Promise<{ items: MyExam[] }> => get('/my/exams');
/** `writer` is this device's token: the last device that started or took over is the only one that may write. */
export const startAttempt = (examId: string, writer: string, idempotencyKey: string): Promise<{ id: string }> =>
  post(`/exams/${examId}/attempts`, { writer }, { idempotencyKey });
export const loadAttempt = (id: string): Promise<Attempt> => get(`/attempts/${id}`);
export const takeOver = (id: string, writer: string): Promise<Attempt> => post(`/attempts/${id}/take-over`, { writer });
export const saveAnswer = (
  id: string,
  writer: string,
  number: number,
  save: AnswerSave,
): Promise<SaveReceipt & SaveNews> => put(`/attempts/${id}/answers/${number}`, { ...save, writer });
export const saveAnswers = (
  id: string,
  writer: string,
  answers: readonly (AnswerSave & { number: number })[],
): Promise<{ items: SaveReceipt[] } & SaveNews> => post(`/attempts/${id}/answers`, { writer, answers });
export const handIn = (id: string, writer: string): Promise<SaveNews> => post(`/attempts/${id}/hand-in`, { writer });
export const loadResult = (id: string): Promise<AttemptResult> => get(`/attempts/${id}/result`);
export const loadReview = (id: string): Promise<AttemptReview> => get(`/attempts/${id}/review`);
