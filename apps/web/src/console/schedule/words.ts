import { type AttendanceStatus, type SessionState, sessionTypes } from '@xuekao/contracts';
import type { SessionItem } from './session.api.js';

export const sessionTones = {
  draft: 'plain',
  published: 'info',
  closed: 'warn',
  archived: 'good',
  cancelled: 'bad',
} as const satisfies Record<SessionState, string>;

export const statusTones = {
  unmarked: 'idle',
  present: 'good',
  leave: 'warn',
  absent: 'bad',
} as const satisfies Record<AttendanceStatus, string>;

export const typeWords = (items: readonly SessionItem[]): string =>
  [...new Set(items.map(({ type }) => sessionTypes[type].name))].join('、');
