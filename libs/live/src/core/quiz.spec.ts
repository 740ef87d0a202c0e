import { aPlayer, aQuestion, aSetup, PlayedQuiz } from '../testing/quiz-builders.js';
import { nextQuizDeadline } from './decide.js';
import { isCorrect, parseChoice, plainRules, pointsFor } from './grading.js';
import { rankedUnits } from './ranking.js';
import { optionOrderOf, quizProgress, quizViewFor } from './view.js';

const right = { options: [2] };
const wrong = { options: [0] };
const refusedWith = (code: string) => expect.objectContaining({ kind: 'refusal', code });
const two = () => aSetup([aQuestion(), aQuestion({ stem: '第二题' })]);

describe('joining', () => {
  it('gives a member one seat however often he joins', () => {
    const quiz = new PlayedQuiz(aSetup(), 2);
    expect(quiz.do({ type: 'join', player: aPlayer(1) })).toEqual([]);
    expect(quiz.state.seats.map((seat) => seat.seat)).toEqual([1, 2]);
  });

  it('takes latecomers by default, and refuses them where the host wants so', () => {
    const open = new PlayedQuiz(aSetup(), 1).open();
    expect(open.do({ type: 'join', player: aPlayer(9) })).toMatchObject([{ type: 'seat-taken', seat: 2 }]);
    const strict = new PlayedQuiz(aSetup([aQuestion()], { joining: 'before-first' }), 1).open();
    expect(strict.do({ type: 'join', player: aPlayer(9) })).toEqual(refusedWith('live.room.started'));
  });

  it('keeps newcomers out of a locked room but knows its own', () => {
    const quiz = new PlayedQuiz(aSetup(), 1);
    quiz.host('lock-joining');
    expect(quiz.do({ type: 'join', player: aPlayer(9) })).toEqual(refusedWith('live.room.locked'));
    expect(quiz.do({ type: 'join', player: aPlayer(1) })).toEqual([]);
  });

  it('keeps a kicked seat and its points until the host takes it back', () => {
    const quiz = new PlayedQuiz(two(), 2).open();
    quiz.answer(1, right);
    quiz.answer(2, right);
    quiz.host('reveal');
    quiz.kick(1);
    expect(quiz.do({ type: 'join', player: aPlayer(1) })).toEqual(refusedWith('live.seat.kicked'));
    quiz.open();
    expect(quiz.answer(1, right)).toEqual(refusedWith('live.seat.kicked'));
    quiz.kick(1, 'unkick');
    expect(quiz.answer(1, right)).toMatchObject([{ type: 'answered' }]);
    expect(quiz.state.seats[0]!.points).toBe(1000);
  });
});

describe('answering', () => {
  it('opens the question in the future, at least 300 ms away', () => {
    const quiz = new PlayedQuiz(aSetup([aQuestion()], { readingMs: 0 }), 1);
    quiz.host('open');
    expect(quiz.state.timing!.openAt - quiz.now).toBe(300);
    expect(quiz.answer(1, right)).toEqual(refusedWith('live.answer.too-early'));
  });

  it('takes the first answer as final and a repeat of it as nothing new', () => {
    const quiz = new PlayedQuiz(aSetup(), 2).open();
    quiz.answer(1, wrong);
    expect(quiz.answer(1, wrong)).toEqual([]);
    expect(quiz.answer(1, right)).toEqual(refusedWith('live.answer.already'));
  });

  it('lets an answer be changed until the lock where the host allows it', () => {
    const quiz = new PlayedQuiz(aSetup([aQuestion()], { changeable: true }), 1).open();
    quiz.answer(1, wrong);
    quiz.answer(1, right);
    quiz.host('lock');
    expect(quiz.answer(1, wrong)).toEqual(refusedWith('live.answer.closed'));
    quiz.host('reveal');
    expect(quiz.state.seats[0]!.points).toBe(1000);
  });

  it('counts an answer within the grace as late but not beyond it', () => {
    const quiz = new PlayedQuiz(aSetup(), 3).open();
    quiz.now = quiz.state.timing!.closeAt + 500;
    expect(quiz.answer(1, right)).toMatchObject([{ late: true, elapsedMs: 20_000 }]);
    quiz.now += 1;
    expect(quiz.answer(2, right)).toEqual(refusedWith('live.answer.closed'));
    expect(nextQuizDeadline(quiz.state)!.at).toBe(quiz.now);
  });

  it('closes as soon as everybody who can answer has', () => {
    const quiz = new PlayedQuiz(aSetup(), 3).open();
    quiz.kick(3);
    quiz.answer(1, right);
    expect(quiz.answer(2, wrong)).toMatchObject([{ type: 'answered' }, { type: 'answers-locked', by: 'all-answered' }]);
  });

  it('refuses what is no answer to the question', () => {
    const quiz = new PlayedQuiz(aSetup(), 2).open();
    for (const choice of [{ options: [4] }, { options: [] }, { options: [1, 2] }, { blanks: ['2017'] }]) {
      expect(quiz.answer(1, choice)).toEqual(refusedWith('live.answer.invalid'));
    }
    expect(quiz.answer(9, right)).toEqual(refusedWith('live.seat.unknown'));
    expect(quiz.answer(1, right, 3)).toEqual(refusedWith('live.answer.closed'));
  });
});

