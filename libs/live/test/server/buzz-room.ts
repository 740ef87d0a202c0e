import { opaque } from '@xuekao/rooms';
import { buzzViewOf, decideBuzz, defaultBuzzRules, emptyBuzz, evolveBuzz, isBuzzNews } from '../../src/core/index.js';
import { nextBuzzDeadline } from '../../src/core/index.js';
import type { BuzzCommand, BuzzEvent, BuzzPressCommand, BuzzState } from '../../src/core/index.js';

/** A room that holds nothing but a buzzer; every seat is its own team. */
export const buzzRoom = opaque({
  kind: 'test.buzz',
  version: 1,
  audiences: { contestant: { progressMs: 5_000 } },
  initial: () => emptyBuzz,
  decide: (state: BuzzState, command: BuzzCommand | BuzzPressCommand, now: number) => {
    if (command.type !== 'buzz') return decideBuzz(state, command, now, defaultBuzzRules);
    const { seat, buzz, arrivedAt, claimedAt, rttMs } = command;
    const press = { team: seat, seat, arrivedAt, claimedAt, rttMs };
    return decideBuzz(state, { type: 'press', buzz, press }, now, defaultBuzzRules);
  },
  evolve: evolveBuzz,
  nextDeadline: (state: BuzzState) => {
    const at = nextBuzzDeadline(state, defaultBuzzRules);
    return at === null ? null : { at, command: { type: 'clock' } as const };
  },
  afterOutage: () => null,
  isOver: () => false,
  viewFor: buzzViewOf,
  visible: (event: BuzzEvent) => (isBuzzNews(event) ? 'full' : 'skip'),
  personal: () => [],
  progress: () => null,
  encode: JSON.stringify,
  decode: (text: string) => JSON.parse(text) as BuzzState,
});
