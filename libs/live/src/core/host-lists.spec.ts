import { aQuestion, aSetup, PlayedQuiz } from '../testing/quiz-builders.js';
import { flagsOf } from './flags.js';
import { answerInquiry } from './host-lists.js';
import type { QuizSeatPage, QuizWaiting } from './host-lists.js';

const questions = Array.from({ length: 6 }, () => aQuestion());
const setup = aSetup(questions, { lockWhenAllAnswered: false });

/** Plays six questions; `paces` says after how many milliseconds each seat answers which. */
function playedAt(paces: readonly ((question: number) => number)[], option = (_seat: number) => 2): PlayedQuiz {
  const quiz = new PlayedQuiz(setup, paces.length);
  questions.forEach((_, question) => {
    quiz.open();
    const openAt = quiz.now;
    const times = paces.map((pace, index) => ({ seat: index + 1, at: pace(question) }));
    for (const { seat, at } of times.sort((a, b) => a.at - b.at)) {
      quiz.now = openAt + at;
      quiz.answer(seat, { options: [option(seat)] });
    }
    quiz.host('reveal');
  });
  return quiz;
}
const human = (seat: number) => (question: number) => 2_000 + ((seat * 7919 + question * 4447) % 6_000);
const seatsOf = (quiz: PlayedQuiz, given: Partial<{ show: 'all' | 'waiting' | 'flagged' | 'removed'; q: string }>) =>
  answerInquiry(quiz.state, { what: 'seats', show: 'all', q: '', after: 0, limit: 3, ...given }) as QuizSeatPage;

describe('odd answers', () => {
  it('are those faster than anyone reads, those without any variation, and those of a twin', () => {
    const copy = human(4);
    const quiz = playedAt([
      human(1),
      (question) => 150 + question * 90,
      () => 3_000,
      copy,
      (question) => copy(question) + 12,
      human(6),
    ]);
    expect(Object.fromEntries(flagsOf(quiz.state.seats))).toEqual({
      2: ['too-fast'],
      3: ['too-even'],
      4: ['same-pattern'],
      5: ['same-pattern'],
    });
  });

  it('are no twins where the choices differ, and nothing is said about few answers', () => {
    const copy = human(1);
    expect(flagsOf(playedAt([copy, copy], (seat) => seat).state.seats).size).toBe(0);
    const short = new PlayedQuiz(setup, 1).open();
    short.answer(1, { options: [2] });
    short.host('reveal');
    expect(flagsOf(short.state.seats).size).toBe(0);
  });

  it('cost nobody anything', () => {
    const quiz = playedAt([() => 100]);
    expect(quiz.state.seats[0]).toMatchObject({ points: 6_000, place: 1, kicked: false });
  });
});

describe('the host’s list', () => {
  it('goes page by page, and finds names and units', () => {
    const quiz = new PlayedQuiz(setup, 7);
    const first = seatsOf(quiz, {});
    expect([first.items.map((item) => item.seat), first.total, first.next]).toEqual([[1, 2, 3], 7, 3]);
    const last = answerInquiry(quiz.state, { what: 'seats', show: 'all', q: '', after: 6, limit: 3 }) as QuizSeatPage;
    expect([last.items.map((item) => item.seat), last.next]).toEqual([[7], null]);
    expect(seatsOf(quiz, { q: '党员５' }).items).toMatchObject([{ seat: 5, name: '党员5', memberId: 'm5' }]);
    expect(seatsOf(quiz, { q: '第1支部' }).total).toBe(3);
  });

  it('shows who has not answered, by unit too', () => {
    const quiz = new PlayedQuiz(setup, 5).open();
    quiz.answer(1, { options: [2] });
    quiz.answer(4, { options: [2] });
    quiz.kick(5);
    expect(seatsOf(quiz, { show: 'waiting' }).items.map((item) => item.seat)).toEqual([2, 3]);
    expect(seatsOf(quiz, { show: 'removed' }).items.map((item) => item.seat)).toEqual([5]);
    expect(answerInquiry(quiz.state, { what: 'waiting' }) as QuizWaiting).toEqual({
      question: 0,
      units: [
        { unitId: 'u0', unitName: '第0支部', seats: 1, waiting: 1, names: ['党员3'] },
        { unitId: 'u2', unitName: '第2支部', seats: 1, waiting: 1, names: ['党员2'] },
      ],
    });
  });

  it('lists flagged seats by themselves', () => {
    const quiz = playedAt([() => 100, human(2)]);
    expect(seatsOf(quiz, { show: 'flagged' }).items).toMatchObject([{ seat: 1, flags: ['too-fast', 'too-even'] }]);
  });
});
