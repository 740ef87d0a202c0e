import { shallowRef } from 'vue';
import { observeServerTime, serverNow } from '../app/server-clock.js';

/** What a sign-in or a refresh answers; `accessExpiresAt` is the server's time in ms. */
export interface AccessGrant {
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  readonly mustChangePassword: boolean;
}

type Outcome = 'granted' | 'refused' | 'unreachable';

const grant = shallowRef<AccessGrant | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<Outcome> | undefined;
let onRefused: () => void = () => undefined;

/** The token lives in memory alone; the refresh cookie is httpOnly and never seen here. */
export const accessToken = (): string | null => grant.value?.accessToken ?? null;

export function whenAccessRefused(listener: () => void): void {
  onRefused = listener;
}

export function takeAccess(next: AccessGrant | null, lifetimeMs?: number): void {
  grant.value = next;
  clearTimeout(timer);
  if (!next || lifetimeMs === undefined) return;
  const early = Math.min(60_000, lifetimeMs / 4);
  timer = setTimeout(() => void refreshOutcome(), Math.max(1000, Math.min(lifetimeMs - early, 2_000_000_000)));
}

async function askForAccess(): Promise<Outcome> {
  const sentAt = performance.now();
  try {
    const response = await fetch('/api/v1/auth/refresh', { method: 'POST', credentials: 'same-origin' });
    if (response.status === 401 || response.status === 403 || response.status === 400) return 'refused';
    if (!response.ok) return 'unreachable';
    const body = (await response.json()) as AccessGrant;
    const told = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(told)) observeServerTime(told + 500, sentAt, performance.now(), 1000);
    takeAccess(body, body.accessExpiresAt - serverNow());
    return 'granted';
  } catch {
    return 'unreachable';
  }
}

/** Tabs share the cookie: one of them at a time may rotate it. */
function acrossTabs<T>(work: () => Promise<T>): Promise<T> {
  return typeof navigator !== 'undefined' && 'locks' in navigator && navigator.locks
    ? (navigator.locks.request('xuekao-refresh', work) as Promise<T>)
    : work();
}

/** Asks for a new access token; callers at the same time share one request. */
export function refreshOutcome(): Promise<Outcome> {
  running ??= acrossTabs(askForAccess)
    .then((outcome) => {
      if (outcome === 'refused') {
        const had = grant.value !== null;
        takeAccess(null);
        if (had) onRefused();
      }
      return outcome;
    })
    .finally(() => (running = undefined));
  return running;
}

export const refreshAccess = async (): Promise<boolean> => (await refreshOutcome()) === 'granted';
