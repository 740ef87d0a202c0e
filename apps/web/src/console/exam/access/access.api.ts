import { get, put } from '../../../api/http.js';

export interface ExamAccess {
  readonly hasPassword: boolean;
  readonly ipRanges: readonly string[];
  readonly sebKeys: readonly string[];
  /** Whether the address of who comes through a proxy can be known. */
  readonly trustsProxy: boolean;
  /** As the server sees it. */
  readonly ownAddress: string;
}

export interface AccessInput {
  /** Absent leaves it, null takes it away. */
  readonly password?: string | null;
  readonly ipRanges: readonly string[];
  readonly sebKeys: readonly string[];
}

export const loadAccess = (examId: string): Promise<ExamAccess> => get(`/exams/${examId}/access`);
export const putAccess = (examId: string, input: AccessInput): Promise<ExamAccess> =>
  put(`/exams/${examId}/access`, input);
