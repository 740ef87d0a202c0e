import type { QuestionBody } from '@xuekao/contracts';
import { isRefusal, seededRng } from '@xuekao/kernel';
import fc from 'fast-check';
import { decide, evolve, startAttempt, usualGraceMs } from './attempt.js';
import type { Attempt, AttemptCommand, AttemptEvent } from './attempt.js';

const body: QuestionBody = { type: 'multiple', stem: '题', options: ['a', 'b', 'c'].map((id) => ({ id, text: id })) };
const bodyOf = (number: number): QuestionBody | undefined => (number >= 1 && number <= 4 ? body : undefined);
const writers = fc.constantFrom('phone', 'desk');
const saves = fc.record({
  number: fc.integer({ min: 1, max: 4 }),
  clientSeq: fc.nat(6),
  content: fc.record({ kind: fc.constant('choice' as const), optionIds: fc.subarray(['a', 'b', 'c']) }),
});
const commands: fc.Arbitrary<AttemptCommand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('save' as const),
      writer: writers,
      answers: fc.array(saves, { maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('take-over' as const), writer: writers }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hand-in' as const), writer: writers }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('collect' as const),
      by: fc.constantFrom('deadline' as const, 'organiser' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move-deadline' as const),
      deadlineAt: fc.integer({ min: 20_000, max: 90_000 }),
    }),
  },
);
const stories = fc.array(fc.tuple(commands, fc.nat(4_000)), { maxLength: 30 });
const start = startAttempt(0, 40_000, 'phone');

function play(story: readonly (readonly [AttemptCommand, number])[]): {
  attempt: Attempt;
  events: AttemptEvent[];
  log: [AttemptCommand, number, Attempt][];
} {
  let attempt: Attempt = start;
  let now = 0;
  const events: AttemptEvent[] = [];
  const log: [AttemptCommand, number, Attempt][] = [];
  for (const [command, pause] of story) {
    now += pause;
    const decided = decide(attempt, command, bodyOf, now);
    log.push([command, now, attempt]);
    if (isRefusal(decided)) continue;
    events.push(...decided);
    attempt = decided.reduce(evolve, attempt);
  }
  return { attempt, events, log };
}

describe('an attempt', () => {
  it('replays to what it was live', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { attempt, events } = play(story);
        expect(events.reduce(evolve, start)).toEqual(attempt);
      }),
    );
  });

  it('takes every command twice like once', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const [command, now, before] of play(story).log) {
          const decided = decide(before, command, bodyOf, now);
          if (isRefusal(decided)) continue;
          const once = decided.reduce(evolve, before);
          const again = decide(once, command, bodyOf, now);
          if (command.kind === 'save' || command.kind === 'hand-in' || command.kind === 'collect') {
            expect(isRefusal(again) ? [] : again).toEqual([]);
          }
        }
      }),
    );
  });

  it('changes no answer once ended, and none later than deadline and grace', () => {
    fc.assert(
      fc.property(stories, (story) => {
        let ended = false;
        for (const event of play(story).events) {
          if (event.kind === 'answer-saved') {
            expect(ended).toBe(false);
            expect(event.lateMs).toBeLessThanOrEqual(usualGraceMs);
          }
          if (event.kind === 'ended') ended = true;
        }
      }),
    );
  });

  it('ends with the newest of every answer however the saves arrive', () => {
    fc.assert(
      fc.property(fc.array(saves, { minLength: 1, maxLength: 12 }), fc.string(), (list, seed) => {
        const unique = [...new Map(list.map((save) => [`${save.number}/${save.clientSeq}`, save])).values()];
        const story = (order: typeof unique): Attempt =>
          play(order.map((save) => [{ kind: 'save', writer: 'phone', answers: [save] }, 0])).attempt;
        const one = story(unique);
        const batch = play([[{ kind: 'save', writer: 'phone', answers: unique }, 0]]).attempt;
        const sorted = (attempt: Attempt): unknown => [...attempt.answers].toSorted((a, b) => a[0] - b[0]);
        expect(sorted(story(seededRng(seed).shuffle(unique)))).toEqual(sorted(one));
        expect(sorted(batch)).toEqual(sorted(one));
      }),
    );
  });
});
