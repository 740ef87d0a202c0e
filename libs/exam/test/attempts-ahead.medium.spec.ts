import { jest } from '@jest/globals';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { AttemptRow } from '../src/attempt.entity.js';
import { AttemptStarting } from '../src/attempt-starting.js';
import { AttemptService, ExamRunService, ExamService } from '../src/index.js';
import { blueprint, examWorld, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

onEveryDatabase('attempts made ahead', worldEntities, (database) => {
  let world: World;

  beforeAll(async () => {
    world = await examWorld(database);
  });
  afterAll(() => world.app.close());

  it('take no start away that comes at the same moment', async () => {
    for (let round = 0; round < 12; round++) {
      const members = Array.from({ length: 6 }, () => newId());
      world.rosters.people = members.map((id) => person(id));
      const examId = await world.as('organiser', async () => {
        const { id } = await world.app.get(ExamService).createWithDraw(world.exam(), blueprint, 'seed');
        await world.app.get(ExamRunService).publish(id);
        return id;
      });
      const start = (memberId: string) =>
        world.as(memberId, () => world.app.get(AttemptService).start(examId, 'phone'));
      const prepared = world.app.get(AttemptStarting).prepare(examId, 2);
      const started = await Promise.all(members.map(start));
      await prepared;
      expect(started.map(({ attempt }) => attempt.state)).toEqual(members.map(() => 'open'));
      const rows = await database.uow.manager.findBy(AttemptRow, { examId });
      expect(rows.map((row) => row.id).toSorted()).toEqual(started.map(({ attempt }) => attempt.id).toSorted());
    }
  });

  it('give everybody of a storm one attempt and his own paper, and refuse whom they must alone', async () => {
    const members = Array.from({ length: 40 }, () => newId());
    const stranger = newId();
    world.rosters.people = members.map((id) => person(id));
    const service = world.app.get(AttemptService);
    const examId = await world.as('organiser', async () => {
      const { id } = await world.app.get(ExamService).createWithDraw(world.exam(), blueprint, 'storm');
      await world.app.get(ExamRunService).publish(id);
      return id;
    });
    await world.app.get(AttemptStarting).prepare(examId);
    const begun = jest.spyOn(database.uow, 'run');
    const click = (memberId: string, device: string) => world.as(memberId, () => service.start(examId, device));
    const refused = click(stranger, 'phone').catch((error: unknown) => error);
    const views = await Promise.all(members.flatMap((id) => [click(id, 'phone'), click(id, 'tablet')]));
    // Two clicks of forty people and all their papers: by far fewer transactions than people.
    expect(begun.mock.calls.length).toBeGreaterThan(0);
    expect(begun.mock.calls.length).toBeLessThan(20);
    begun.mockRestore();
    expect(await refused).toMatchObject({ code: expect.stringMatching(/^(exam|resource)\./) });
    const rows = await database.uow.manager.findBy(AttemptRow, { examId });
    expect(rows).toHaveLength(members.length);
    expect(rows.every(({ state }) => state === 'open')).toBe(true);
    for (const [index, { attempt, paper }] of views.entries()) {
      expect(attempt).toMatchObject({ memberId: members[Math.floor(index / 2)], writer: 'phone' });
      expect(attempt.layout).toHaveLength(paper.items.length);
    }
  });

  it('show a paper to nobody else, even when both are asked for at one moment', async () => {
    const [anna, bert] = [newId(), newId()];
    world.rosters.people = [person(anna), person(bert)];
    const service = world.app.get(AttemptService);
    const examId = await world.as('organiser', async () => {
      const { id } = await world.app.get(ExamService).createWithDraw(world.exam(), blueprint, 'private');
      await world.app.get(ExamRunService).publish(id);
      return id;
    });
    const { attempt } = await world.as(anna, () => service.start(examId, 'phone'));
    const [own, others] = await Promise.allSettled([
      world.as(anna, () => service.get(attempt.id)),
      world.as(bert, () => service.get(attempt.id)),
    ]);
    expect(own).toMatchObject({ status: 'fulfilled', value: { attempt: { id: attempt.id } } });
    expect(others).toMatchObject({ status: 'rejected', reason: { code: 'resource.not-found' } });
  });
});
