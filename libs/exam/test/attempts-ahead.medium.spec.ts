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
});