describe('grading', () => {
  it('wants exactly the options of the key, and blanks in normal form', () => {
    const multiple = aQuestion({ type: 'multiple', key: { options: [0, 2] } });
    expect(isCorrect(multiple, { options: [2, 0] }, plainRules)).toBe(true);
    expect(isCorrect(multiple, { options: [0] }, plainRules)).toBe(false);
    const blank = aQuestion({ type: 'blank', options: [], key: { blanks: [['2017年', '2017'], ['北京']] } });
    expect(isCorrect(blank, { blanks: ['２０１７', ' 北京'] }, plainRules)).toBe(true);
    expect(isCorrect(blank, { blanks: ['2017', '上海'] }, plainRules)).toBe(false);
    expect(parseChoice(blank, { blanks: ['2017'] })).toBeUndefined();
  });

  it('takes free blanks in any order, each accepted list once', () => {
    const free = aQuestion({
      type: 'blank',
      options: [],
      key: { blanks: [['上海', '北京'], ['上海'], ['嘉兴']], orderFree: true },
    });
    expect(isCorrect(free, { blanks: ['嘉兴', '上海', '北京'] }, plainRules)).toBe(true);
    expect(isCorrect(free, { blanks: ['上海', '上海', '嘉兴'] }, plainRules)).toBe(true);
    expect(isCorrect(free, { blanks: ['北京', '北京', '嘉兴'] }, plainRules)).toBe(false);
  });

  it('wants a whole ordering in its order and every pair of a matching', () => {
    const ordering = aQuestion({ type: 'ordering', options: ['c', 'a', 'b'], key: { order: [1, 2, 0] } });
    expect(parseChoice(ordering, { order: [1, 2] })).toBeUndefined();
    expect(parseChoice(ordering, { order: [1, 2, 2] })).toBeUndefined();
    expect(parseChoice(ordering, { options: [1] })).toBeUndefined();
    expect(isCorrect(ordering, { order: [1, 2, 0] }, plainRules)).toBe(true);
    expect(isCorrect(ordering, { order: [0, 1, 2] }, plainRules)).toBe(false);
    const matching = aQuestion({
      type: 'matching',
      options: ['a', 'b'],
      targets: ['x', 'y', 'z'],
      key: { pairs: [2, 0] },
    });
    for (const pairs of [[2], [3, 0], [-1, -1], [0.5, 1]]) expect(parseChoice(matching, { pairs })).toBeUndefined();
    expect(parseChoice(matching, { pairs: [2, -1] })).toEqual({ pairs: [2, -1] });
    expect(isCorrect(matching, { pairs: [2, 0] }, plainRules)).toBe(true);
    expect(isCorrect(matching, { pairs: [2, -1] }, plainRules)).toBe(false);
    const quiz = new PlayedQuiz(aSetup([matching]), 2).open();
    quiz.answer(1, { pairs: [2, 0] });
    quiz.answer(2, { pairs: [2, 1] });
    quiz.host('reveal');
    expect(quiz.state.reveal!.histogram).toEqual({ counts: [2, 1], answered: 2, correct: 1 });
    expect(quiz.state.seats.map((seat) => seat.points)).toEqual([1000, 0]);
  });

  it('is flat by default and never below half with speed', () => {
    expect(pointsFor('flat', 1000, 19_999, 20_000)).toBe(1000);
    expect(pointsFor('half-speed', 1000, 499, 20_000)).toBe(1000);
    expect(pointsFor('half-speed', 1000, 10_000, 20_000)).toBe(750);
    expect(pointsFor('half-speed', 1000, 99_000, 20_000)).toBe(500);
  });

  it('breaks ties by the time of right answers and then shares the place', () => {
    const quiz = new PlayedQuiz(aSetup(), 4).open();
    quiz.after(1000).answer(1, right);
    quiz.answer(2, right);
    quiz.after(1000).answer(3, right);
    quiz.answer(4, wrong);
    quiz.host('reveal');
    expect(quiz.state.seats.map((seat) => seat.place)).toEqual([1, 1, 3, 4]);
  });

  it('ranks units by mean of participants, with too few listed without a place', () => {
    const quiz = new PlayedQuiz(aSetup(), 5).open();
    for (const number of [1, 2, 4]) quiz.answer(number, right);
    quiz.answer(3, wrong);
    quiz.host('reveal');
    expect(rankedUnits(quiz.state.seats, 2)).toMatchObject([
      { unitId: 'u1', meanPoints: 1000, participants: 2, roll: 10, place: 1 },
      { unitId: 'u2', meanPoints: 1000, participants: 1, place: null },
      { unitId: 'u0', meanPoints: 0, participants: 1, place: null },
    ]);
  });
});

