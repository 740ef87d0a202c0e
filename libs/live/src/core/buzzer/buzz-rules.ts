import type { FoulPolicy } from '@xuekao/contracts';

/** How a buzz is judged. Times in milliseconds, points in hundredths. */
export interface BuzzRules {
  /** From the first press that arrives to the decision, so that slower links are heard. 150 to 300. */
  readonly windowMs: number;
  /** No press counts as earlier than this after the opening: nobody reacts faster. */
  readonly reactionLeastMs: number;
  /** Most that one press is given back. */
  readonly creditMostMs: number;
  /** Credit a team gains with each question, and the most it may hold: who lives on credit runs out of it. */
  readonly quotaGainMs: number;
  readonly quotaMostMs: number;
  /** Two first presses closer than this are for the host to decide. */
  readonly tooCloseMs: number;
  /** From the order to open until it is open, so that all devices open together. */
  readonly leadMs: number;
  /** Nobody presses for so long: the buzz ends. */
  readonly startWithinMs: number;
  readonly foul: FoulRules;
}

export interface FoulRules {
  readonly policy: FoulPolicy;
  /** Taken under V1 and V2 at every foul. */
  readonly penalty: number;
  /** Taken under V3 from the second foul of a round on, under V4 at the second. */
  readonly repeatPenalty: number;
}

/** Source: live.md §1 no. 5 and 6, §5; the quota after Lichess' lag compensation. */
export const defaultBuzzRules: BuzzRules = {
  windowMs: 250,
  reactionLeastMs: 80,
  creditMostMs: 250,
  quotaGainMs: 170,
  quotaMostMs: 250,
  tooCloseMs: 15,
  leadMs: 400,
  startWithinMs: 15_000,
  foul: { policy: 'V3', penalty: 1000, repeatPenalty: 2000 },
};

/** Least and most of each figure that a rule sheet may set. */
export const buzzRuleBounds = {
  windowMs: [150, 300],
  reactionLeastMs: [80, 200],
  creditMostMs: [0, 250],
  quotaGainMs: [0, 250],
  quotaMostMs: [0, 500],
  tooCloseMs: [0, 100],
  leadMs: [300, 3_000],
  startWithinMs: [1_000, 120_000],
} as const satisfies Readonly<Record<Exclude<keyof BuzzRules, 'foul'>, readonly [number, number]>>;

/** Paths of the figures that are outside their bounds; empty for usable rules. */
export function buzzRuleFaults(rules: BuzzRules): string[] {
  const names = Object.keys(buzzRuleBounds) as (keyof typeof buzzRuleBounds)[];
  const outside = names.filter((name) => {
    const [least, most] = buzzRuleBounds[name];
    return !(Number.isInteger(rules[name]) && rules[name] >= least && rules[name] <= most);
  });
  const fines = (['penalty', 'repeatPenalty'] as const).filter((name) => {
    const fine = rules.foul[name];
    return !(Number.isInteger(fine) && fine >= 0 && fine <= 100_000);
  });
  return [...outside, ...fines.map((name) => `foul.${name}`)];
}
