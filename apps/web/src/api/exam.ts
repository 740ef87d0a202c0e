import type {
  AnswerContent,
  AppealState,
  AttemptPolicy,
  AttemptState,
  DecidedQuestion,
  FocusKind,
  QuestionBody,
  ReviewFacet,
  ScriptState,
} from '@xuekao/contracts';
import { type Call, get, post, put } from './http.js';

export type ExamPhase = 'upcoming' | 'open' | 'closed';

export interface MyExam {
  readonly id: string;
  readonly title: string;
  readonly phase: ExamPhase;
  readonly opensAt: number;
  readonly closesAt: number;
  /** With the time given on top. */
  readonly limitMinutes: number;
  readonly extendedFromMinutes?: number | null;
  readonly questionCount: number;
  /** Marks in hundredths. */
  readonly totalMarks: number;
  readonly passMarks: number;
  readonly book: 'open' | 'closed';
  /** Why the person need not sit it (缓考, 免考), null where he must. */
  readonly exemption: string | null;
  readonly isMakeUp: boolean;
  readonly needsPassword?: boolean;
  readonly needsExamBrowser?: boolean;
  readonly isWaiting?: boolean;
  readonly maxAttempts: number;
  readonly usedAttempts: number;
  readonly attemptPolicy: AttemptPolicy;
  readonly rulesText?: string | null;
  readonly attempt: { readonly id: string; readonly state: AttemptState; readonly deadlineAt: number } | null;
  readonly resultVisible: boolean;
  readonly reviewVisible: boolean;
  /** Of the attempt that counts. */
  readonly countedMarks: number | null;
  /** 成绩已更正, by a regrade, until it was seen. */
  readonly correction?: (Correction & { readonly attemptId: string }) | null;
  readonly appeals?: { readonly open: number; readonly answered: number } | null;
}

export interface Correction {
  readonly id: string;
  readonly reason: string;
  readonly at: number;
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
  /** Absent from a paper that an older page kept on the device. */
  readonly decided?: readonly DecidedQuestion[];
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

export interface OutcomeQuestion {
  readonly number: number;
  readonly full: number;
  readonly body: QuestionBody | null;
  readonly answer: AnswerContent | null;
  readonly awarded: number | null;
  /** machine, manual, appeal, given or void. */
  readonly decidedBy: string | null;
  readonly key: AnswerContent | null;
  readonly explanation: string | null;
  readonly source: string | null;
}

/** A result as far as it is shown now; what is not shown is null. */
export interface AttemptOutcome {
  readonly attemptId: string;
  readonly examId: string;
  readonly title: string;
  readonly shown: readonly ReviewFacet[];
  readonly isWaiting: boolean;
  readonly handedInAt: number;
  readonly marks: number | null;
  readonly totalMarks: number;
  /** On the scale of 100, in hundredths. */
  readonly score: number | null;
  readonly passLine: number | null;
  readonly isPassed: boolean | null;
  /** 成绩已更正, until it was seen. */
  readonly correction?: Correction | null;
  readonly questions: readonly OutcomeQuestion[];
}

export interface OwnAppeal {
  readonly number: number;
  readonly reason: string;
  readonly state: AppealState;
  readonly filedAt: number;
  readonly answer: string | null;
  readonly answeredAt: number | null;
  /** Of a blank or a text: where the second reading stands. */
  readonly marking: ScriptState | null;
  readonly isApplied: boolean;
}

export interface OwnAppeals {
  readonly items: readonly OwnAppeal[];
  /** When more may be asked for; null: never. */
  readonly from: number | null;
  readonly until: number | null;
}

export interface NumberedAnswer extends AnswerSave {
  readonly number: number;
}

export interface FocusEvent {
  readonly kind: FocusKind;
  /** By the device's clock. */
  readonly at: number;
  readonly awayMs?: number;
}

/** What Safe Exam Browser tells pages where it cannot add headers by itself. */
const examBrowserOf = (): { readonly security?: { readonly configKey?: unknown } } | undefined =>
  (window as { SafeExamBrowser?: { readonly security?: { readonly configKey?: unknown } } }).SafeExamBrowser;

function visit(): Pick<Call, 'headers'> {
  const hash = examBrowserOf()?.security?.configKey;
  if (typeof hash !== 'string' || hash === '') return {};
  return { headers: { 'x-safeexambrowser-configkeyhash': hash, 'x-exam-page': location.href.replace(/#.*$/, '') } };
}

/** What a start from this device would be told, but for the password. */
export interface AccessCheck {
  readonly address: string;
  readonly isAddressAllowed: boolean;
  readonly needsPassword: boolean;
  readonly needsExamBrowser: boolean;
  readonly isBrowserAllowed: boolean;
}

export const checkAccess = (examId: string): Promise<AccessCheck> => get(`/exams/${examId}/access/check`, visit());
export const loadMyExams = (): Promise<{ items: MyExam[] }> => get('/my/exams');
/** `writer` is this device's token: the last device that started or took over is the only one that may write. */
export const startAttempt = (
  examId: string,
  writer: string,
  idempotencyKey: string,
  password?: string,
): Promise<{ id: string }> =>
  post(`/exams/${examId}/attempts`, password ? { writer, password } : { writer }, { idempotencyKey, ...visit() });
export const loadAttempt = (id: string, signal?: AbortSignal): Promise<Attempt> =>
  get(`/attempts/${id}`, signal ? { signal, ...visit() } : visit());
export const takeOver = (id: string, writer: string): Promise<Attempt> =>
  post(`/attempts/${id}/take-over`, { writer }, visit());
export const saveAnswer = (
  id: string,
  writer: string,
  number: number,
  { clientSeq, content }: AnswerSave,
  signal?: AbortSignal,
): Promise<SaveReceipt & SaveNews> =>
  put(`/attempts/${id}/answers/${number}`, { clientSeq, content, writer }, signal ? { signal, ...visit() } : visit());
export const saveAnswers = (
  id: string,
  writer: string,
  answers: readonly NumberedAnswer[],
  signal?: AbortSignal,
): Promise<{ items: SaveReceipt[] } & SaveNews> =>
  post(`/attempts/${id}/answers`, { writer, answers }, signal ? { signal, ...visit() } : visit());
export const handIn = (id: string, writer: string, answers: readonly NumberedAnswer[] = []): Promise<SaveNews> =>
  post(`/attempts/${id}/hand-in`, { writer, answers }, visit());
export const tellFocus = (id: string, events: readonly FocusEvent[]): Promise<unknown> =>
  post(`/attempts/${id}/focus`, { events });
export const loadResult = (id: string): Promise<AttemptResult> => get(`/attempts/${id}/result`);
export const loadOutcome = (id: string): Promise<AttemptOutcome> => get(`/attempts/${id}/outcome`);
export const tellCorrectionSeen = (attemptId: string, id: string): Promise<unknown> =>
  post(`/attempts/${attemptId}/correction-seen`, { id });
export const loadReview = (id: string): Promise<AttemptReview> => get(`/attempts/${id}/review`);
export const loadAppeals = (id: string): Promise<OwnAppeals> => get(`/attempts/${id}/appeals`);
export const fileAppeal = (id: string, number: number, reason: string, idempotencyKey: string): Promise<OwnAppeals> =>
  post(`/attempts/${id}/appeals`, { number, reason }, { idempotencyKey });
