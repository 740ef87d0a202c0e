import { isRefusal } from '@xuekao/kernel';
import type { Rng } from '@xuekao/kernel';
import { decideBuzz, defaultBuzzRules, emptyBuzz, evolveBuzz, nextBuzzDeadline } from '@xuekao/live/core';
import type { BuzzCommand, BuzzPress, BuzzState } from '@xuekao/live/core';
import type { BuzzDecision } from '@xuekao/contracts';
import { aLink, delayOf, deviceTime, heldOffset, measuredRtt } from './buzzer-links.js';
import type { Link, LinkRange } from './buzzer-links.js';

export const rules = { ...defaultBuzzRules, windowMs: 250 };

function take(state: BuzzState, command: BuzzCommand, now: number): BuzzState {
  const decided = decideBuzz(state, command, now, rules);
  return isRefusal(decided) ? state : decided.reduce(evolveBuzz, state);
}

/** One buzz of one round in which every team has the credit of a long contest: the gain of one question, no reserve. */
export function opened(teams: readonly string[], openAt: number): BuzzState {
  const at = openAt - rules.leadMs;
  const worn = { ...emptyBuzz, quotas: Object.fromEntries(teams.map((team) => [team, 0])) };
  return take(take(worn, { type: 'arm', scope: 'round', teams }, at), { type: 'open' }, at);
}

/** Delivers presses by arrival, with the deadline in between, and gives the decision. */
export function decisionOf(start: BuzzState, presses: readonly BuzzPress[]): BuzzDecision | null {
  let state = start;
  const clock = (until: number): void => {
    for (let due = nextBuzzDeadline(state, rules); due !== null && due <= until; due = nextBuzzDeadline(state, rules)) {
      state = take(state, { type: 'clock' }, due);
    }
  };
  for (const press of presses.toSorted((a, b) => a.arrivedAt - b.arrivedAt)) {
    clock(press.arrivedAt);
    state = take(state, { type: 'press', buzz: state.buzz, press }, press.arrivedAt);
  }
  clock(Infinity);
  return state.decision;
}

export const openAt = 1_000_000;

export function honestPress(rng: Rng, team: string, link: Link, pressedAt: number): BuzzPress {
  return {
    team,
    seat: team,
    arrivedAt: Math.floor(pressedAt + delayOf(rng, link, 'upMs')),
    claimedAt: deviceTime(link, pressedAt) + heldOffset(rng, link, pressedAt),
    rttMs: measuredRtt(rng, link),
  };
}

export interface Race {
  readonly first: string;
  readonly presses: readonly BuzzPress[];
  readonly teams: readonly string[];
}

/** Two to eight teams; the second presses `gap` after the first, the others later. */
export function aRace(rng: Rng, range: LinkRange, gap: number): Race {
  const teams = Array.from({ length: 2 + rng.int(7) }, (_, index) => `t${index}`);
  const order = rng.shuffle(teams);
  const firstAt = openAt + 180 + rng.next() * 420;
  const presses = order.map((team, place) => {
    const later = place === 0 ? 0 : place === 1 ? gap : gap + rng.next() * 300;
    return honestPress(rng, team, aLink(rng, range), firstAt + later);
  });
  return { first: order[0]!, presses, teams };
}

export interface FairnessFigures {
  readonly races: number;
  readonly right: number;
  readonly wrong: number;
  readonly tooClose: number;
  /** The control: whoever's packet comes first. */
  readonly firstPacketRight: number;
}

export function fairness(rng: Rng, races: number, range: LinkRange, gapOf: () => number): FairnessFigures {
  let [right, wrong, tooClose, firstPacketRight] = [0, 0, 0, 0];
  for (let race = 0; race < races; race++) {
    const { first, presses, teams } = aRace(rng, range, gapOf());
    const decision = decisionOf(opened(teams, openAt), presses);
    if (decision?.tooClose) tooClose += 1;
    else if (decision?.winner === first) right += 1;
    else wrong += 1;
    const packet = presses.reduce((a, b) => (b.arrivedAt < a.arrivedAt ? b : a));
    firstPacketRight += packet.team === first ? 1 : 0;
  }
  return { races, right, wrong, tooClose, firstPacketRight };
}
