import type { RegradeState } from '@xuekao/contracts';
import type { Regrade } from './regrade.api.js';

export const regradeTones = {
  proposed: 'warn',
  applied: 'good',
  withdrawn: 'plain',
  stale: 'bad',
} as const satisfies Record<RegradeState, string>;

/** The run that may be taken back: the last one that stands, neither reversed nor itself a way back. */
export function lastStanding(runs: readonly Regrade[]): Regrade | null {
  const standing = runs.filter((run) => run.state === 'applied' && !run.reversedBy && run.kind !== 'reverse');
  return standing.reduce<Regrade | null>(
    (last, run) => ((run.decidedAt ?? 0) >= (last?.decidedAt ?? -1) ? run : last),
    null,
  );
}
