import { ProblemError } from '../../api/problem.js';

/** The attempt takes nothing more from this device. */
const stopCodes = ['exam.attempt.closed', 'exam.attempt.late', 'exam.attempt.taken-over', 'resource.not-found'];

/** What a failed save means: see `SaverPorts.verdict`. Only a server that answered can refuse. */
export function verdict(error: unknown): 'retry' | 'refuse' | 'stop' {
  if (!(error instanceof ProblemError)) return 'retry';
  if (stopCodes.includes(error.code)) return 'stop';
  const { status } = error.problem;
  return status === 400 || status === 422 ? 'refuse' : 'retry';
}
