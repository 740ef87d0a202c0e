import type { FigureUnit, Page, RecordKind, ReportState, SectionKey, SentenceKey } from '@xuekao/contracts';
import { get, patch, post, put } from '../../api/http.js';
import type { TableQuery } from '../table/table-query.js';

export interface ReportHead {
  readonly id: string;
  readonly year: number;
  readonly unitId: string;
  readonly authorMemberId: string | null;
  readonly title: string;
  readonly signature: string;
  readonly signedOn: string | null;
  readonly threshold: number;
  readonly state: ReportState;
  readonly createdAt: number;
  readonly finalisedAt: number | null;
  readonly version: number;
}

export interface TracedFigure {
  readonly key: string;
  readonly label: string;
  readonly unit: FigureUnit;
  readonly value: number;
  readonly query: string;
  readonly recordKind: RecordKind;
  readonly records: number;
}

export interface SentencePart {
  readonly kind: 'text' | 'slot' | 'gap';
  readonly text: string;
  readonly slot: string | null;
  readonly label: string | null;
  readonly figures: readonly string[];
}

export interface Omission {
  readonly sentence: SentenceKey;
  readonly reason: string;
}

export interface ReportSection {
  readonly key: SectionKey;
  readonly name: string;
  readonly part: string | null;
  readonly heading: string;
  readonly text: string;
  readonly version: number;
  readonly sentences: readonly { key: SentenceKey; text: string; parts: readonly SentencePart[] }[];
  readonly omitted: readonly Omission[];
  readonly hints: readonly { text: string }[];
}

export interface DataGap {
  readonly section: SectionKey;
  readonly sentence: SentenceKey;
  readonly slot: string;
  readonly label: string;
}

export interface Report extends ReportHead {
  readonly unit: string;
  readonly asOf: string;
  readonly sections: readonly ReportSection[];
  readonly figures: readonly TracedFigure[];
  readonly gaps: readonly DataGap[];
  readonly checksum: string | null;
}

export interface FigureRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly date: string;
  readonly title: string;
  readonly unit: string;
  readonly detail: string;
}

export const loadReports = ({ cursor, limit, filters }: TableQuery): Promise<Page<ReportHead>> =>
  get('/reports', { query: { cursor, limit, ...filters } });
export const loadReport = (id: string): Promise<Report> => get(`/reports/${id}`);
export const createReport = (body: object, idempotencyKey: string): Promise<Report> =>
  post('/reports', body, { idempotencyKey });
export const changeReport = (id: string, body: object): Promise<Report> => patch(`/reports/${id}`, body);
export const writeSection = (
  id: string,
  section: SectionKey,
  body: { version: number; heading: string; text: string; omitted: readonly Omission[] },
): Promise<Report> => put(`/reports/${id}/sections/${section}`, body);
export const finaliseReport = (id: string, version: number): Promise<Report> =>
  post(`/reports/${id}/finalise`, { version });
export const loadFigureRecords = (id: string, figure: string): Promise<{ items: FigureRecord[] }> =>
  get(`/reports/${id}/figures/${encodeURIComponent(figure)}/records`);
