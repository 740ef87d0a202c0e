import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { EventRelay } from '@xuekao/platform';
import type { DomainEvent } from '@xuekao/platform';
import { AttemptClosing } from '../src/attempt-closing.js';
import { AttemptSweep } from '../src/attempt-sweep.js';
import { AttemptRow, MarkRow } from '../src/attempt.entity.js';
import { AttemptService, ExamRunService, ExamService } from '../src/index.js';
import { blueprint, examWorld, minute, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

onEveryDatabase('attempts that run out together', worldEntities, (database) => {
  let world: World;
  const heard: DomainEvent[] = [];

  beforeAll(async () => {
    world = await examWorld(database);
    const types = ['exam.attempt.handed-in', 'exam.attempt.collect-failed'];
    world.app.get(EventRelay).subscribe({ name: 'test', types, handle: async (event) => void heard.push(event) });
  });
  afterAll(() => world.app.close());

  const manager = () => database.uow.manager;

  /** Five members of one exam; the place in the list says how many questions each has answered. */
  async function sat(): Promise<{ attemptIds: string[]; answered: number[] }> {
    const members = Array.from({ length: 5 }, () => newId());
    world.rosters.people = members.map((id) => person(id));
    const examId = await world.as('organiser', async () => {
      const { id } = await world.app.get(ExamService).createWithDraw(world.exam(), blueprint, 'seed');
      await world.app.get(ExamRunService).publish(id);
      return id;
    });
    const answered = [0, 3, 7, 11, 15];
    const attemptIds: string[] = [];
    for (const [index, member] of members.entries()) {
      const view = await world.as(member, () => world.app.get(AttemptService).start(examId, 'phone'));
      const answers = await world.rightAnswers(view, answered[index]);
      if (answers.length > 0) {
        await world.as(member, () => world.app.get(AttemptService).save(view.attempt.id, 'phone', answers));
      }
      attemptIds.push(view.attempt.id);
    }
    return { attemptIds, answered };
  }

  /** What is kept of an attempt's end, without ids. */
  async function endOf(id: string) {
    const { state, endedBy, endedAt, deadlineAt, raw, full, score } = await manager().findOneByOrFail(AttemptRow, {
      id,
    });
    const marks = await manager().find(MarkRow, { where: { attemptId: id }, order: { number: 'ASC' } });
    const events = heard.filter((event) => event.subjectId === id);
    return {
      end: { state, endedBy, lateBy: endedAt! - deadlineAt, raw, full, score },
      marks: marks.length,
      earned: marks.reduce((sum, mark) => sum + (mark.marks ?? 0), 0),
      answered: marks.filter((mark) => mark.isAnswered).length,
      events: events.map(({ unitId, payload, actorAccountId }) => {
        const { endedBy: by, score: told } = payload as Record<string, unknown>;
        return { unitId, actorAccountId, by, told };
      }),
    };
  }

  it('end as they would one by one: the same marks, states and events', async () => {
    const together = await sat();
    const single = await sat();
    database.clock.advance(31 * minute);
    const closing = world.app.get(AttemptClosing);
    const sweeper = world.app.get(AttemptSweep);
    for (const id of single.attemptIds) await closing.collect(id, 'deadline');
    expect(await sweeper.sweep()).toBe(5);
    await world.app.get(EventRelay).drain();
    const ends = await Promise.all(together.attemptIds.map(endOf));
    expect(ends).toEqual(await Promise.all(single.attemptIds.map(endOf)));
    expect(ends.map((each) => each.answered)).toEqual(together.answered);
    expect(ends.map((each) => each.end.raw)).toEqual(ends.map((each) => each.earned));
    expect(ends.at(-1)).toMatchObject({
      end: { state: 'handed-in', endedBy: 'deadline', lateBy: 0, score: 10_000 },
      marks: 15,
      events: [{ by: 'deadline', told: 10_000 }],
    });
    expect(await sweeper.sweep()).toBe(0);
  });

  it('are each in once where several sweeps and batches meet', async () => {
    const { attemptIds } = await sat();
    database.clock.advance(31 * minute);
    const closing = world.app.get(AttemptClosing);
    await Promise.all([
      world.app.get(AttemptSweep).sweep(),
      closing.collectAll(attemptIds.toReversed(), 'deadline', 2),
      closing.collectAll(attemptIds, 'deadline', 3),
    ]);
    await world.app.get(EventRelay).drain();
    for (const id of attemptIds) expect(await endOf(id)).toMatchObject({ marks: 15, events: [{ by: 'deadline' }] });
  });

  it('are taken in all but one where one cannot be marked, which is told of once and tried again later', async () => {
    const { attemptIds } = await sat();
    const broken = attemptIds[4]!;
    const spoil = (content: string) =>
      database.uow.run(() =>
        manager().query(`UPDATE exam_answer SET content = '${content}' WHERE attempt_id = '${broken}' AND number = 1`),
      );
    const sweeper = world.app.get(AttemptSweep);
    const [kept] = await manager().query<{ content: string }[]>(
      `SELECT content FROM exam_answer WHERE attempt_id = '${broken}' AND number = 1`,
    );
    const stateOf = async () => Promise.all(attemptIds.map(async (id) => (await endOf(id)).end.state));
    const told = () =>
      heard.filter(({ type, subjectId }) => type === 'exam.attempt.collect-failed' && subjectId === broken);
    await spoil('{broken');
    database.clock.advance(31 * minute);
    expect(await sweeper.sweep()).toBe(4);
    expect(await stateOf()).toEqual(['handed-in', 'handed-in', 'handed-in', 'handed-in', 'open']);
    expect(await sweeper.sweep()).toBe(0);
    database.clock.advance(6000);
    expect(await sweeper.sweep()).toBe(0);
    await world.app.get(EventRelay).drain();
    expect(told()).toMatchObject([{ subjectType: 'exam-attempt', payload: { memberId: expect.any(String) } }]);
    await spoil(kept!.content);
    expect(await sweeper.sweep()).toBe(0);
    database.clock.advance(minute);
    expect(await sweeper.sweep()).toBe(1);
    expect(await stateOf()).toEqual(attemptIds.map(() => 'handed-in'));
    await world.app.get(EventRelay).drain();
    expect(told()).toHaveLength(1);
  });
});
