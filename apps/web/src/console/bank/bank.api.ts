import type {
  Page,
  Pair,
  QuestionBody,
  QuestionPicture,
  QuestionState,
  QuestionType,
  RecheckReason,
} from '@xuekao/contracts';
import { get, post, put } from '../../api/http.js';
import type { TableQuery } from '../table/table-query.js';

export interface QuestionRow {
  readonly id: string;
  readonly code: string;
  readonly type: QuestionType;
  readonly topic: string;
  readonly difficulty: 1 | 2 | 3;
  /** Hundredths; what the paper it came from gave. */
  readonly suggestedMarks: number | null;
  readonly state: QuestionState;
  /** Some version is in use, maybe an older one. */
  readonly isPublished: boolean;
  readonly entryKey: string | null;
  readonly materialId?: string | null;
  readonly materialPlace?: number | null;
  readonly isRetired: boolean;
  readonly retiredReason: string | null;
  /** 待复核 */
  readonly recheck: { readonly reason: RecheckReason; readonly since: number; readonly note: string } | null;
  readonly body: QuestionBody;
  readonly version: number;
  readonly updatedAt: number;
}

export interface QuestionKey {
  readonly optionIds?: readonly string[];
  readonly accepted?: readonly (readonly string[])[];
  readonly orderFree?: boolean;
  readonly pairs?: readonly Pair[];
  readonly reference?: string;
  readonly rubric?: readonly string[];
}

export interface QuestionFile extends QuestionRow {
  readonly number: number;
  /** Null for who may not edit the bank. */
  readonly key: QuestionKey | null;
  readonly explanation: string | null;
  readonly source: string | null;
}

export interface PartInput {
  readonly id?: string;
  readonly text: string;
  readonly picture?: QuestionPicture;
}

export interface OptionInput extends PartInput {
  readonly correct: boolean;
}

export interface QuestionInput {
  readonly type: QuestionType;
  readonly stem: string;
  readonly pictures?: readonly QuestionPicture[];
  readonly materialId?: string;
  readonly materialPlace?: number;
  readonly options?: readonly OptionInput[];
  readonly truth?: boolean;
  readonly answers?: readonly (readonly string[])[];
  readonly orderFree?: boolean;
  /** In the right order. */
  readonly items?: readonly PartInput[];
  readonly pairs?: readonly { readonly left: PartInput; readonly right: PartInput }[];
  readonly extraRights?: readonly PartInput[];
  readonly reference?: string;
  readonly rubric?: readonly string[];
  readonly maxLength?: number;
  readonly explanation: string;
  readonly source: string;
  readonly difficulty: number;
  readonly topic: string;
  readonly entryKey?: string;
}

export interface Topic {
  readonly topic: string;
  readonly count: number;
}

type Changed = { readonly id: string; readonly code: string; readonly state: QuestionState; readonly version: number };

export const loadQuestions = ({ q, cursor, limit, filters }: TableQuery): Promise<Page<QuestionRow>> =>
  get('/questions', { query: { q, cursor, limit, ...filters } });
export const loadTopics = (): Promise<{ items: Topic[] }> => get('/questions/topics');
export const loadQuestion = (id: string): Promise<QuestionFile> => get(`/questions/${id}`);
export const createQuestion = (code: string, input: QuestionInput, idempotencyKey: string): Promise<Changed> =>
  post('/questions', { code, ...input }, { idempotencyKey });
export const editQuestion = (id: string, version: number, input: QuestionInput): Promise<Changed> =>
  put(`/questions/${id}`, { ...input, version });
export const reviewQuestion = (id: string): Promise<Changed> => post(`/questions/${id}/review`);
export const publishQuestion = (id: string): Promise<Changed> => post(`/questions/${id}/publish`);
