import fc from 'fast-check';
import {
  aBattleSetup,
  aGhost,
  answerOf,
  aPerson,
  gameQuestion,
  playBattle,
  playSurvival,
} from '../../testing/battle-builders.js';
import { battleViewFor, isBattleNews } from './battle-machine.js';
import { emptyBattle, evolveBattle } from './battle-state.js';
import type { BattleEvent } from './battle-state.js';
import { emptySurvival, evolveSurvival, isSurvivalNews, survivalViewFor } from './survival-machine.js';
import type { SurvivalEvent } from './survival-machine.js';

const questions = 4;
const seat = fc.integer({ min: 1, max: 4 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      seat,
      option: fc.integer({ min: 0, max: 4 }),
      off: fc.constantFrom(0, 0, 0, 0, 1, -1),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 9_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'revive' as const), seat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('outage' as const), ms: fc.integer({ min: 0, max: 60_000 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const script = fc.array(step, { minLength: 5, maxLength: 60 });
const recorded = fc.uniqueArray(
  fc.record({ question: fc.nat(questions - 1), elapsedMs: fc.nat(15_000), correct: fc.boolean() }),
  {
    selector: ({ question }) => question,
  },
);
const crew = fc.record({ persons: fc.integer({ min: 1, max: 3 }), ghosts: fc.array(recorded, { maxLength: 2 }) });
type Crew = typeof crew extends fc.Arbitrary<infer T> ? T : never;

const seatsOf = ({ persons, ghosts }: Crew) => [
  ...Array.from({ length: persons }, (_, index) => aPerson(index + 1)),
  ...ghosts.map((answers, index) => aGhost(persons + index + 1, answers)),
];

interface Game {
  now: number;
  readonly state: { readonly index: number };
  after(ms: number): unknown;
  do(command: never): string;
}

function take(game: Game, given: Step): void {
  const send = game.do.bind(game) as (command: object) => string;
  switch (given.do) {
    case 'answer':
      return void send(answerOf(given.seat, game.state.index + given.off, given.option));
    case 'wait':
      return void game.after(given.ms);
    case 'leave':
    case 'revive':
      return void send({ type: 'act', memberId: `m${given.seat}`, act: given.do });
    case 'outage':
      game.now += given.ms;
      return void send({ type: 'outage', from: game.now - given.ms, to: game.now });
  }
}

/** Nothing of a question before it opens, nothing of its key before its reveal. */
function expectNoLeak(text: string, index: number, revealed: number): void {
  for (let question = 0; question < questions; question++) {
    if (question > index) expect(text).not.toContain(gameQuestion(question).stem);
    if (question > revealed) expect(text).not.toContain(gameQuestion(question).explanation);
  }
  if (revealed < index) expect(text).not.toMatch(/"(key|correct)":(true|\[)/);
}

describe('laws of a battle', () => {
  it('folds its log to the same state, and shows no key and no other one’s answer before the reveal', () => {
    fc.assert(
      fc.property(crew, script, (given, list) => {
        const game = playBattle(aBattleSetup(seatsOf(given), questions));
        let seen = 0;
        for (const one of list) {
          take(game, one);
          const news = game.events.slice(seen).filter(isBattleNews);
          seen = game.events.length;
          const revealed = game.state.reveal?.question ?? game.state.index - 1;
          for (const viewer of ['m1', 'm2', null]) {
            const { reveal: _shown, ...view } = battleViewFor(game.state, viewer);
            const withoutOld = news.filter((event) => event.type !== 'battle-revealed' || event.question > revealed);
            expectNoLeak(JSON.stringify([view, ...withoutOld]), game.state.index, revealed);
            expect(JSON.stringify([view, ...news])).not.toMatch(/ghost":\[|memberId/);
            if (viewer !== 'm2') expect(view.me?.seat ?? 1).toBe(1);
          }
        }
        const folded = game.events.reduce(
          (state, event) =>
            JSON.parse(JSON.stringify(evolveBattle(state, JSON.parse(JSON.stringify(event)) as BattleEvent))),
          emptyBattle('room'),
        );
        expect(folded).toEqual(game.state);
      }),
    );
  });

  it('ends by itself, whoever is gone, and places every seat', () => {
    fc.assert(
      fc.property(crew, script, (given, list) => {
        const game = playBattle(aBattleSetup(seatsOf(given), questions));
        for (const one of list) take(game, one);
        game.after(questions * 25_000);
        expect(game.state.phase).toBe('ended');
        expect(game.state.seats.every(({ place }) => place !== null)).toBe(true);
        for (const a of game.state.seats) {
          for (const b of game.state.seats) {
            const isBetter = a.hasLeft === b.hasLeft && a.correct > b.correct;
            if (isBetter) expect(a.place).toBeLessThan(b.place!);
          }
        }
      }),
    );
  });

  it('replays of a ghost nothing but its record, at its times', () => {
    fc.assert(
      fc.property(recorded, script, (answers, list) => {
        const game = playBattle(aBattleSetup([aPerson(1), aGhost(2, answers)], questions));
        for (const one of list) take(game, one);
        for (const event of game.events) {
          if (event.type !== 'answer-taken' || event.seat !== 2) continue;
          const { question, elapsedMs, correct } = event;
          expect(answers).toContainEqual({ question, elapsedMs, correct });
        }
      }),
    );
  });
});

describe('laws of a survival run', () => {
  it('folds its log, leaks nothing, makes at most two mistakes, and counts its right answers', () => {
    fc.assert(
      fc.property(script, (list) => {
        const game = playSurvival(questions);
        for (const one of list) {
          take(game, one);
          const { reveal } = game.state;
          const revealed = reveal?.question ?? game.state.index - 1;
          const { reveal: _shown, ...view } = survivalViewFor(game.state, 'm1');
          expectNoLeak(JSON.stringify(view), game.state.index, revealed);
        }
        game.after(questions * 60_000);
        expect(game.state.phase).toBe('ended');
        const reveals = game.events.filter((event) => event.type === 'survival-revealed');
        expect(reveals.filter((event) => !event.correct).length).toBeLessThanOrEqual(2);
        expect(game.state.streak).toBe(reveals.filter((event) => event.correct).length);
        expect(JSON.stringify(game.events.filter(isSurvivalNews))).not.toContain('memberId');
        const folded = game.events.reduce(
          (state, event) => evolveSurvival(state, JSON.parse(JSON.stringify(event)) as SurvivalEvent),
          emptySurvival('room'),
        );
        expect(folded).toEqual(game.state);
      }),
    );
  });
});
