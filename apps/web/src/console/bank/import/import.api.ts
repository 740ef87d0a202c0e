import type {
  Difficulty,
  GuessReason,
  ImportFormat,
  ImportMode,
  ImportRowState,
  Page,
  PictureType,
  QuestionPicture,
  QuestionType,
} from '@xuekao/contracts';
import { get, post, put } from '../../../api/http.js';
import type { components } from '../../../api/schema.js';
import { download, upload } from '../../parts/file.js';
import type { TableQuery } from '../../table/table-query.js';

export interface ImportFault {
  readonly code: string;
  readonly message: string;
  readonly place: string | null;
}

/** Shown by its id; the server knows its size. */
export interface FilePicture extends QuestionPicture {
  readonly mediaType: PictureType;
}

/** A question as files carry it; what does not belong to its type is empty. */
export interface FileQuestion {
  readonly type: QuestionType;
  readonly stem: string;
  readonly pictures: readonly FilePicture[];
  readonly options: readonly {
    readonly text: string;
    readonly correct: boolean;
    readonly picture?: FilePicture;
  }[];
  readonly truth: boolean | null;
  readonly answers: readonly (readonly string[])[];
  readonly orderFree: boolean;
  readonly order: readonly string[];
  readonly pairs: readonly { readonly left: string; readonly right: string }[];
  readonly spareRights: readonly string[];
  readonly reference: string;
  readonly rubric: readonly string[];
  readonly material: {
    readonly title: string;
    readonly text: string;
    readonly pictures?: readonly FilePicture[];
  } | null;
  readonly explanation: string;
  readonly source: string;
  readonly difficulty: Difficulty | null;
  readonly topic: string;
  readonly marks: number | null;
  readonly code: string;
}

export interface ImportRow {
  readonly number: number;
  readonly state: ImportRowState;
  readonly label: string;
  readonly place: string;
  readonly question: FileQuestion | null;
  readonly faults: readonly ImportFault[];
  readonly guesses: readonly {
    readonly what: string;
    readonly guess: string;
    readonly reason: GuessReason;
    readonly message: string;
  }[];
  readonly twins: readonly { readonly code: string | null; readonly row: number | null; readonly score: number }[];
  readonly raw: string;
  readonly questionId: string | null;
}

export type RowCounts = Readonly<Record<ImportRowState, number>>;

export type ImportBatch = Readonly<components['schemas']['BankImportDto']>;

export interface ImportChoice {
  readonly format?: ImportFormat | undefined;
  readonly topic?: string | undefined;
  readonly difficulty: Difficulty;
}

const root = '/questions/imports';

export const loadImports = ({ q, cursor, limit, filters }: TableQuery): Promise<Page<ImportBatch>> =>
  get(root, { query: { q, cursor, limit, ...filters } });
export const loadImport = (id: string): Promise<ImportBatch> => get(`${root}/${id}`);
export const loadImportRows = (id: string, { cursor, limit, filters }: TableQuery): Promise<Page<ImportRow>> =>
  get(`${root}/${id}/rows`, { query: { cursor, limit, ...filters } });
export const uploadImport = (file: File, choice: ImportChoice): Promise<ImportBatch> =>
  upload(root, file, { ...choice });
export const uploadText = (text: string, choice: ImportChoice): Promise<ImportBatch> =>
  post(`${root}/text`, { text, ...choice });
export const downloadTemplate = (fallbackName: string): Promise<void> => download(`${root}/template`, {}, fallbackName);
export const mendRow = (id: string, number: number, question: FileQuestion): Promise<ImportRow> =>
  put(`${root}/${id}/rows/${number}`, question);
/** Of these rows, or of all that wait. */
export const confirmRows = (id: string, numbers?: readonly number[]): Promise<ImportBatch> =>
  post(`${root}/${id}/rows/confirm`, numbers ? { numbers } : {});
export const skipRows = (id: string, numbers: readonly number[]): Promise<ImportBatch> =>
  post(`${root}/${id}/rows/skip`, { numbers });
export const commitImport = (id: string, mode: ImportMode): Promise<ImportBatch> =>
  post(`${root}/${id}/commit`, { mode });
export interface UndoPlan {
  readonly going: number;
  readonly staying: readonly { readonly number: number; readonly code: string; readonly reason: string }[];
}
export const planUndo = (id: string): Promise<UndoPlan> => get(`${root}/${id}/undo-plan`);
/** `good-only` leaves what is in use; otherwise one such question stops the whole. */
export const undoImport = (id: string, mode: ImportMode): Promise<ImportBatch> => post(`${root}/${id}/undo`, { mode });

type ExportQuery = Readonly<Record<string, string>>;
export const planExport = (
  query: ExportQuery,
): Promise<{ questions: number; leftOut: { code: string; type: QuestionType }[] }> =>
  get('/questions/exports/plan', { query });
export const downloadExport = (query: ExportQuery, fallbackName: string): Promise<void> =>
  download('/questions/exports', query, fallbackName);
