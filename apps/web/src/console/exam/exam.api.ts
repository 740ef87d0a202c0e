import type {
  AttemptPolicy,
  Difficulty,
  ExamBook,
  ExamLevel,
  ExamState,
  ExternalStatus,
  MultiplePolicy,
  Page,
  QuestionBody,
  RecheckReason,
  ReviewPolicy,
  SectionType,
} from '@xuekao/contracts';
import { get, post, put } from '../../api/http.js';
import type { components } from '../../api/schema.js';
import { upload } from '../parts/file.js';
import type { TableQuery } from '../table/table-query.js';

export interface Exam {
  readonly id: string;
  readonly title: string;
  readonly unitId: string;
  readonly level: ExamLevel;
  readonly state: ExamState;
  readonly paperId: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly limitMinutes: number;
  /** Given to everybody. */
  readonly extraMinutes: number;
  /** After a deadline answers are still taken for so long. */
  readonly graceMs: number;
  /** Lines are hundredths on the scale of 100. */
  readonly passLine: number;
  readonly excellentLine: number;
  readonly attempts: number;
  /** Which of them counts. */
  readonly attemptPolicy: AttemptPolicy;
  readonly review: ReviewPolicy;
  readonly book: ExamBook;
  readonly rules: string | null;
  readonly multiplePolicy: MultiplePolicy;
  readonly shuffleQuestions: boolean;
  readonly shuffleOptions: boolean;
  readonly makeUpOf: string | null;
  readonly publishedAt: number | null;
  readonly closedAt: number | null;
  readonly version: number;
}

export interface BlueprintSection {
  readonly name: string;
  readonly type: SectionType;
  /** Questions; of a section of materials, materials. */
  readonly count: number;
  /** Per question, in hundredths. */
  readonly marks: number;
  /** Of a section of materials: exactly so many questions about each. */
  readonly questionsEach?: number;
  readonly topics?: readonly string[];
  readonly difficulties?: readonly number[];
  readonly mix?: Readonly<Partial<Record<Difficulty, number>>>;
  readonly must?: readonly string[];
}

export interface DrawPlan {
  readonly sections: readonly BlueprintSection[];
  readonly mustNot?: readonly string[];
  readonly seed?: string;
}

/** Questions in their order, marks in hundredths. */
export interface HandPlan {
  readonly picks: readonly { readonly code: string; readonly marks: number }[];
}

export type PaperPlan = DrawPlan | HandPlan;

export interface Paper {
  readonly id: string | null;
  readonly kind: 'draw' | 'hand';
  readonly seed: string | null;
  readonly full: number;
  readonly items: readonly {
    readonly number: number;
    readonly section: number;
    readonly sectionName: string;
    readonly code: string;
    readonly questionId: string;
    readonly marks: number;
    readonly body: QuestionBody;
    /** Waits for another look, or is retired. */
    readonly attention: {
      readonly recheck: RecheckReason | null;
      readonly note: string | null;
      readonly retiredReason: string | null;
    } | null;
  }[];
  readonly toCheck: number;
  /** What it was drawn from; null of one made by hand. */
  readonly sections: readonly BlueprintSection[] | null;
  readonly mustNot: readonly string[] | null;
}

type Schemas = components['schemas'];
export type Sitting = Readonly<Schemas['SittingDto']>;
export type UnitProgress = Readonly<Schemas['UnitProgressDto']>;
export type Progress = Readonly<Schemas['ExamProgressDto']>;
export type Results = Readonly<Schemas['ExamResultsDto']>;

export interface ExternalExam {
  readonly id: string;
  readonly title: string;
  readonly level: ExamLevel;
  readonly heldOn: string;
  readonly unitId: string;
  readonly full: number;
  readonly passLine: number;
  readonly excellentLine: number;
  readonly importedAt: number | null;
}

export interface ExternalFile extends ExternalExam {
  readonly results: readonly {
    readonly memberId: string;
    readonly staffNumber: string;
    readonly name: string;
    readonly unitName: string;
    readonly status: ExternalStatus;
    readonly exemption: string | null;
    readonly raw: number | null;
    readonly score: number | null;
  }[];
}

export interface ResultPreview {
  readonly sheet: string;
  readonly good: number;
  readonly bad: number;
  readonly lines: readonly {
    readonly row: number;
    readonly staffNumber: string;
    readonly name: string;
    readonly score: string;
    readonly note: string;
    readonly status: ExternalStatus | null;
    readonly faults: readonly { readonly sheet: string; readonly cell: string; readonly message: string }[];
  }[];
}

const asked = ({ q, cursor, limit, filters }: TableQuery) => ({ query: { q, cursor, limit, ...filters } });

export const loadExams = (query: TableQuery): Promise<Page<Exam>> => get('/exams', asked(query));
export const loadExam = (id: string): Promise<Exam> => get(`/exams/${id}`);
export const createExam = (body: object, idempotencyKey: string): Promise<Exam> =>
  post('/exams', body, { idempotencyKey });
export const editExam = (id: string, version: number, body: object): Promise<Exam> =>
  put(`/exams/${id}`, { ...body, version });
export const previewPaper = (plan: PaperPlan): Promise<Paper> => post('/papers/preview', plan);
export const loadPaper = (id: string): Promise<Paper> => get(`/papers/${id}`);
export const publishExam = (id: string): Promise<Exam> => post(`/exams/${id}/publish`);
export const archiveExam = (id: string): Promise<Exam> => post(`/exams/${id}/archive`);
export const closeExam = (id: string, collect: boolean): Promise<Exam> => post(`/exams/${id}/close`, { collect });
export const loadProgress = (id: string): Promise<Progress> => get(`/exams/${id}/progress`);
export const loadResults = (id: string): Promise<Results> => get(`/exams/${id}/results`);
export const countDue = (unitId: string, on: string): Promise<{ due: number }> =>
  get(`/units/${unitId}/roster`, { query: { on, purpose: 'exam' } });

export const loadExternals = (query: TableQuery): Promise<Page<ExternalExam>> => get('/external-exams', asked(query));
export const loadExternal = (id: string): Promise<ExternalFile> => get(`/external-exams/${id}`);
export const createExternal = (body: object, idempotencyKey: string): Promise<ExternalExam> =>
  post('/external-exams', body, { idempotencyKey });
export const previewResults = (id: string, file: File): Promise<ResultPreview> =>
  upload(`/external-exams/${id}/results/preview`, file);
export const importResults = (
  id: string,
  file: File,
  mode: 'good-only' | 'all-or-nothing',
): Promise<{ imported: number; left: number }> => upload(`/external-exams/${id}/results`, file, { mode });
