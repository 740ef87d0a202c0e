import { aBattleSetup, aGhost, answerOf, aPerson, playBattle, playSurvival } from '../../testing/battle-builders.js';
import type { PlayedBattle } from '../../testing/battle-builders.js';
import { battleViewFor } from './battle-machine.js';
import { gameQuestionView, parseOptions } from './game-question.js';
import { gameQuestion } from '../../testing/battle-builders.js';

const duel = (questions = 3): PlayedBattle => playBattle(aBattleSetup([aPerson(1), aPerson(2)], questions));
const places = (game: PlayedBattle) => game.state.seats.map(({ place }) => place);

describe('a battle', () => {
  it('opens by itself, reveals when all have answered, and ends after its questions', () => {
    const game = duel(2);
    game.after(3_000);
    expect(game.do(answerOf(1, 0, 1))).toBe('live.answer.too-early');
    game.after(1_500);
    expect(game.do(answerOf(1, 0, 1))).toBe('answer-taken battle-answered');
    expect(game.do(answerOf(2, 0, 0))).toBe('answer-taken battle-answered battle-revealed');
    expect(game.state.reveal).toMatchObject({ key: [1], results: [{ correct: true }, { correct: false }] });
    game.after(3_000 + 2_000);
    game.do(answerOf(1, 1, 1));
    game.do(answerOf(2, 1, 1));
    game.after(3_000);
    expect(game.state).toMatchObject({ phase: 'ended', end: 'played' });
    expect(places(game)).toEqual([1, 2]);
  });

  it('is won by right answers, then by less time over them, then shared', () => {
    const game = duel(1);
    game.after(5_000);
    game.do(answerOf(2, 0, 1));
    game.after(1);
    game.do(answerOf(1, 0, 1));
    expect(places(game.after(10_000))).toEqual([2, 1]);
    const even = duel(1);
    even.after(5_000);
    even.do(answerOf(1, 0, 0));
    even.do(answerOf(2, 0, 2));
    expect(places(even.after(10_000))).toEqual([1, 1]);
  });

  it('takes the first answer, gives a repeat no event, and refuses another, a late and a wrongly formed one', () => {
    const game = duel();
    game.after(5_000);
    expect(game.do(answerOf(1, 0, 9))).toBe('live.answer.invalid');
    game.do(answerOf(1, 0, 1));
    expect(game.do(answerOf(1, 0, 1))).toBe('');
    expect(game.do(answerOf(1, 0, 2))).toBe('live.answer.already');
    expect(game.do(answerOf(1, 1, 1))).toBe('live.answer.closed');
    expect(game.do(answerOf(3, 0, 1))).toBe('live.seat.unknown');
    game.after(15_000);
    expect(game.do(answerOf(2, 0, 1))).toBe('live.answer.closed');
  });

  it('keeps what a person chose for his own review, and of a ghost only whether it was right', () => {
    const game = playBattle(aBattleSetup([aPerson(1), aGhost(2, [{ question: 0, elapsedMs: 900, correct: true }])], 1));
    game.after(5_000);
    game.do(answerOf(1, 0, 2));
    expect(game.state.seats.map(({ answers }) => answers)).toEqual([
      [{ question: 0, elapsedMs: 1_000, correct: false, choice: [2] }],
      [{ question: 0, elapsedMs: 900, correct: true }],
    ]);
  });

  it('lets a ghost answer at the times of its game, and does not wait for what it let pass', () => {
    const recorded = [
      { question: 0, elapsedMs: 2_000, correct: true },
      { question: 1, elapsedMs: 9_000, correct: false },
    ];
    const game = playBattle(aBattleSetup([aPerson(1), aGhost(2, recorded)]));
    game.after(3_000 + 1_000);
    game.do(answerOf(1, 0, 1));
    expect(game.after(1_999).state.phase).toBe('question');
    expect(game.after(1).state.reveal?.results[1]).toEqual({
      seat: 2,
      answered: true,
      correct: true,
      elapsedMs: 2_000,
    });
    game.after(3_000 + 1_000 + 9_000);
    expect(game.state.answers[2]).toMatchObject({ correct: false });
    game.do(answerOf(1, 1, 1));
    game.after(3_000 + 1_000);
    expect(game.do(answerOf(1, 2, 1))).toBe('answer-taken battle-answered battle-revealed');
    expect(game.after(5_000).state.seats.map(({ correct }) => correct)).toEqual([3, 1]);
  });

  it('shows a ghost as one, without a name', () => {
    const game = playBattle(aBattleSetup([aPerson(1), aGhost(2, [])]));
    expect(battleViewFor(game.state, 'm1').seats[1]).toMatchObject({ isGhost: true, name: null, unitName: null });
  });

  it('ends when all others have left, the leaver placed last, and goes on among those who stay', () => {
    const two = duel();
    two.after(5_000);
    expect(two.do({ type: 'act', memberId: 'm1', act: 'leave' })).toBe('battle-left battle-ended');
    expect([two.state.end, places(two)]).toEqual(['left', [2, 1]]);
    const three = playBattle(aBattleSetup([aPerson(1), aPerson(2), aPerson(3)]));
    three.after(5_000);
    three.do(answerOf(1, 0, 1));
    three.do(answerOf(2, 0, 1));
    expect(three.do({ type: 'act', memberId: 'm3', act: 'leave' })).toBe('battle-left battle-revealed');
    expect(three.do(answerOf(3, 0, 1))).toBe('live.battle.left');
  });

  it('ends when nobody has answered three questions in a row: everybody is offline', () => {
    const game = playBattle(aBattleSetup([aPerson(1), aPerson(2)], 10));
    game.after(3_000 + 3 * (1_000 + 15_501 + 3_000));
    expect(game.state).toMatchObject({ phase: 'ended', end: 'nobody-answers', index: 2 });
  });

  it('gives back an outage', () => {
    const game = duel();
    game.after(5_000);
    const { closeAt } = game.state.timing!;
    game.now += 60_000;
    game.do({ type: 'outage', from: game.now - 60_000, to: game.now });
    expect(game.state.timing!.closeAt).toBe(closeAt + 60_000);
    expect(game.do(answerOf(1, 0, 1))).toBe('answer-taken battle-answered');
  });
});

