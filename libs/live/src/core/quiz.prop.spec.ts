import fc from 'fast-check';
import type { QuizHostAct } from '@xuekao/contracts';
import { finalBoard, resultRows, unitRows } from '../contest-results.js';
import { aPlayer, aQuestion, aSetup, PlayedQuiz } from '../testing/quiz-builders.js';
import { nextQuizDeadline } from './decide.js';
import { evolveQuiz } from './evolve.js';
import { mostQuestionBytes, mostViewBytes, questionBytes } from './fitted-view.js';
import { pointsFor } from './grading.js';
import type { QuizQuestion } from './quiz-state.js';
import { decodeQuiz, emptyQuiz, encodeQuiz } from './quiz-state.js';
import { rankedSeats } from './ranking.js';
import { isVisible, personalNews, quizProgress, quizViewFor } from './view.js';

/** Texts that can be found again in any frame: of the key, of others' answers, and of questions not yet on show. */
const questions: QuizQuestion[] = [0, 1, 2].map((index) =>
  index === 1
    ? aQuestion({
        stem: `STEM${index}!`,
        explanation: `WHY${index}!`,
        options: [`OPT${index}!`, 'b', 'c'],
        key: { options: [1] },
      })
    : aQuestion({
        type: 'blank',
        stem: `STEM${index}!`,
        explanation: `WHY${index}!`,
        options: [],
        key: { blanks: [[`KEY${index}!`]] },
      }),
);

const acts = ['next', 'next', 'next', 'next', 'open', 'lock', 'reveal', 'resume'] as const;
const rareActs = [
  'scoreboard',
  'podium',
  'pause',
  'end',
  'kick',
  'unkick',
  'auto-advance-on',
  'auto-advance-off',
  'time-factor',
] as const;
type Step =
  | { readonly do: 'join'; readonly who: number }
  | { readonly do: 'answer'; readonly who: number; readonly text: 'right' | 'wrong'; readonly question: number | null }
  | { readonly do: 'act'; readonly act: QuizHostAct['type']; readonly seat: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'outage'; readonly ms: number };
const who = fc.integer({ min: 1, max: 5 });
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), who }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      who,
      text: fc.constantFrom('right' as const, 'wrong' as const),
      question: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 8 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('act' as const), act: fc.constantFrom(...acts), seat: who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      act: fc.constantFrom(...rareActs),
      seat: who,
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 3_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('outage' as const), ms: fc.integer({ min: 1, max: 60_000 }) }) },
);
const steps = fc.array(aStep, { minLength: 40, maxLength: 120 });

function choiceOf(step: { readonly who: number; readonly text: 'right' | 'wrong' }, question: number) {
  if (question === 1) return { options: [step.text === 'right' ? 1 : 0] };
  return { blanks: [step.text === 'right' ? `KEY${question}!` : `GUESS${step.who}!`] };
}

function take(quiz: PlayedQuiz, step: Step): void {
  switch (step.do) {
    case 'join':
      return void quiz.do({ type: 'join', player: aPlayer(step.who) });
    case 'answer':
      return void quiz.answer(
        step.who,
        choiceOf(step, step.question ?? quiz.state.index),
        step.question ?? quiz.state.index,
      );
    case 'act':
      if (step.act === 'kick' || step.act === 'unkick') return void quiz.kick(step.seat, step.act);
      if (step.act === 'time-factor') return void quiz.giveTime(step.seat, 100 + step.seat * 20);
      return void quiz.host(step.act);
    case 'outage':
      return void quiz.do({ type: 'outage', from: quiz.now, to: quiz.after(step.ms).now });
    case 'wait': {
      const until = quiz.now + step.ms;
      for (let due = nextQuizDeadline(quiz.state); due && due.at <= until; due = nextQuizDeadline(quiz.state)) {
        quiz.now = Math.max(quiz.now, due.at);
        quiz.do(due.command);
      }
      quiz.now = until;
    }
  }
}

const played = (changeable: boolean, lockWhenAllAnswered = true) =>
  new PlayedQuiz(aSetup(questions, { readingMs: 300, changeable, lockWhenAllAnswered }), 3);

