import { aPlayer, aQuestion, aSetup, PlayedQuiz } from '../testing/quiz-builders.js';
import { nextQuizDeadline } from './decide.js';
import type { QuizOptions } from './quiz-state.js';
import { ownCloseAt } from './room-clock.js';
import { personalNews, quizProgress, quizViewFor } from './view.js';

const right = { options: [2] };
const wrong = { options: [0] };
const refusedWith = (code: string) => expect.objectContaining({ kind: 'refusal', code });
const three = (options: Partial<QuizOptions> = {}) =>
  aSetup([aQuestion(), aQuestion(), aQuestion()], { lockWhenAllAnswered: false, ...options });
const pointsOf = (quiz: PlayedQuiz) => quiz.state.seats.map((seat) => seat.points);

describe('scoring options', () => {
  it('pay the first right answers alone, by time and then by arrival', () => {
    const quiz = new PlayedQuiz(three({ scoring: 'first-n', firstCount: 2 }), 4).open();
    quiz.answer(4, wrong);
    quiz.after(10).answer(3, right);
    quiz.answer(1, right);
    quiz.after(10).answer(2, right);
    quiz.host('reveal');
    expect(pointsOf(quiz)).toEqual([1000, 0, 1000, 0]);
  });

  it('never fall below a tenth with the linear profile', () => {
    const quiz = new PlayedQuiz(three({ scoring: 'linear-floor' }), 3).open();
    quiz.after(499).answer(1, right);
    quiz.after(9_501).answer(2, right);
    quiz.after(9_999).answer(3, right);
    quiz.host('reveal');
    expect(pointsOf(quiz)).toEqual([1000, 500, 100]);
  });

  it('add a bonus for right answers in a row, which a wrong or missing one ends', () => {
    const quiz = new PlayedQuiz(three({ streakBonus: 200 }), 2);
    for (const choice of [right, right, wrong]) {
      quiz.open().answer(1, choice);
      quiz.host('reveal');
    }
    expect(pointsOf(quiz)).toEqual([2200, 0]);
    expect(quizViewFor(quiz.state, 'player', 'm1').me!.result).toMatchObject({ streak: 0, gained: 0 });
  });

  it('take points for a wrong answer, not for a missing one, and never below zero', () => {
    const quiz = new PlayedQuiz(three({ wrongPenalty: 600 }), 2);
    for (const choice of [right, wrong, wrong]) {
      quiz.open().answer(1, choice);
      quiz.host('reveal');
    }
    expect(pointsOf(quiz)).toEqual([0, 0]);
    expect(quiz.state.seats[0]!.last).toMatchObject({ gained: -400 });
  });
});

describe('more time for one person', () => {
  it('lets him answer when the others no longer may, and closes when he has', () => {
    const quiz = new PlayedQuiz(three(), 2);
    expect(quiz.giveTime(2, 150)).toMatchObject([{ type: 'baton-taken' }, { type: 'time-factor-set', percent: 150 }]);
    quiz.open();
    const { timing } = quiz.state;
    quiz.now = timing!.closeAt + 501;
    expect(quiz.answer(1, right)).toEqual(refusedWith('live.answer.closed'));
    expect(nextQuizDeadline(quiz.state)!.at).toBe(ownCloseAt(timing!, 150) + 501);
    quiz.now = ownCloseAt(timing!, 150);
    expect(quiz.answer(2, right)).toMatchObject([{ elapsedMs: 30_000, countedMs: 20_000, late: false }]);
    expect(nextQuizDeadline(quiz.state)!.at).toBe(timing!.closeAt + 501);
  });

  it('is told to him and to hosts, to nobody else', () => {
    const quiz = new PlayedQuiz(three(), 2);
    quiz.giveTime(2, 200);
    const event = quiz.events.at(-1)!;
    expect([...personalNews(quiz.state, event)]).toEqual([['m2', { type: 'time-factor', percent: 200 }]]);
    expect(quizViewFor(quiz.state, 'player', 'm2').me!.timePercent).toBe(200);
    expect(quizViewFor(quiz.state, 'host', null).host!.extended).toBe(1);
    expect(quizProgress(quiz.state, 'host').extended).toBe(1);
    for (const seen of [quizViewFor(quiz.state, 'player', 'm1'), quizViewFor(quiz.state, 'screen', null)]) {
      expect(JSON.stringify(seen)).not.toContain('200');
    }
  });

  it('is refused outside 100 to 200 % and for seats that nobody has', () => {
    const quiz = new PlayedQuiz(three(), 1);
    for (const percent of [99, 201, 150.5, Number.NaN]) {
      expect(quiz.giveTime(1, percent)).toEqual(refusedWith('live.seat.time-factor'));
    }
    expect(quiz.giveTime(2, 150)).toEqual(refusedWith('live.seat.unknown'));
    quiz.host('take-baton');
    expect(quiz.giveTime(1, 100)).toEqual([]);
  });
});

