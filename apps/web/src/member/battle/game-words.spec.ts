import type { BattleSeatView, BattleView, MyGame } from '@xuekao/contracts';
import { byPlace, gameFacts, markedOptions, seatDoing, seatKind, secondsTo, verdictOfGame } from './game-words.js';

const seat = (number: number, given: Partial<BattleSeatView> = {}): BattleSeatView => ({
  seat: number,
  name: `党员${number}`,
  unitName: '第一支部',
  isGhost: false,
  hasLeft: false,
  answered: false,
  correct: 0,
  scoringMs: 0,
  place: null,
  ...given,
});
const battle = (given: Partial<BattleView>): BattleView => ({
  game: 'battle',
  roomId: 'room',
  mode: 'duel',
  phase: 'question',
  total: 10,
  question: null,
  timing: null,
  nextAt: null,
  reveal: null,
  seats: [],
  end: null,
  me: { seat: 1, choice: null, orderSeed: 'room:1', optionOrder: null },
  ...given,
});
const result = (number: number, answered: boolean, correct: boolean) => ({
  seat: number,
  answered,
  correct,
  elapsedMs: 1,
});
const revealed = battle({
  phase: 'revealed',
  reveal: {
    question: 0,
    key: [1],
    explanation: null,
    results: [result(1, true, true), result(2, true, false), result(3, false, false)],
  },
});

describe('the words of a game', () => {
  it('count whole seconds, the last one as 1, and nothing where nothing runs', () => {
    expect([3_000, 2_001, 1, 0, -50].map((left) => secondsTo(left, 0))).toEqual([3, 3, 1, 0, 0]);
    expect(secondsTo(null, 0)).toBeNull();
  });

  it('call a recorded game a recorded game, whatever seat it has', () => {
    expect([seat(1), seat(2), seat(3, { isGhost: true, name: null })].map((one) => seatKind(one, 1))).toEqual([
      'me',
      'person',
      'ghost',
    ]);
    expect(seatKind(seat(1, { isGhost: true }), 1)).toBe('ghost');
  });

  it('tell of the others whether they have answered, and whether they were right only after the reveal', () => {
    const open = battle({ seats: [] });
    expect(seatDoing(open, seat(2))).toBe('thinking');
    expect(seatDoing(open, seat(2, { answered: true }))).toBe('answered');
    expect(seatDoing(open, seat(2, { answered: true, hasLeft: true }))).toBe('left');
    expect([1, 2, 3].map((number) => seatDoing(revealed, seat(number)))).toEqual(['right', 'wrong', 'missed']);
    expect(seatDoing(battle({ phase: 'ready' }), seat(2))).toBeNull();
  });

  it('give the own verdict from the reveal alone', () => {
    expect(verdictOfGame(battle({}))).toBeNull();
    expect(verdictOfGame(revealed)).toBe('right');
    expect(verdictOfGame({ ...revealed, me: { ...revealed.me!, seat: 3 } })).toBe('missed');
    const run = {
      game: 'survival',
      roomId: 'r',
      phase: 'revive',
      streak: 0,
      isRevived: false,
      question: null,
    } as const;
    const reveal = { question: 0, key: [1], explanation: null, choice: null, correct: false };
    const view = { ...run, timing: null, nextAt: 1, end: null, me: revealed.me };
    expect(verdictOfGame({ ...view, reveal })).toBe('missed');
    expect(verdictOfGame({ ...view, reveal: { ...reveal, choice: [0] } })).toBe('wrong');
    expect(verdictOfGame({ ...view, reveal: { ...reveal, choice: [1], correct: true } })).toBe('right');
  });

  it('mark the options where this player saw them', () => {
    const options = ['甲', '乙', '丙'];
    const marked = markedOptions({ options, optionOrder: [2, 0, 1], key: [0, 1], choice: [2, 0] });
    expect(marked.map(({ text, isRight, isMine }) => [text, isRight, isMine])).toEqual([
      ['丙', false, true],
      ['甲', true, true],
      ['乙', true, false],
    ]);
    expect(markedOptions({ options, optionOrder: null, key: [0], choice: null }).map(({ option }) => option)).toEqual([
      0, 1, 2,
    ]);
  });

  it('list the seats by place, shared places as they sit', () => {
    const seats = [seat(1, { place: 2 }), seat(2, { place: 4 }), seat(3, { place: 2 }), seat(4, { place: 1 })];
    expect(byPlace(seats).map((one) => one.seat)).toEqual([4, 1, 3, 2]);
  });

  it('say of a finished game what it was: with a place, alone, with recorded games, or a run', () => {
    const game: MyGame = {
      roomId: 'r',
      mode: 'duel',
      endedAt: 1,
      correct: 7,
      questions: 10,
      persons: 2,
      ghosts: 0,
      place: 1,
    };
    const keys = (given: Partial<MyGame>) => gameFacts({ ...game, ...given }).map(({ key }) => key);
    expect(keys({})).toEqual(['correct', 'place']);
    expect(keys({ persons: 1, place: null })).toEqual(['correct', 'alone']);
    expect(keys({ mode: 'four', persons: 1, ghosts: 3, place: 2 })).toEqual(['correct', 'place', 'ghosts']);
    expect(gameFacts({ ...game, mode: 'survival', place: null })).toEqual([{ key: 'run', figures: { correct: 7 } }]);
  });
});
