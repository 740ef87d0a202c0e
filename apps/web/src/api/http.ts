import { noteServerReached } from '../app/connection.js';
import { observeServerTime } from '../app/server-clock.js';
import { accessToken, refreshAccess } from '../auth/access.js';
import { offlineProblem, ProblemError, problemOf } from './problem.js';

export interface Call {
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: unknown;
  /** Makes a repeated POST the same POST; see {@link newIdempotencyKey}. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Requests of the sign-in itself must not try to refresh. */
  readonly anonymous?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes out although the page is going away. */
  readonly keepalive?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const apiPrefix = '/api/v1';

function urlOf(path: string, query: Call['query']): string {
  const pairs = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return `${apiPrefix}${path}${search ? `?${search}` : ''}`;
}

function noteTime(response: Response, body: unknown, sentAt: number): void {
  const now = performance.now();
  const told = typeof body === 'object' && body !== null && 'serverNow' in body ? body.serverNow : undefined;
  if (typeof told === 'number') return observeServerTime(told, sentAt, now);
  const date = Date.parse(response.headers.get('date') ?? '');
  // The header is cut to whole seconds: its middle is the likelier time.
  if (!Number.isNaN(date) && !response.headers.has('age')) observeServerTime(date + 500, sentAt, now, 1000);
}

async function once(method: Method, path: string, call: Call): Promise<{ response: Response; sentAt: number }> {
  const token = call.anonymous ? null : accessToken();
  const sentAt = performance.now();
  try {
    const response = await fetch(urlOf(path, call.query), {
      method,
      credentials: 'same-origin',
      cache: 'no-cache',
      signal: call.signal ?? null,
      keepalive: call.keepalive ?? false,
      headers: {
        accept: 'application/json',
        ...(call.body === undefined || call.body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
        ...call.headers,
      },
      body: call.body === undefined ? null : call.body instanceof FormData ? call.body : JSON.stringify(call.body),
    });
    noteServerReached(response.status < 502 || response.status > 504);
    return { response, sentAt };
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    noteServerReached(false);
    throw new ProblemError(offlineProblem);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function refreshed(method: Method, path: string, call: Call): Promise<{ response: Response; sentAt: number }> {
  const first = await once(method, path, call);
  const mayRetry = first.response.status === 401 && !call.anonymous && (await refreshAccess());
  return mayRetry ? once(method, path, call) : first;
}

/**
 * The parsed body of a 2xx answer. Throws {@link ProblemError} for everything else; a 401 refreshes the access token once
 * and asks again.
 */
export async function send<T>(method: Method, path: string, call: Call = {}): Promise<T> {
  const { response, sentAt } = await refreshed(method, path, call);
  const body = await bodyOf(response);
  noteTime(response, body, sentAt);
  if (!response.ok) throw new ProblemError(problemOf(response.status, body));
  return body as T;
}

export interface ReceivedFile {
  readonly content: Blob;
  /** Of the Content-Disposition header, null without one. */
  readonly name: string | null;
}

function nameOf(disposition: string): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null;
}

/** A file that the server makes. Throws {@link ProblemError} as {@link send} does. */
export async function receive(path: string, call: Call = {}): Promise<ReceivedFile> {
  const { response } = await refreshed('GET', path, { ...call, headers: { accept: '*/*', ...call.headers } });
  if (!response.ok) throw new ProblemError(problemOf(response.status, await bodyOf(response)));
  return { content: await response.blob(), name: nameOf(response.headers.get('content-disposition') ?? '') };
}

export const get = <T>(path: string, call?: Call): Promise<T> => send<T>('GET', path, call);
export const post = <T>(path: string, body?: unknown, call?: Call): Promise<T> =>
  send<T>('POST', path, { ...call, body: body ?? {} });
export const put = <T>(path: string, body?: unknown, call?: Call): Promise<T> =>
  send<T>('PUT', path, { ...call, body: body ?? {} });
export const patch = <T>(path: string, body?: unknown, call?: Call): Promise<T> =>
  send<T>('PATCH', path, { ...call, body: body ?? {} });
export const remove = <T>(path: string, call?: Call): Promise<T> => send<T>('DELETE', path, call);
