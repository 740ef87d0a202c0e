import fc from 'fast-check';
import { isRefusal } from '@xuekao/kernel';
import { defaultBuzzRules } from './buzz-rules.js';
import { emptyBuzz } from './buzz-state.js';
import type { BuzzEvent, BuzzState } from './buzz-state.js';
import { decideBuzz } from './decide-buzz.js';
import type { BuzzCommand } from './decide-buzz.js';
import { evolveBuzz } from './evolve-buzz.js';
import { judgePress } from './judge-press.js';
import { creditableRtt, jitterMostMs, noRtt, withRtt } from './rtt.js';

const policy = fc.constantFrom('V1' as const, 'V2' as const, 'V3' as const, 'V4' as const, 'V5' as const);
const team = fc.constantFrom('a', 'b', 'c', 'd');
const command: fc.Arbitrary<BuzzCommand> = fc.oneof(
  fc.record({
    type: fc.constant('arm' as const),
    scope: fc.constantFrom('round' as const, 'question' as const, 'again' as const),
    teams: fc.uniqueArray(team),
  }),
  fc.constantFrom<BuzzCommand>({ type: 'open' }, { type: 'clock' }, { type: 'close' }),
  fc.record({ type: fc.constant('settle' as const), team: fc.option(team) }),
  fc.record({ type: fc.constant('shift' as const), byMs: fc.integer({ min: -5, max: 60_000 }) }),
);
const press = fc.record({
  team,
  seat: fc.constantFrom('1', '2'),
  lagMs: fc.double({ min: -6_000, max: 6_000, noNaN: true }),
  claims: fc.boolean(),
  rttMs: fc.option(fc.double({ min: 0, max: 2_000, noNaN: true })),
});
const steps = fc.array(
  fc.record({
    waitMs: fc.integer({ min: 0, max: 500 }),
    act: fc.oneof({ weight: 1, arbitrary: command }, { weight: 2, arbitrary: press }),
  }),
  { maxLength: 60 },
);

function play(list: typeof steps extends fc.Arbitrary<infer T> ? T : never, rules: typeof defaultBuzzRules) {
  let state: BuzzState = emptyBuzz;
  const events: BuzzEvent[] = [];
  let now = 1_000_000;
  for (const { waitMs, act } of list) {
    now += waitMs;
    const order: BuzzCommand =
      'type' in act
        ? act
        : {
            type: 'press',
            buzz: state.buzz,
            press: { ...act, arrivedAt: now, claimedAt: act.claims ? now - act.lagMs : null },
          };
    const decided = decideBuzz(state, order, now, rules);
    if (isRefusal(decided)) continue;
    for (const event of decided) state = evolveBuzz(state, event);
    events.push(...decided);
  }
  return { state, events };
}

describe('laws of the buzzer', () => {
  it('folds its events to the same state, through the log and from any state in between', () => {
    fc.assert(
      fc.property(steps, policy, fc.nat(), (list, name, cut) => {
        const { state, events } = play(list, { ...defaultBuzzRules, foul: { ...defaultBuzzRules.foul, policy: name } });
        let folded = emptyBuzz;
        events.forEach((event, index) => {
          if (index === cut % events.length) folded = JSON.parse(JSON.stringify(folded)) as BuzzState;
          folded = evolveBuzz(folded, JSON.parse(JSON.stringify(event)) as BuzzEvent);
        });
        expect(folded).toEqual(state);
      }),
    );
  });

  it('credits at most half of the round trip, 250 ms and the quota, and never judges later than the arrival', () => {
    fc.assert(
      fc.property(press, fc.integer({ min: 0, max: 500 }), (given, quota) => {
        const claimedAt = given.claims ? 50_000 - given.lagMs : null;
        const judged = judgePress({ ...given, arrivedAt: 50_000, claimedAt }, quota, 50_000, defaultBuzzRules);
        expect(judged.judgedAt).toBeLessThanOrEqual(50_000);
        expect(judged.creditMs).toBeLessThanOrEqual(Math.min(250, quota, Math.round((given.rttMs ?? 0) / 2)));
        expect(judged.clampedMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('holds no quota below zero or above its most, and orders by reaction of 80 ms or more', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { state, events } = play(list, defaultBuzzRules);
        for (const quota of Object.values(state.quotas)) {
          expect(quota).toBeGreaterThanOrEqual(0);
          expect(quota).toBeLessThanOrEqual(defaultBuzzRules.quotaMostMs);
        }
        for (const event of events) {
          if (event.type !== 'buzz-decided') continue;
          const times = event.order.map(({ reactionMs }) => reactionMs);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(times[0]).toBeGreaterThanOrEqual(80);
          expect(new Set(event.order.map((place) => place.team)).size).toBe(event.order.length);
          expect(event.tooClose).toBe(times.length > 1 && times[1]! - times[0]! < 15);
        }
      }),
    );
  });
});

describe('the measured round trip', () => {
  const rtts = fc.array(fc.double({ min: 0, max: 2_000, noNaN: true }), { minLength: 3, maxLength: 40 });

  it('grows by at most 8 ms over the shortest, whatever answers are held back', () => {
    fc.assert(
      fc.property(rtts, (list) => {
        const credited = creditableRtt(list.reduce(withRtt, noRtt))!;
        expect(credited).toBeGreaterThanOrEqual(Math.min(...list));
        expect(credited).toBeLessThanOrEqual(Math.min(...list) + jitterMostMs);
      }),
    );
  });

  it('takes no sample from answers that come after two seconds, and knows nothing from two samples', () => {
    expect(creditableRtt([10, 11, 2_001, NaN, -1].reduce(withRtt, noRtt))).toBeNull();
    expect(creditableRtt([10, 11, 12].reduce(withRtt, noRtt))).toBe(11);
  });
});
