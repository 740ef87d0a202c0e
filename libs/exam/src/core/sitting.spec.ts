import { countedAttempt, countedScore, countedScores, decideStart, sittingStateOf, termsRefusal } from './sitting.js';
import type { ExamWindow } from './sitting.js';

const minute = 60_000;
const window: ExamWindow = {
  state: 'published',
  opensAt: 0,
  closesAt: 60 * minute,
  limitMinutes: 30,
  extraMs: 0,
  attempts: 1,
};
const place = { exemption: null, extraMs: 0 };

describe('starting', () => {
  it('gives a new attempt its own deadline, never past the closing time', () => {
    expect(decideStart(window, place, [], 0)).toEqual({ kind: 'start', number: 1, deadlineAt: 30 * minute });
    expect(decideStart(window, place, [], 45 * minute)).toEqual({ kind: 'start', number: 1, deadlineAt: 60 * minute });
  });
  it('gives the open attempt again instead of a second one', () => {
    const past = [{ id: 'a', number: 1, isOpen: true }];
    expect(decideStart(window, place, past, minute)).toEqual({ kind: 'resume', attemptId: 'a' });
    expect(decideStart({ ...window, state: 'closed' }, place, past, minute)).toMatchObject({ kind: 'resume' });
  });
  it('lets extra time beat the closing time', () => {
    const late = 65 * minute;
    expect(decideStart(window, place, [], late)).toMatchObject({ code: 'exam.attempt.window-closed' });
    expect(decideStart({ ...window, extraMs: 10 * minute }, place, [], late)).toMatchObject({
      deadlineAt: 70 * minute,
    });
    expect(decideStart(window, { ...place, extraMs: 20 * minute }, [], 0)).toMatchObject({ deadlineAt: 50 * minute });
  });
  it.each([
    ['exam.attempt.not-on-roster', window, undefined, [], 0],
    ['exam.attempt.exempt', window, { ...place, exemption: 'exam-deferred' }, [], 0],
    ['exam.attempt.not-open-yet', window, place, [], -1],
    ['exam.attempt.used-up', window, place, [{ id: 'a', number: 1, isOpen: false }], 1],
    ['exam.attempt.window-closed', { ...window, state: 'closed' as const }, place, [], 1],
  ])('refuses with %s', (code, exam, where, past, now) => {
    expect(decideStart(exam, where, past, now)).toMatchObject({ code });
  });
});

describe('where a person stands', () => {
  it('calls nobody absent before the exam is closed', () => {
    expect(sittingStateOf(place, [], 'published')).toBe('not-started');
    expect(sittingStateOf(place, [], 'closed')).toBe('absent');
    expect(sittingStateOf({ ...place, exemption: 'exam-exempt' }, [], 'closed')).toBe('exempt');
    expect(sittingStateOf(place, [{ id: 'a', number: 1, isOpen: true }], 'published')).toBe('working');
  });
});

describe('the terms of an exam', () => {
  const terms = { opensAt: 0, closesAt: 1, limitMinutes: 60, graceMs: 10_000, passLine: 8000, excellentLine: 9000 };
  it.each([
    ['exam.window-invalid', { closesAt: 0 }],
    ['exam.limit-invalid', { limitMinutes: 0 }],
    ['exam.lines-invalid', { excellentLine: 7000 }],
    ['exam.lines-invalid', { passLine: 10_001 }],
  ])('refuse with %s', (code, change) => {
    expect(termsRefusal({ ...terms, ...change })).toMatchObject({ code });
  });
  it('may be the usual ones', () => expect(termsRefusal(terms)).toBeUndefined());
});

describe('the score that counts', () => {
  const attempts = [
    { memberId: 'm', number: 3, score: null },
    { memberId: 'm', number: 2, score: 7000 },
    { memberId: 'm', number: 1, score: 9000 },
    { memberId: 'n', number: 1, score: null },
  ];

  it('is the best or the last one marked, in whatever order they are given', () => {
    expect(countedScore('best', attempts)).toBe(9000);
    expect(countedScore('last', attempts)).toBe(7000);
    expect(countedScore('last', attempts.toReversed())).toBe(7000);
    expect(countedScore('last', [])).toBeNull();
  });
  it('is that of the first of equally good ones', () => {
    const equal = [
      { number: 2, score: 9000 },
      { number: 1, score: 9000 },
    ];
    expect([countedAttempt('best', equal)?.number, countedAttempt('last', equal)?.number]).toEqual([1, 2]);
  });
  it('is everybody’s own', () => {
    expect([...countedScores('last', attempts)]).toEqual([
      ['m', 7000],
      ['n', null],
    ]);
  });
});
