import type { ExemptionReason, Gender, MembershipType, Page, RoleName, TransferState, Tree } from '@xuekao/contracts';
import { get, patch, post } from '../../api/http.js';
import { upload } from '../parts/file.js';
import type { CellFault } from '../parts/FaultTable.vue';
import type { Values } from '../parts/fields.js';
import type { TableQuery } from '../table/table-query.js';

export interface MemberRow {
  readonly id: string;
  readonly staffNumber: string;
  readonly name: string;
  readonly type: MembershipType;
  readonly partyUnitId: string | null;
  readonly departmentUnitId: string | null;
  readonly inTransit: boolean;
  readonly version: number;
}

export interface Place {
  readonly id: string;
  readonly unitId: string;
  readonly tree: Tree;
  readonly standing: 'primary' | 'additional';
  readonly type: MembershipType | null;
  readonly from: string;
  readonly to: string | null;
}

export interface HeldRole {
  readonly id: string;
  readonly memberId: string;
  readonly memberName?: string;
  readonly role: RoleName;
  readonly unitId: string;
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
}

export interface Transfer {
  readonly id: string;
  readonly memberId: string;
  readonly memberName?: string;
  readonly tree: Tree;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly state: TransferState;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly letterNumber: string | null;
  readonly reason: string;
}

export interface Exemption {
  readonly id: string;
  readonly memberId: string;
  readonly memberName?: string;
  readonly unitId: string;
  readonly reason: ExemptionReason;
  readonly note: string | null;
  readonly approvedBy: string;
  readonly from: string;
  readonly to: string | null;
}

export interface MemberFile extends MemberRow {
  readonly gender: Gender | null;
  readonly joinedOn: string | null;
  readonly fullSince: string | null;
  readonly phone: string | null;
  readonly places: readonly Place[];
  readonly roles: readonly HeldRole[];
  readonly transfers: readonly Transfer[];
  readonly exemptions: readonly Exemption[];
}

export interface RosterPreview {
  readonly good: readonly { row: number; staffNumber: string; name: string; type: MembershipType }[];
  readonly faults: readonly CellFault[];
}

export type ImportMode = 'all' | 'good-rows';

export const queryOf = ({ q, cursor, limit, filters }: TableQuery) => ({ q, cursor, limit, ...filters });

export const loadMembers = (query: TableQuery): Promise<Page<MemberRow>> => get('/members', { query: queryOf(query) });
export const loadMember = (id: string): Promise<MemberFile> => get(`/members/${id}`);
export const createMember = (values: Values, idempotencyKey: string): Promise<{ id: string }> =>
  post('/members', values, { idempotencyKey });
export const editMember = (id: string, version: number, values: Values): Promise<{ version: number }> =>
  patch(`/members/${id}`, { ...values, version });
export const changeType = (id: string, values: Values): Promise<void> => post(`/members/${id}/type`, values);
export const leaveParty = (id: string, values: Values): Promise<void> => post(`/members/${id}/leave`, values);
/** A group (党小组, 中心组) is an additional place; any other unit is the one place of its tree. */
export const joinUnit = (id: string, isGroup: boolean, values: Values): Promise<void> =>
  post(`/members/${id}/${isGroup ? 'groups' : 'places'}`, values);

export const createUnit = (values: Values, idempotencyKey: string): Promise<{ id: string }> =>
  post('/units', values, { idempotencyKey });
export const editUnit = (id: string, version: number, values: Values): Promise<void> =>
  patch(`/units/${id}`, { ...values, version });
export const closeUnit = (id: string, values: Values): Promise<void> => post(`/units/${id}/close`, values);

export const loadTransfers = (query: TableQuery): Promise<Page<Transfer>> =>
  get('/transfers', { query: queryOf(query) });
export const startTransfer = (values: Values, idempotencyKey: string): Promise<Transfer> =>
  post('/transfers', values, { idempotencyKey });
export const acceptTransfer = (id: string, values: Values): Promise<Transfer> =>
  post(`/transfers/${id}/accept`, values);
export const cancelTransfer = (id: string, values: Values): Promise<Transfer> =>
  post(`/transfers/${id}/cancel`, values);

export const loadRoles = (unitId: string | undefined): Promise<{ items: HeldRole[] }> =>
  get('/roles', { query: { unitId } });
export const grantRole = (values: Values, idempotencyKey: string): Promise<HeldRole> =>
  post('/roles', values, { idempotencyKey });
export const endRole = (id: string, values: Values): Promise<HeldRole> => post(`/roles/${id}/end`, values);

export const loadExemptions = (): Promise<{ items: Exemption[] }> => get('/exemptions');
export const grantExemption = (values: Values, idempotencyKey: string): Promise<Exemption> =>
  post('/exemptions', values, { idempotencyKey });
export const endExemption = (id: string, values: Values): Promise<Exemption> => post(`/exemptions/${id}/end`, values);

export const previewRoster = (file: File): Promise<RosterPreview> => upload('/members/import/preview', file);
export const importRoster = (file: File, mode: ImportMode): Promise<{ imported: number; faults: CellFault[] }> =>
  upload('/members/import', file, { mode });
