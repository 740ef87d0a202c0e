import type { AccountState, AuditFault, AuditResult, MembershipType, Page } from '@xuekao/contracts';
import { get, post } from '../../api/http.js';
import type { TableQuery } from '../table/table-query.js';

export interface AccountRow {
  readonly memberId: string;
  readonly memberName: string;
  readonly staffNumber: string;
  readonly type: MembershipType;
  readonly account: {
    readonly id: string;
    readonly loginName: string;
    readonly state: AccountState;
    readonly mustChangePassword: boolean;
    readonly lastSignInAt: number | null;
  } | null;
}

/** An initial password is shown once and must be changed at the first sign-in. */
export interface NewAccount {
  readonly id: string;
  readonly memberId: string;
  readonly loginName: string;
  readonly initialPassword: string;
}

export interface AuditRecord {
  readonly number: number;
  readonly eventId: string;
  readonly at: number;
  readonly actorName: string | null;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly unitId: string | null;
  readonly result: AuditResult;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly previousHash: string;
  readonly hash: string;
}

export interface AuditVerdict {
  readonly isWhole: boolean;
  readonly verified: number;
  readonly headHash: string | null;
  readonly brokenNumber: number | null;
  readonly fault: AuditFault | null;
}

export const auditQuery = ({ filters }: TableQuery): Record<string, string> => {
  const { year, ...rest } = filters;
  return year ? { ...rest, from: `${year}-01-01`, to: `${year}-12-31` } : { ...rest };
};
export const loadAccounts = ({ q, cursor, limit }: TableQuery): Promise<Page<AccountRow>> =>
  get('/accounts', { query: { q, cursor, limit } });
export const createAccounts = (memberIds: readonly string[]): Promise<{ items: NewAccount[] }> =>
  post('/accounts/bulk', { memberIds });
export const resetAccount = (id: string, reason: string): Promise<NewAccount> =>
  post(`/accounts/${id}/reset`, { reason });
export const setAccountState = (id: string, act: 'disable' | 'enable', reason: string): Promise<void> =>
  post(`/accounts/${id}/${act}`, { reason });
export const loadAudit = (query: TableQuery): Promise<Page<AuditRecord>> =>
  get('/audit', { query: { cursor: query.cursor, limit: query.limit, ...auditQuery(query) } });
export const verifyAudit = (): Promise<AuditVerdict> => get('/audit/verify');
