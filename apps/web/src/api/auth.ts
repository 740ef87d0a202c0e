import type { Permission, RoleName } from '@xuekao/contracts';
import type { AccessGrant } from '../auth/access.js';
import { get, post, remove } from './http.js';

export interface RoleHeld {
  readonly role: RoleName;
  readonly roleName: string;
  readonly unitId: string;
  readonly unitName: string;
}

export interface OwnUnit {
  readonly id: string;
  readonly name: string;
}

export interface Me {
  readonly accountId: string;
  readonly memberId: string | null;
  readonly name: string;
  readonly loginName: string;
  readonly mustChangePassword: boolean;
  readonly isAdministrator: boolean;
  readonly permissions: readonly Permission[];
  readonly roles: readonly RoleHeld[];
  readonly partyUnit: OwnUnit | null;
  readonly departmentUnit: OwnUnit | null;
}

export interface Device {
  readonly id: string;
  readonly label: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly isCurrent: boolean;
}

export interface SetupState {
  readonly needed: boolean;
}

export type FoundingKind = 'party-group' | 'party-committee' | 'general-branch' | 'branch';

export interface Founding {
  readonly bureauName: string;
  readonly partyName: string;
  readonly partyKind: FoundingKind;
  readonly administrator: {
    readonly name: string;
    readonly staffNumber: string;
    readonly loginName: string;
    readonly password: string;
  };
}

const anonymous = { anonymous: true } as const;

export const signIn = (loginName: string, password: string): Promise<AccessGrant> =>
  post('/auth/sign-in', { loginName, password }, anonymous);
export const signOut = (): Promise<void> => post('/auth/sign-out');
export const loadMe = (): Promise<Me> => get('/auth/me');
export const changePassword = (currentPassword: string, newPassword: string): Promise<void> =>
  post('/auth/password', { currentPassword, newPassword });
export const loadDevices = (): Promise<{ items: Device[] }> => get('/auth/devices');
export const removeDevice = (id: string): Promise<void> => remove(`/auth/devices/${id}`);
export const loadSetup = (): Promise<SetupState> => get('/setup', anonymous);
export const runSetup = (founding: Founding): Promise<SetupState> => post('/setup', founding, anonymous);
