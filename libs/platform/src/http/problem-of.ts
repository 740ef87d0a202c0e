import { HttpException } from '@nestjs/common';
import { fillFacts, problems } from '@xuekao/contracts';
import type { FieldProblem, Problem } from '@xuekao/contracts';
import { Busy, Deadlock, StorageFull, StorageUnavailable, ValueRefused } from '@xuekao/database';
import type { Facts } from '@xuekao/kernel';
import { currentRequestId } from '../context.js';
import { Refused } from '../refused.js';
import { bodyLimit, fileLimit } from './limits.js';

/** A problem of a known code with its Chinese text; an unknown code is a fault of ours. */
export function problem(code: string, facts: Facts = {}, errors: readonly FieldProblem[] = []): Problem {
  const text = problems[code];
  if (!text) return problem('internal.fault', { requestId: currentRequestId() ?? '', unknownCode: code });
  return {
    type: 'about:blank',
    status: text.status,
    code,
    title: text.title,
    ...(text.detail ? { detail: fillFacts(text.detail, facts) } : {}),
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    ...(errors.length > 0 ? { errors } : {}),
    ...(currentRequestId() ? { requestId: currentRequestId()! } : {}),
  };
}

const fastifyCodes: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_REQ_FILE_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported-type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'request.unsupported-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
};

/** The problem that tells this error; `isFault` where it is ours and must be logged. */
export function problemOf(error: unknown): { readonly problem: Problem; readonly isFault: boolean } {
  const expected = (code: string, facts: Facts = {}, errors: readonly FieldProblem[] = []) => ({
    problem: problem(code, facts, errors),
    isFault: problems[code] === undefined,
  });
  if (error instanceof Refused) return expected(error.code, error.facts, error.errors);
  if (error instanceof StorageFull) return { ...expected('storage.full'), isFault: true };
  if (error instanceof StorageUnavailable || error instanceof Busy || error instanceof Deadlock) {
    return { ...expected('storage.unavailable'), isFault: true };
  }
  if (error instanceof ValueRefused) return { ...expected('request.invalid'), isFault: true };
  const code = fastifyCodes[(error as { code?: string } | null)?.code ?? ''];
  if (code === 'request.too-large') return expected(code, { limitBytes: limitOf(error) });
  if (code) return expected(code);
  if (statusOf(error) === 413) return expected('request.too-large', { limitBytes: limitOf(error) });
  if (error instanceof SyntaxError || statusOf(error) === 400) return expected('request.malformed');
  if (statusOf(error) === 415) return expected('request.unsupported-type');
  if (statusOf(error) === 404) return expected('resource.not-found');
  if (statusOf(error) === 429) return expected('request.rate-limited', { retryAfterSeconds: 60 });
  if (statusOf(error) === 401) return expected('auth.required');
  return { problem: problem('internal.fault', { requestId: currentRequestId() ?? '' }), isFault: true };
}

function limitOf(error: unknown): number {
  return (error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? bodyLimit : fileLimit;
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
