import type { Permission, RoleName } from '@xuekao/contracts';
import type { AccessGrant } from '../auth/access.js';
import { get, post, remove } from './http.js';

export interface Actor {
  readonly accountId: string;
  readonly memberId: string | null;
  readonly name: string;
  readonly mustChangePassword: boolean;
}

export interface RoleHeld {
  readonly role: RoleName;
  readonly unitId: string;
  readonly unitName: string;
}

export interface Me extends Actor {
  readonly permissions: readonly Permission[];
  readonly roles: readonly RoleHeld[];
  readonly branchName?: string | null;
  readonly departmentName?: string | null;
}

export interface Device {
  readonly id: string;
  readonly label: string;
  readonly lastSeenAt: number;
  readonly createdAt: number;
  readonly current: boolean;
}

export interface SetupState {
  readonly needed: boolean;
}

const anonymous = { anonymous: true } as const;

export const signIn = (login: string, password: string): Promise<AccessGrant<Actor>> =>
  post('/auth/sign-in', { login, password }, anonymous);
export const signOut = (): Promise<void> => post('/auth/sign-out');
export const loadMe = (): Promise<Me> => get('/auth/me');
export const changePassword = (current: string, next: string): Promise<void> =>
  post('/auth/password', { current, next });
export const loadDevices = (): Promise<{ items: Device[] }> => get('/auth/devices');
export const removeDevice = (id: string): Promise<void> => remove(`/auth/devices/${id}`);
export const loadSetup = (): Promise<SetupState> => get('/setup', anonymous);
export const runSetup = (body: {
  organisation: string;
  name: string;
  login: string;
  password: string;
}): Promise<void> => post('/setup', body, anonymous);
