import type { TestingModule } from '@nestjs/testing';
import { FakeClock, onEveryDatabase } from '@xuekao/database/testing';
import { instantAt, civilDate } from '@xuekao/kernel';
import { ExamResultsQuery } from '@xuekao/exam';
import { RosterService } from '@xuekao/org';
import { EventRelay } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import { EmbeddedRoomsModule } from '@xuekao/rooms';
import { SessionFactsQuery } from '@xuekao/schedule';
import type { PlayedBureau } from '../src/demo/play-bureau.js';
import { playYear } from '../src/demo/play-year.js';
import { year2017 } from '../src/demo/year-2017.js';
import { domainModules, entities } from '../src/modules.js';

onEveryDatabase('the demo year', entities, (database) => {
  let module: TestingModule;
  let bureau: PlayedBureau;

  beforeAll(async () => {
    const clock: FakeClock = database.clock;
    clock.set(instantAt(civilDate('2016-12-30'), '09:00', 'Asia/Shanghai'));
    module = await platformTestingModule(database, { imports: [EmbeddedRoomsModule, ...domainModules] });
    bureau = await playYear(module, { now: () => clock.now(), moveTo: (at) => clock.set(Math.max(at, clock.now())) });
  }, 240_000);
  afterAll(() => module?.close());

  it('founds 66 members who are all due, and groups of seven and twelve', async () => {
    const rosters = module.get(RosterService);
    const on = civilDate('2017-06-15');
    const everyone = await rosters.rosterOn([bureau.generalBranch], on);
    expect(everyone.filter((entry) => entry.due)).toHaveLength(66);
    expect(await rosters.rosterOn([bureau.studyGroup], on)).toHaveLength(12);
    expect(await rosters.rosterOn([bureau.partyGroup], on, { reach: 'unit' })).toHaveLength(7);
    expect(await rosters.rosterOn([bureau.branches[0]!], on)).toHaveLength(22);
  });

  it('archives every session of the plan in its year', async () => {
    const facts = await module.get(SessionFactsQuery).archived({ year: 2017 });
    expect(facts).toHaveLength(year2017.length);
    expect(facts.filter(({ head }) => head.ownerUnitId === bureau.studyGroup)).toHaveLength(12);
    expect(facts.every(({ head }) => head.state === 'archived')).toBe(true);
  });

  it('has all 66 sit the exam and 65 of them reach 80', async () => {
    const [exam] = await module.get(ExamResultsQuery).ofYear(2017);
    const scores = exam!.members.flatMap(({ score }) => (score === null ? [] : [score]));
    expect(scores).toHaveLength(66);
    expect(scores.filter((score) => score >= 8000)).toHaveLength(65);
    expect(Math.min(...scores)).toBe(7600);
  });

  it('leaves events of every act behind', async () => {
    const seen = new Set<string>();
    module
      .get(EventRelay)
      .subscribe({ name: 'demo-test', types: ['*'], handle: async ({ type }) => void seen.add(type) });
    await module.get(EventRelay).drain();
    expect([...seen]).toEqual(expect.arrayContaining(['session.archived', 'org.member.created', 'org.role.granted']));
  });
});