describe('a survival run', () => {
  const started = (questions = 5) => {
    const game = playSurvival(questions);
    game.after(2_000 + 1_500);
    return game;
  };
  const next = 2_500 + 1_500;

  it('counts right answers until the second mistake, with one revive in between', () => {
    const game = started();
    expect(game.do(answerOf(1, 0, 1))).toBe('survival-answered survival-revealed');
    game.after(next);
    expect(game.do(answerOf(1, 1, 0))).toBe('survival-answered survival-revealed');
    expect(game.state).toMatchObject({ phase: 'revive', streak: 1 });
    expect(game.do({ type: 'act', memberId: 'm1', act: 'revive' })).toBe('survival-revived');
    game.after(2_000 + 1_500);
    game.do(answerOf(1, 2, 1));
    game.after(next);
    expect(game.do(answerOf(1, 3, 0))).toBe('survival-answered survival-revealed');
    // The answer to the last mistake stays for a look, and nothing else can be done.
    expect(game.state).toMatchObject({
      phase: 'revealed',
      reveal: { key: [1], choice: [0], correct: false },
      end: null,
    });
    expect(game.do({ type: 'act', memberId: 'm1', act: 'revive' })).toBe('live.battle.not-now');
    expect(game.after(14_999).state.phase).toBe('revealed');
    const over = { phase: 'ended', end: 'mistake', streak: 2, isRevived: true, reveal: { key: [1] } };
    expect(game.after(1).state).toMatchObject(over);
  });

  it('goes on from the last mistake to the result as soon as its player wants', () => {
    const game = started();
    game.do(answerOf(1, 0, 0));
    game.do({ type: 'act', memberId: 'm1', act: 'revive' });
    game.after(2_000 + 1_500);
    game.do(answerOf(1, 1, 0));
    expect(game.do({ type: 'act', memberId: 'm1', act: 'leave' })).toBe('survival-ended');
    expect(game.state).toMatchObject({ phase: 'ended', end: 'mistake', streak: 0 });
  });

  it('takes silence for a mistake and ends without a revive: nobody is there', () => {
    const game = started().after(31_000);
    expect(game.state).toMatchObject({ phase: 'revive', reveal: { choice: null, correct: false } });
    expect(game.after(20_000).state).toMatchObject({ phase: 'ended', end: 'not-revived', streak: 0 });
  });

  it('ends when given up and when no question is left, and belongs to its player', () => {
    expect(started().do({ type: 'act', memberId: 'm1', act: 'leave' })).toBe('survival-ended');
    const whole = started(1);
    expect(whole.do(answerOf(2, 0, 1))).toBe('live.seat.unknown');
    expect(whole.do({ type: 'act', memberId: 'm1', act: 'revive' })).toBe('live.battle.not-now');
    whole.do(answerOf(1, 0, 1));
    expect(whole.after(next).state).toMatchObject({ end: 'all-answered', streak: 1 });
    expect(whole.do({ type: 'act', memberId: 'm1', act: 'leave' })).toBe('live.room.ended');
  });
});

describe('an answer', () => {
  it('names options of the question, one where one is right', () => {
    const question = gameQuestion(0);
    expect(parseOptions(question, [2])).toEqual([2]);
    for (const bad of [[], [4], [-1], [0.5], [0, 1], [1, 1]]) expect(parseOptions(question, bad)).toBeUndefined();
    expect(parseOptions({ ...question, type: 'multiple' }, [3, 0])).toEqual([0, 3]);
    expect(JSON.stringify(gameQuestionView(question, 0))).not.toContain('key');
  });
});