describe('going on by itself', () => {
  it('is switched in the room, and counts from the switch', () => {
    const quiz = new PlayedQuiz(three(), 1).open();
    quiz.host('reveal');
    expect(nextQuizDeadline(quiz.state)).toBeNull();
    quiz.after(60_000).host('auto-advance-on');
    expect(nextQuizDeadline(quiz.state)!.at).toBe(quiz.now + 7_000);
    expect(quizViewFor(quiz.state, 'host', null).host!.nextAt).toBe(quiz.now + 7_000);
    expect(quizProgress(quiz.state, 'host').nextAt).toBe(quiz.now + 7_000);
    quiz.host('auto-advance-off');
    expect(nextQuizDeadline(quiz.state)).toBeNull();
  });

  it('starts when the last console has been away for a while, where the contest wants it', () => {
    const quiz = new PlayedQuiz(three({ advanceUnattended: true }), 1).open();
    quiz.host('reveal');
    quiz.after(5_000).do({ type: 'attend', attended: false });
    expect(quizProgress(quiz.state, 'host')).toMatchObject({ advances: true, attended: false });
    expect(nextQuizDeadline(quiz.state)!.at).toBe(quiz.now + 17_000);
    quiz.do({ type: 'attend', attended: true });
    expect(nextQuizDeadline(quiz.state)).toBeNull();
  });

  it('does not start otherwise: the room waits', () => {
    const quiz = new PlayedQuiz(three(), 1).open();
    quiz.host('reveal');
    expect(quiz.do({ type: 'attend', attended: false })).toEqual([]);
    expect(nextQuizDeadline(quiz.state)).toBeNull();
  });
});

describe('who may come in', () => {
  it('is the host’s word from the start where entry is locked', () => {
    const quiz = new PlayedQuiz(three({ joining: 'locked' }));
    expect(quiz.do({ type: 'join', player: aPlayer(1) })).toEqual(refusedWith('live.room.locked'));
    quiz.host('unlock-joining');
    expect(quiz.do({ type: 'join', player: aPlayer(1) })).toMatchObject([{ type: 'seat-taken' }]);
  });
});

describe('ending early', () => {
  it('shows the final board; a question that was not revealed counts for nobody', () => {
    const quiz = new PlayedQuiz(three(), 2).open();
    quiz.answer(1, right);
    quiz.host('reveal');
    quiz.open().answer(2, right);
    expect(quiz.host('end')).toMatchObject([{ type: 'podium-shown' }, { type: 'ended' }]);
    expect(quiz.state.board!.seats.map(({ seat, points, place }) => [seat, points, place])).toEqual([
      [1, 1000, 1],
      [2, 0, 2],
    ]);
  });

  it('shows the board again where someone was removed on the podium', () => {
    const quiz = new PlayedQuiz(three(), 2).open();
    quiz.answer(1, right);
    for (const act of ['reveal', 'podium'] as const) quiz.host(act);
    quiz.kick(1);
    expect(quiz.host('end')).toMatchObject([
      { type: 'podium-shown', seats: [{ seat: 2, place: 1 }] },
      { type: 'ended' },
    ]);
    expect(quiz.state.seats.map((seat) => seat.place)).toEqual([null, 1]);
    const calm = new PlayedQuiz(three(), 2).open();
    for (const act of ['reveal', 'podium'] as const) calm.host(act);
    expect(calm.host('end')).toMatchObject([{ type: 'ended' }]);
  });
});