describe('hosting', () => {
  it('walks the whole contest with one button', () => {
    const quiz = new PlayedQuiz(two(), 1);
    const phases = Array.from({ length: 10 }, () => (quiz.host('next'), quiz.state.phase));
    const round = ['question', 'locked', 'revealed', 'scoreboard'];
    expect(phases).toEqual([...round, ...round, 'podium', 'ended']);
    expect(quiz.host('next')).toEqual(refusedWith('live.room.ended'));
  });

  it('moves for the console with the baton only, until another one takes it', () => {
    const quiz = new PlayedQuiz(two(), 1);
    expect(quiz.host('open')).toMatchObject([{ type: 'baton-taken' }, { type: 'question-opened' }]);
    expect(quiz.host('lock', 'c2')).toEqual(refusedWith('live.baton.elsewhere'));
    quiz.host('take-baton', 'c2');
    expect(quiz.host('lock', 'c2')).toMatchObject([{ type: 'answers-locked' }]);
  });

  it('refuses a button pressed on an old screen', () => {
    const quiz = new PlayedQuiz(two(), 1).open();
    const press = {
      type: 'host',
      console: 'c1',
      name: '主持人',
      act: { type: 'next' },
      expect: { phase: 'question', question: 0 },
    } as const;
    quiz.do(press);
    expect(quiz.do(press)).toEqual(refusedWith('live.command.out-of-step'));
    expect(quiz.state.phase).toBe('locked');
  });

  it('stops every clock in a pause and gives the time back', () => {
    const quiz = new PlayedQuiz(two(), 2).open();
    quiz.after(5_000).host('pause');
    expect(nextQuizDeadline(quiz.state)).toBeNull();
    expect(quiz.after(60_000).answer(1, right)).toEqual(refusedWith('live.room.paused'));
    quiz.host('resume');
    expect(quiz.state.timing!.closeAt - quiz.now).toBe(15_300);
    expect(quiz.answer(1, right)).toMatchObject([{ elapsedMs: 4_700 }]);
  });

  it('freezes the question for an outage', () => {
    const quiz = new PlayedQuiz(two(), 2).open();
    const diedAt = quiz.after(5_000).now;
    quiz.after(90_000).do({ type: 'outage', from: diedAt, to: quiz.now });
    expect(quiz.state.timing!.closeAt - quiz.now).toBe(15_000);
    expect(quiz.answer(1, right)).toMatchObject([{ elapsedMs: 5_000 }]);
  });

  it('goes on by itself where the host wants so', () => {
    const quiz = new PlayedQuiz(aSetup([aQuestion(), aQuestion()], { autoAdvance: true }), 1);
    quiz.host('open');
    const phases = [];
    for (let due = nextQuizDeadline(quiz.state); due; due = nextQuizDeadline(quiz.state)) {
      quiz.now = due.at;
      quiz.do(due.command);
      phases.push(quiz.state.phase);
    }
    const round = ['locked', 'revealed', 'scoreboard'];
    expect(phases).toEqual([...round, 'question', ...round, 'podium']);
  });
});

describe('views', () => {
  it('shows a player his own order of options, the same every time', () => {
    const quiz = new PlayedQuiz(aSetup(), 2).open();
    const { me } = quizViewFor(quiz.state, 'player', 'm1');
    expect(me!.optionOrder).toEqual(optionOrderOf(me!.orderSeed!, 0, 4));
    expect([...me!.optionOrder!].sort()).toEqual([0, 1, 2, 3]);
  });

  it('gives back everything a refreshed phone needs', () => {
    const quiz = new PlayedQuiz(aSetup(), 2).open();
    quiz.answer(1, right);
    expect(quizViewFor(quiz.state, 'player', 'm1')).toMatchObject({
      phase: 'question',
      timing: quiz.state.timing,
      me: { seat: 1, choice: right, result: null },
      host: null,
      reveal: null,
    });
    quiz.host('reveal');
    expect(quizViewFor(quiz.state, 'player', 'm1')).toMatchObject({
      reveal: { key: right, histogram: { counts: [0, 0, 1, 0], answered: 1, correct: 1 } },
      me: { result: { correct: true, gained: 1000, points: 1000, place: 1 } },
    });
  });

  it('tells host and screen in the lobby who has come from which unit, and players nothing of it', () => {
    const quiz = new PlayedQuiz(aSetup(), 4);
    quiz.kick(2);
    const units = [
      { unitName: '第1支部', seats: 2, roll: 10 },
      { unitName: '第0支部', seats: 1, roll: 10 },
    ];
    for (const audience of ['host', 'screen']) {
      expect(quizViewFor(quiz.state, audience, null).units).toEqual(units);
      expect(quizProgress(quiz.state, audience)).toMatchObject({ units });
    }
    expect(quizViewFor(quiz.state, 'player', 'm1').units).toBeNull();
    expect(quizProgress(quiz.state, 'player')).toEqual({ seats: 4, answered: 0 });
  });
});
