import type { QuestionBody } from '@xuekao/contracts';
import { answersBody, deadlineOf, decide, evolve, startAttempt, usualGraceMs as graceMs } from './attempt.js';
import type { Attempt, AttemptCommand } from './attempt.js';

const body: QuestionBody = {
  type: 'multiple',
  stem: '题',
  options: [
    { id: 'o1', text: '甲' },
    { id: 'o2', text: '乙' },
  ],
};
const bodyOf = (number: number): QuestionBody | undefined => (number <= 3 ? body : undefined);
const minute = 60_000;
const fresh = startAttempt(0, 30 * minute, 'phone');

function save(number: number, clientSeq: number, optionIds: string[], writer = 'phone'): AttemptCommand {
  return { kind: 'save', writer, answers: [{ number, clientSeq, content: { kind: 'choice', optionIds } }] };
}
function after(attempt: Attempt, command: AttemptCommand, now: number): Attempt {
  const events = decide(attempt, command, bodyOf, now);
  if (!Array.isArray(events)) throw new Error(JSON.stringify(events));
  return events.reduce(evolve, attempt);
}
const codeOf = (attempt: Attempt, command: AttemptCommand, now: number): unknown => {
  const events = decide(attempt, command, bodyOf, now);
  return Array.isArray(events) ? events.length : events.code;
};

describe('saving an answer', () => {
  it('keeps the newest by client sequence and says nothing to older or repeated ones', () => {
    const saved = after(fresh, save(1, 5, ['o1']), 1000);
    expect(decide(saved, save(1, 5, ['o2']), bodyOf, 2000)).toEqual([]);
    expect(decide(saved, save(1, 4, ['o2']), bodyOf, 2000)).toEqual([]);
    expect(after(saved, save(1, 6, ['o2']), 3000).answers.get(1)).toEqual({
      content: { kind: 'choice', optionIds: ['o2'] },
      clientSeq: 6,
      savedAt: 3000,
      lateMs: 0,
    });
  });

  it('takes answers within the grace with their lateness and refuses later ones', () => {
    const at = fresh.deadlineAt + 1234;
    expect(after(fresh, save(1, 1, ['o1']), at).answers.get(1)).toMatchObject({ lateMs: 1234 });
    expect(decide(fresh, save(1, 1, ['o1']), bodyOf, fresh.deadlineAt + graceMs + 1)).toMatchObject({
      code: 'exam.attempt.late',
      facts: { deadlineAt: fresh.deadlineAt, lateMs: graceMs + 1 },
    });
  });

  it('takes them as long as its exam says, down to not at all', () => {
    const strict = startAttempt(0, 30 * minute, 'phone', 0);
    const patient = startAttempt(0, 30 * minute, 'phone', 60_000);
    expect(codeOf(strict, save(1, 1, ['o1']), 30 * minute)).toBe(1);
    expect(codeOf(strict, save(1, 1, ['o1']), 30 * minute + 1)).toBe('exam.attempt.late');
    expect(codeOf(patient, save(1, 1, ['o1']), 31 * minute)).toBe(1);
    const collect = { kind: 'collect', by: 'deadline' } as const;
    expect(after(strict, collect, 30 * minute)).toMatchObject({ endedAt: 30 * minute });
    expect(decide(patient, collect, bodyOf, 31 * minute - 1)).toEqual([]);
  });

  it('refuses a batch whole when one answer is malformed', () => {
    const answers = [
      { number: 1, clientSeq: 1, content: { kind: 'choice' as const, optionIds: ['o1'] } },
      { number: 2, clientSeq: 1, content: { kind: 'choice' as const, optionIds: ['o9'] } },
    ];
    expect(codeOf(fresh, { kind: 'save', writer: 'phone', answers }, 1)).toBe('exam.attempt.answer-malformed');
    expect(codeOf(fresh, save(9, 1, []), 1)).toBe('exam.attempt.no-such-question');
  });

  it('belongs to one device until another takes over', () => {
    expect(codeOf(fresh, save(1, 1, ['o1'], 'desk'), 1)).toBe('exam.attempt.taken-over');
    const taken = after(fresh, { kind: 'take-over', writer: 'desk' }, 1);
    expect(codeOf(taken, save(1, 1, ['o1'], 'phone'), 2)).toBe('exam.attempt.taken-over');
    expect(after(taken, save(1, 1, ['o1'], 'desk'), 2).answers.size).toBe(1);
  });
});

describe('ending an attempt', () => {
  it('hands in once and refuses writes from every tab afterwards', () => {
    const done = after(fresh, { kind: 'hand-in', writer: 'phone' }, 5000);
    expect(done).toMatchObject({ state: 'handed-in', endedAt: 5000, endedBy: 'member' });
    expect(decide(done, { kind: 'hand-in', writer: 'desk' }, bodyOf, 6000)).toEqual([]);
    expect(codeOf(done, save(1, 1, ['o1']), 6000)).toBe('exam.attempt.closed');
    expect(codeOf(done, { kind: 'take-over', writer: 'desk' }, 6000)).toBe('exam.attempt.closed');
  });

  it('is collected after deadline and grace, dated at the deadline', () => {
    const collect = { kind: 'collect', by: 'deadline' } as const;
    expect(decide(fresh, collect, bodyOf, fresh.deadlineAt + graceMs - 1)).toEqual([]);
    expect(after(fresh, collect, fresh.deadlineAt + graceMs)).toMatchObject({
      state: 'handed-in',
      endedAt: fresh.deadlineAt,
      endedBy: 'deadline',
    });
    expect(after(fresh, { kind: 'collect', by: 'organiser' }, 1000)).toMatchObject({ endedBy: 'organiser' });
  });

  it('lets extra time beat the closing time', () => {
    expect(deadlineOf(0, 60 * minute, 30 * minute, 0)).toBe(30 * minute);
    expect(deadlineOf(0, 60 * minute, 30 * minute, 15 * minute)).toBe(45 * minute);
    expect(deadlineOf(0, 20 * minute, 30 * minute, 0)).toBe(20 * minute);
  });
});

describe('whether a content answers a question', () => {
  it.each([
    [{ kind: 'choice', optionIds: ['o1', 'o1'] }, false],
    [{ kind: 'choice', optionIds: [] }, true],
    [{ kind: 'blank', texts: ['甲'] }, false],
  ] as const)('%j: %s', (content, expected) => {
    expect(answersBody(content, body)).toBe(expected);
  });
  it('takes at most one option for a single choice', () => {
    expect(answersBody({ kind: 'choice', optionIds: ['o1', 'o2'] }, { ...body, type: 'single' })).toBe(false);
  });
});
