import type { FieldProblem, Problem } from '@xuekao/contracts';

/** A refusal of the server, or the client's own `client.*` where no server answered. Title and detail are Chinese, for people. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
  }

  get code(): string {
    return this.problem.code;
  }

  /** The sentence for this field of the form, by its path (`password`, `items.0.name`). */
  field(path: string): string | undefined {
    return this.problem.errors?.find((error: FieldProblem) => error.path === path)?.message;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a problem+json body; anything else becomes a problem that says so. */
export function problemOf(status: number, body: unknown): Problem {
  if (isRecord(body) && typeof body.code === 'string' && typeof body.title === 'string')
    return body as unknown as Problem;
  return {
    type: 'about:blank',
    status,
    code: 'client.unreadable-answer',
    title: '服务器没有正常应答',
    detail: `状态码 ${status}，请稍后重试。`,
  };
}

export const offlineProblem: Problem = {
  type: 'about:blank',
  status: 0,
  code: 'client.offline',
  title: '没有连上服务器',
  detail: '请检查网络，连上后重试。',
};

export const isOfflineError = (error: unknown): boolean =>
  error instanceof ProblemError && (error.code === 'client.offline' || error.problem.status >= 502);

/** What to show for any thrown thing. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    type: 'about:blank',
    status: 0,
    code: 'client.fault',
    title: '页面出错',
    detail: error instanceof Error ? error.message : String(error),
  };
}
