import { problemOf, Refused } from '@xuekao/platform';

/** A refusal as one line with its code; undefined for anything else. */
export function refusalText(error: unknown): string | undefined {
  if (!(error instanceof Refused)) return undefined;
  const { problem } = problemOf(error);
  return `${problem.title}${problem.detail ? `：${problem.detail}` : ''} (${problem.code})`;
}
