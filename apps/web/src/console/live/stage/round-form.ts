import type { StageAgain, StageBuzzRule, StageOut, StageRound, StageStake, StageTurns } from '@xuekao/contracts';

const usualStake: StageStake = { right: 1000, wrong: 0, none: 0, limitMs: 30_000 };
export const usualBuzz: StageBuzzRule = { openMs: 15_000, startMs: 10_000, fouls: 'V3', foulPoints: -1000 };
export const usualOut: StageOut = { wrongs: 1, left: 1 };
const usualAudienceMs = 20_000;
const usualTrappers = 2;

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

type OptionalPart =
  'buzz' | 'again' | 'run' | 'nobody' | 'awards' | 'foulPoints' | 'helps' | 'out' | 'pick' | 'trappers' | 'brief';

/** A part that the round may lack, put or taken away. */
export function withPart<Key extends OptionalPart>(
  round: StageRound,
  key: Key,
  part: StageRound[Key] | null,
): StageRound {
  const { [key]: _, ...rest } = round;
  return (part === null || part === undefined ? rest : { ...rest, [key]: part }) as StageRound;
}

export function againOf(kind: string, former: StageAgain | undefined): StageAgain | null {
  if (kind !== 'buzz' && kind !== 'rescue' && kind !== 'opponent') return null;
  if (former?.kind === kind) return former;
  const { softened: _, ...base } = former ?? { kind, chances: 1, openMs: 15_000, stake: usualStake };
  return { ...base, kind, ...(kind === 'rescue' ? { softened: -1000 } : {}) };
}

/** Who picks the question; only a trap has trappers, and it needs them. */
export function pickOf(round: StageRound, kind: string): StageRound {
  if (kind === 'trap') return { ...round, pick: kind, trappers: round.trappers ?? usualTrappers };
  return withPart(withPart(round, 'trappers', null), 'pick', kind === 'floor' ? kind : null);
}

/** The round with a time for the audience where it is asked. */
export function audienceTimeOf(round: StageRound): StageRound {
  const isAsked = round.answer === 'audience' || round.nobody === 'audience';
  return isAsked && round.audienceMs === undefined ? { ...round, audienceMs: usualAudienceMs } : round;
}

/** `30、20、10` in hundredths, also with commas or spaces; null where something is no number. */
export function pointsOf(text: string): readonly number[] | null {
  const parts = text.split(/[、，,;；\s]+/u).filter((part) => part !== '');
  const given = parts.map((part) => Math.round(Number(part.replace(/^[－−]/u, '-')) * 100));
  return given.every(Number.isFinite) ? given : null;
}

export const briefText = ({ brief = [] }: StageRound): string => brief.join('\n');
export function withBrief(round: StageRound, text: string): StageRound {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return withPart(round, 'brief', lines.length > 0 ? lines : null);
}
