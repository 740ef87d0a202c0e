import type {
  AnswerContent,
  AppealState,
  QuestionActKind,
  QuestionBody,
  RegradeKind,
  RegradeState,
  ScriptState,
} from '@xuekao/contracts';
import { get, post, put } from '../../../api/http.js';

/** Marks are hundredths. */
export interface DeskAppeal {
  readonly id: string;
  readonly name: string;
  readonly staffNumber: string;
  readonly unitName: string;
  /** On the common paper. */
  readonly number: number;
  readonly body: QuestionBody;
  readonly content: AnswerContent | null;
  readonly marks: number | null;
  readonly full: number;
  readonly reason: string;
  readonly state: AppealState;
  readonly filedAt: number;
  readonly answer: string | null;
  readonly answererName: string | null;
  readonly answeredAt: number | null;
  /** The second reading of a blank or a text. */
  readonly marking: ScriptState | null;
  readonly markingMarks: number | null;
  readonly isApplied: boolean;
  /** Begun from it, or with its second mark; oldest first. */
  readonly regrades: readonly {
    readonly id: string;
    readonly kind: RegradeKind;
    readonly state: RegradeState;
    readonly isReversed: boolean;
  }[];
}

export const loadAppeals = (examId: string): Promise<{ items: DeskAppeal[] }> => get(`/exams/${examId}/appeals`);
export const answerAppeal = (id: string, state: 'upheld' | 'dismissed', answer: string): Promise<void> =>
  put(`/appeals/${id}`, { state, answer });
export const decideQuestion = (examId: string, number: number, kind: QuestionActKind, reason: string): Promise<void> =>
  post(`/exams/${examId}/question-acts`, { number, kind, reason });
