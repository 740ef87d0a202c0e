import type {
  LikenessKind,
  LikenessReason,
  Page,
  QuestionBody,
  QuestionPicture,
  TwinDecision,
} from '@xuekao/contracts';
import { get, post, put } from '../../../api/http.js';
import { upload } from '../../parts/file.js';
import type { TableQuery } from '../../table/table-query.js';
import type { QuestionInput, QuestionKey, QuestionRow } from '../bank.api.js';
import { printablePicture } from './printable-picture.js';

export type BulkAct = 'review' | 'publish' | 'retire' | 'restore' | 'recheck';

export interface BulkResult {
  readonly done: number;
  readonly failed: number;
  readonly items: readonly {
    readonly id: string;
    readonly question: { readonly code: string } | null;
    readonly fault: { readonly code: string; readonly message: string } | null;
  }[];
}

export interface VersionLine {
  readonly versionId: string;
  readonly number: number;
  readonly createdAt: number;
  readonly isHead: boolean;
  readonly isPublished: boolean;
}

export interface VersionFile extends VersionLine {
  readonly body: QuestionBody;
  readonly key: QuestionKey | null;
  readonly explanation: string | null;
  readonly source: string | null;
}

export interface VersionComparison {
  readonly changes: readonly {
    readonly field: string;
    readonly name: string;
    readonly part: string | null;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

export interface Similar {
  readonly kind: LikenessKind;
  readonly score: number;
  readonly reason: LikenessReason;
  readonly message: string;
  readonly questionId: string;
  readonly code: string;
}

export interface Twin {
  readonly kind: LikenessKind;
  readonly score: number;
  readonly message: string;
  readonly first: QuestionRow;
  readonly second: QuestionRow;
}

export interface MaterialRow {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly topic: string;
  readonly updatedAt: number;
  readonly version: number;
}

export interface MaterialFile extends MaterialRow {
  readonly number: number;
  readonly text: string;
  readonly pictures: readonly QuestionPicture[];
  readonly questions: readonly { readonly id: string; readonly code: string; readonly state: QuestionRow['state'] }[];
}

export interface MaterialInput {
  readonly title: string;
  readonly topic: string;
  readonly text: string;
  readonly pictures: readonly QuestionPicture[];
}

export const bulkAct = (act: BulkAct, ids: readonly string[], reason: string): Promise<BulkResult> =>
  post('/questions/bulk', { act, ids, ...(reason ? { reason } : {}) });
export const retireQuestion = (id: string, reason: string): Promise<unknown> =>
  post(`/questions/${id}/retire`, { reason });
export const restoreQuestion = (id: string): Promise<unknown> => post(`/questions/${id}/restore`);
export const recheckQuestion = (id: string, note: string): Promise<unknown> =>
  post(`/questions/${id}/recheck`, note ? { note } : {});
export const loadVersions = (id: string): Promise<{ items: VersionLine[] }> => get(`/questions/${id}/versions`);
export const loadVersion = (id: string, number: number): Promise<VersionFile> =>
  get(`/questions/${id}/versions/${number}`);
export const compareVersions = (id: string, from: number, to: number): Promise<VersionComparison> =>
  get(`/questions/${id}/versions/${from}/changes/${to}`);
export const findSimilar = (
  input: QuestionInput,
  exceptId: string | undefined,
  signal: AbortSignal,
): Promise<{ items: Similar[] }> =>
  post('/questions/similar', { ...input, ...(exceptId ? { exceptId } : {}) }, { signal });
export const uploadPicture = async (file: File): Promise<{ id: string; width: number; height: number }> =>
  upload('/question-pictures', await printablePicture(file));

export const loadTwins = (offset: number, limit: number): Promise<{ items: Twin[]; total: number }> =>
  get('/questions/twins', { query: { offset, limit } });
export const decideTwins = (verdict: {
  firstId: string;
  secondId: string;
  decision: TwinDecision;
  keptId?: string;
  reason?: string;
}): Promise<void> => post('/questions/twins', verdict);

export const loadMaterials = ({ q, cursor, limit }: TableQuery): Promise<Page<MaterialRow>> =>
  get('/question-materials', { query: { q, cursor, limit } });
export const loadMaterial = (id: string): Promise<MaterialFile> => get(`/question-materials/${id}`);
export const createMaterial = (code: string, input: MaterialInput, idempotencyKey: string): Promise<MaterialRow> =>
  post('/question-materials', { code, ...input }, { idempotencyKey });
export const editMaterial = (id: string, version: number, input: MaterialInput): Promise<MaterialFile> =>
  put(`/question-materials/${id}`, { version, ...input });
