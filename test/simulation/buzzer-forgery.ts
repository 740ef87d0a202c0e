import type { Rng } from '@xuekao/kernel';
import type { BuzzPress } from '@xuekao/live/core';
import { aLink, delayOf, deviceTime, heldOffset, measuredRtt } from './buzzer-links.js';
import type { Link, LinkRange } from './buzzer-links.js';
import { decisionOf, honestPress, openAt, opened } from './buzzer-duel.js';

/** What a cheat does to the one press with which he comes too late. */
export const forgeries = {
  'claims 5 s earlier': (rng, press) => ({ ...press, claimedAt: press.claimedAt! - 5_000 * rng.next() }),
  'claims 5 s later': (rng, press) => ({ ...press, claimedAt: press.claimedAt! + 5_000 * rng.next() }),
  'claims the earliest possible': (_rng, press) => ({ ...press, claimedAt: openAt + 80 }),
  'lets the offset drift': (rng, press, _link, race) => ({
    ...press,
    claimedAt: press.claimedAt! - ((race % 100) / 100) * 2_000 * rng.next(),
  }),
  // A page can hold back its acknowledgements, but not the answers that the browser itself gives to WebSocket pings.
  'holds back every acknowledgement': (rng, press, link) => ({
    ...press,
    claimedAt: openAt + 80,
    rttMs: measuredRtt(rng, link, 24, (probe) => (probe % 2 === 0 ? 0 : 100 + 500 * rng.next())),
  }),
  // A program of his own can hold back both; one honest answer among them is enough.
  'holds back three answers of four': (rng, press, link) => ({
    ...press,
    claimedAt: openAt + 80,
    rttMs: measuredRtt(rng, link, 24, (probe) => (probe % 4 === 0 ? 0 : 100 + 500 * rng.next())),
  }),
  'answers probes too soon': (_rng, press) => ({ ...press, claimedAt: openAt + 80, rttMs: 0 }),
  'leaves out its clock': (_rng, press) => ({ ...press, claimedAt: null }),
} as const satisfies Readonly<Record<string, (rng: Rng, press: BuzzPress, link: Link, race: number) => BuzzPress>>;

/** Cannot be told from a slow link: holds back every answer from its first one on. Bounded by the quota alone. */
export const remainingEdge = (rng: Rng, press: BuzzPress, link: Link): BuzzPress => ({
  ...press,
  claimedAt: openAt + 80,
  rttMs: measuredRtt(rng, link, 24, () => 300),
});

export interface ForgeryFigures {
  readonly races: number;
  /** Races the cheat won and would have lost with an honest press. */
  readonly won: number;
  /** Races he brought to the host's decision. */
  readonly tooClose: number;
  /** Races that the cheat won although he pressed honestly: the noise of the links. */
  readonly honestWon: number;
}

type Forgery = (rng: Rng, press: BuzzPress, link: Link, race: number) => BuzzPress;

/** One to seven honest teams, and a cheat who presses at least 30 ms after the first of them. */
export function forgedRaces(rng: Rng, races: number, range: LinkRange, forge: Forgery): ForgeryFigures {
  let [won, tooClose, honestWon] = [0, 0, 0];
  for (let race = 0; race < races; race++) {
    const teams = Array.from({ length: 1 + rng.int(7) }, (_, index) => `t${index}`);
    const firstAt = openAt + 180 + rng.next() * 420;
    const honest = teams.map((team, index) =>
      honestPress(rng, team, aLink(rng, range), firstAt + (index === 0 ? 0 : rng.next() * 300)),
    );
    const link = aLink(rng, range);
    const pressedAt = firstAt + 30 + rng.next() * 170;
    const own: BuzzPress = {
      team: 'cheat',
      seat: 'cheat',
      arrivedAt: Math.floor(pressedAt + delayOf(rng, link, 'upMs')),
      claimedAt: deviceTime(link, pressedAt) + heldOffset(rng, link, pressedAt),
      rttMs: measuredRtt(rng, link),
    };
    const start = opened([...teams, 'cheat'], openAt);
    const fair = decisionOf(start, [...honest, own]);
    const forged = decisionOf(start, [...honest, forge(rng, own, link, race)]);
    const wins = (decision: typeof fair): boolean => decision?.winner === 'cheat' && !decision.tooClose;
    honestWon += wins(fair) ? 1 : 0;
    won += wins(forged) && !wins(fair) ? 1 : 0;
    tooClose += forged?.tooClose && !fair?.tooClose ? 1 : 0;
  }
  return { races, won, tooClose, honestWon };
}
