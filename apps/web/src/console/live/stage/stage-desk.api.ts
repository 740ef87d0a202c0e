import type {
  Page,
  StageContestInput,
  StageMemberRole,
  StageResultRow,
  StageSeatPage,
  StageSheet,
  StageSheetCheck,
  StageSheetSummary,
} from '@xuekao/contracts';
import { get, post, put, remove } from '../../../api/http.js';
import type { TableQuery } from '../../table/table-query.js';
import { contestQuery, type ListedContest } from '../live.api.js';

export type StageSummary = ListedContest;
export interface StageContest extends StageSummary {
  readonly sheetId: string;
  readonly sheetName: string;
  readonly sheet: StageSheet;
  readonly teams: readonly {
    readonly team: number;
    readonly name: string;
    readonly members: readonly { readonly memberId: string; readonly name: string; readonly role: StageMemberRole }[];
  }[];
  readonly judges: readonly string[];
}
export interface SheetDetail extends StageSheetSummary {
  readonly sheet: StageSheet;
}

const stages = '/live/stages';
const sheets = '/live/stage-sheets';

export const loadStages = (query: TableQuery): Promise<Page<StageSummary>> =>
  get(stages, { query: contestQuery(query) });
export const loadStageContest = (id: string): Promise<StageContest> => get(`${stages}/${id}`);
export const createStage = (body: StageContestInput, idempotencyKey: string): Promise<StageContest> =>
  post(stages, body, { idempotencyKey });
/** 清空彩排数据 */
export const clearStage = (id: string): Promise<void> => remove(`${stages}/${id}`);
export const openStageScreen = (id: string): Promise<{ readonly screenPath: string }> =>
  post(`${stages}/${id}/screens`);
export const loadStageResults = (id: string): Promise<{ contest: StageSummary; items: readonly StageResultRow[] }> =>
  get(`${stages}/${id}/results`);
/** So many seats of the audience come at a time. */
export const seatsAtOnce = 20;
/** 已入场的观众, by name, unit or number of the seat. */
export const findSeats = (id: string, q: string, after: number): Promise<StageSeatPage> =>
  get(`${stages}/${id}/audience`, { query: { role: 'host', q, after, limit: seatsAtOnce } });
export interface JudgeAccount {
  readonly accountId: string;
  readonly name: string;
  readonly unitName: string;
}
/** 可任评委的账号 */
export const findJudges = (q: string): Promise<Page<JudgeAccount>> =>
  get(`${stages}/judge-accounts`, { query: { q, limit: 20 } });
export const loadSheets = (): Promise<{ readonly items: readonly StageSheetSummary[] }> => get(sheets);
export const loadSheet = (id: string): Promise<SheetDetail> => get(`${sheets}/${id}`);
export const checkSheet = (sheet: StageSheet, teams?: number): Promise<StageSheetCheck> =>
  post(`${sheets}/check`, { sheet, ...(teams === undefined ? {} : { teams }) });
export const createSheet = (unitId: string, sheet: StageSheet, idempotencyKey: string): Promise<{ id: string }> =>
  post(sheets, { unitId, sheet }, { idempotencyKey });
export const changeSheet = (id: string, version: number, sheet: StageSheet): Promise<{ id: string }> =>
  put(`${sheets}/${id}`, { version, sheet });
export const removeSheet = (id: string): Promise<void> => remove(`${sheets}/${id}`);