describe('laws of the hall quiz', () => {
  it('replays its log to the same state, also through a snapshot at any point', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), fc.nat(), (script, changeable, cut) => {
        const quiz = played(changeable);
        for (const step of script) take(quiz, step);
        const live = encodeQuiz(quiz.state);
        let replayed = emptyQuiz('room');
        quiz.events.forEach((event, index) => {
          if (index === cut % quiz.events.length) replayed = decodeQuiz(encodeQuiz(replayed));
          replayed = evolveQuiz(replayed, JSON.parse(JSON.stringify(event)));
        });
        expect(encodeQuiz(replayed)).toBe(live);
      }),
    );
  });

  it('never shows a key, another one’s answer or a question ahead of time to anybody', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(steps, (script) => {
        const quiz = played(false, false).open();
        let published = 0;
        for (const step of script) {
          take(quiz, step);
          const news = quiz.events.slice(published);
          published = quiz.events.length;
          for (const { type } of news) seen.set(type, (seen.get(type) ?? 0) + 1);
          for (const audience of ['player', 'host', 'screen']) {
            for (const viewer of audience === 'player' ? ['m1', 'm2', null] : [null]) {
              const frames = [
                ...news.filter((event) => isVisible(event, audience)),
                quizViewFor(quiz.state, audience, viewer),
                quizProgress(quiz.state, audience),
                ...news.flatMap((event) => [...personalNews(quiz.state, event)].filter(([to]) => to === viewer)),
              ];
              expectNoLeak(JSON.stringify(frames), quiz, viewer);
            }
          }
        }
      }),
      { numRuns: 30 },
    );
    for (const type of ['answered', 'revealed', 'scoreboard-shown'])
      expect([type, (seen.get(type) ?? 0) > 0]).toEqual([type, true]);
  });

  it('counts one answer per seat and question, however often and in whatever order it is sent', () => {
    const sends = fc.array(fc.record({ who, text: fc.constantFrom('right' as const, 'wrong' as const) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(sends, (list) => {
        const quiz = new PlayedQuiz(aSetup(questions, { lockWhenAllAnswered: false }), 5).open();
        const first = new Map<number, string>();
        for (const { who: number, text } of list) {
          quiz.answer(number, choiceOf({ who: number, text }, 0));
          if (!first.has(number)) first.set(number, text);
        }
        quiz.host('reveal');
        expect(quiz.events.filter((event) => event.type === 'answered')).toHaveLength(first.size);
        const winners = [...first].filter(([, text]) => text === 'right').map(([number]) => number);
        const paid = quiz.state.seats.filter((seat) => seat.points > 0).map((seat) => seat.seat);
        expect(paid).toEqual(winners.sort((a, b) => a - b));
      }),
    );
  });

  it('ranks every seat that plays exactly once, equals equal, and never a worse result first', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const quiz = played(false);
        for (const step of script) take(quiz, step);
        const ranked = rankedSeats(quiz.state.seats);
        expect(ranked.map(({ seat }) => seat.seat).sort((a, b) => a - b)).toEqual(
          quiz.state.seats.filter((seat) => !seat.kicked).map((seat) => seat.seat),
        );
        expect(rankedSeats([...quiz.state.seats].reverse())).toEqual(ranked);
        ranked.slice(1).forEach(({ seat, place }, index) => {
          const before = ranked[index]!;
          const equal = before.seat.points === seat.points && before.seat.scoringMs === seat.scoringMs;
          expect(place).toBe(equal ? before.place : index + 2);
          expect(before.seat.points).toBeGreaterThanOrEqual(seat.points);
        });
      }),
    );
  });

  it('never gives more for a later answer, nor less than the profile’s floor, nor more than the points', () => {
    const floors = { flat: 1, 'half-speed': 0.5, 'linear-floor': 0.1, 'first-n': 1 } as const;
    const scorings = fc.constantFrom(...(Object.keys(floors) as (keyof typeof floors)[]));
    const ms = fc.nat(70_000);
    fc.assert(
      fc.property(
        scorings,
        fc.nat(10_000),
        ms,
        ms,
        fc.integer({ min: 1, max: 60_000 }),
        (scoring, points, a, b, limit) => {
          const [early, late] = [Math.min(a, b), Math.max(a, b)].map((at) => pointsFor(scoring, points, at, limit));
          expect(early).toBeGreaterThanOrEqual(late!);
          expect(late).toBeGreaterThanOrEqual(Math.floor(points * floors[scoring]));
          expect(early).toBeLessThanOrEqual(points);
        },
      ),
    );
  });

  it('gives twice the time the same worth: a seat at 200 % that takes twice as long scores alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(110, 125, 150, 200), (ms, percent) => {
        const scored = [100, percent].map((given) => {
          const setup = aSetup([aQuestion()], { scoring: 'linear-floor', lockWhenAllAnswered: false });
          const quiz = new PlayedQuiz(setup, 1);
          quiz.giveTime(1, given);
          quiz
            .open()
            .after(Math.round((ms * given) / 100))
            .answer(1, { options: [2] });
          quiz.host('reveal');
          return quiz.state.seats[0]!;
        });
        expect(Math.abs(scored[0]!.points - scored[1]!.points)).toBeLessThanOrEqual(1);
        expect(Math.abs(scored[0]!.scoringMs - scored[1]!.scoringMs)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('stores what it shows last: the board at the end is the ranking of the seats', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const quiz = played(false);
        for (const step of script) take(quiz, step);
        quiz.host('end');
        if (quiz.state.phase !== 'ended') return;
        const rows = resultRows(quiz.state, quiz.now, 'Asia/Shanghai');
        const placed = rows.filter((row) => row.place !== null).sort((a, b) => a.place! - b.place! || a.seat - b.seat);
        expect(placed.map((row) => row.seat)).toEqual(quiz.state.board!.seats.map(({ seat }) => seat));
        expect(JSON.stringify(finalBoard(rows, unitRows(quiz.state), 10))).toBe(JSON.stringify(quiz.state.board));
        expect(quiz.state.seats.every((seat) => seat.points >= 0)).toBe(true);
      }),
    );
  });

  it('gives every player his whole screen in at most 4 KB, whatever the texts', () => {
    const long = (char: string, most: number) => fc.integer({ min: 0, max: most }).map((n) => char.repeat(n));
    const text = (most: number) => fc.oneof(long('党', most), long('"', most), long('a', most), long('𠮷', most / 2));
    const picture = { id: 'f'.repeat(64), alt: '会场', width: 1200, height: 800 };
    const shapes = fc.constantFrom<(option: string) => Partial<QuizQuestion>>(
      (option) => ({ options: [1, 2, 3, 4].map((n) => `${n}${option}`) }),
      (option) => ({ material: { title: option, text: option.repeat(4), pictures: [picture] } }),
      () => ({ pictures: [picture, picture], optionPictures: [picture, null, picture, picture] }),
      (option) => ({ type: 'blank', options: [], key: { blanks: [[option, '答案'], ['二']] } }),
    );
    const texts = fc.tuple(text(300), text(90), text(4000), text(80), text(120));
    fc.assert(
      fc.property(shapes, texts, text(100), (shape, [stem, option, explanation, name, unitName], given) => {
        const question = aQuestion({ stem, explanation, ...shape(option) });
        fc.pre(questionBytes(question) <= mostQuestionBytes);
        const quiz = new PlayedQuiz({ ...aSetup([question], { boardSize: 50 }), title: '题'.repeat(120) });
        for (let n = 1; n <= 60; n++)
          quiz.do({ type: 'join', player: aPlayer(n, { name, unitName, unitId: `u${n}` }) });
        for (const act of ['open', 'lock', 'reveal', 'scoreboard', 'podium', 'end'] as const) {
          quiz.host(act);
          if (act === 'open') {
            quiz.now = quiz.state.timing!.openAt;
            quiz.answer(1, question.type === 'blank' ? { blanks: [given, '乙'.repeat(90)] } : { options: [1] });
          }
          const view = quizViewFor(quiz.state, 'player', 'm1');
          expect(new TextEncoder().encode(JSON.stringify(view)).length).toBeLessThanOrEqual(mostViewBytes);
          if (act === 'open' || act === 'reveal') expect(view.question?.stem).toBe(stem);
          if (act === 'scoreboard') expect(view.board).not.toBeNull();
        }
      }),
      { numRuns: 60 },
    );
  });
});

function expectNoLeak(text: string, quiz: PlayedQuiz, viewer: string | null): void {
  const shown = quiz.state.reveal ? quiz.state.reveal.question : quiz.state.index - 1;
  questions.forEach((_question, index) => {
    if (index > quiz.state.index) expect(text).not.toContain(`STEM${index}!`);
    if (index <= shown) return;
    expect(text).not.toContain(`WHY${index}!`);
    // A player may read his own right answer back, and only that.
    const own = quiz.state.answers.get(Number(viewer?.slice(1) ?? 0))?.choice;
    const ownText = own && 'blanks' in own ? own.blanks[0]! : '';
    if (ownText !== `KEY${index}!`) expect(text).not.toContain(`KEY${index}!`);
  });
  if (quiz.state.phase === 'question' || quiz.state.phase === 'locked') {
    expect(text).not.toMatch(/"(key|histogram|counts)":(?!null)/);
  }
  for (const other of [1, 2, 3, 4, 5]) if (viewer !== `m${other}`) expect(text).not.toContain(`GUESS${other}!`);
}
