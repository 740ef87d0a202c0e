import type { StageAgain, StageBuzzRule, StageRound, StageStake, StageTurns } from '@xuekao/contracts';

const usualStake: StageStake = { right: 1000, wrong: 0, none: 0, limitMs: 30_000 };
export const usualBuzz: StageBuzzRule = { openMs: 15_000, startMs: 10_000, fouls: 'V3', foulPoints: -1000 };

/** Turns of another kind, with what such turns usually hold. */
export function turnsOf(kind: StageTurns['kind']): StageTurns {
  switch (kind) {
    case 'each':
      return { kind, laps: 1, order: 'seat' };
    case 'together':
    case 'audience':
      return { kind, count: 4 };
    case 'pairs':
      return { kind, by: 'rank' };
    case 'ring':
      return { kind, first: 'draw', order: 'seat' };
    case 'one':
      return { kind, team: 'lowest' };
    case 'tied':
      return { kind, places: 3, count: 6 };
  }
}

export function withStake(round: StageRound, index: number, change: Partial<StageStake>): StageRound {
  return { ...round, stakes: round.stakes.map((stake, at) => (at === index ? { ...stake, ...change } : stake)) };
}

export function withMoreStakes(round: StageRound): StageRound {
  return { ...round, stakes: [...round.stakes, round.stakes.at(-1) ?? usualStake] };
}

/** A part that the round may lack, put or taken away. */
export function withPart<Key extends 'buzz' | 'again' | 'run' | 'nobody'>(
  round: StageRound,
  key: Key,
  part: StageRound[Key] | null,
): StageRound {
  const { [key]: _, ...rest } = round;
  return (part === null || part === undefined ? rest : { ...rest, [key]: part }) as StageRound;
}

export function againOf(kind: string, former: StageAgain | undefined): StageAgain | null {
  if (kind !== 'buzz' && kind !== 'rescue' && kind !== 'opponent') return null;
  const { softened: _, ...base } = former ?? { kind, chances: 1, openMs: 15_000, stake: usualStake };
  return { ...base, kind, ...(kind === 'rescue' ? { softened: -1000 } : {}) };
}
