import type { TestingModule } from '@nestjs/testing';
import { FakeClock, onEveryDatabase } from '@xuekao/database/testing';
import { civilDate, instantAt } from '@xuekao/kernel';
import { runAs } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import { ReportService } from '@xuekao/report';
import type { OpenReport } from '@xuekao/report';
import { EmbeddedRoomsModule } from '@xuekao/rooms';
import { actorOf } from '../src/demo/play-bureau.js';
import { playYear } from '../src/demo/play-year.js';
import { domainModules, entities } from '../src/modules.js';

/** The secretary of the 党组, who gives the report. */
const secretary = 0;

/** The whole year through the services, then its report. Source: domain.md §8, items 1 and 2. */
describe.each([
  { failing: 1, share: '占98%以上', cell: '98.48%' },
  { failing: 2, share: '占96%以上', cell: '96.97%' },
])('the report of the demo year, $failing of 66 below 80', ({ failing, share, cell }) => {
  onEveryDatabase('through the services', entities, (database) => {
    let module: TestingModule;
    let open: OpenReport;

    beforeAll(async () => {
      const clock: FakeClock = database.clock;
      clock.set(instantAt(civilDate('2016-12-30'), '09:00', 'Asia/Shanghai'));
      module = await platformTestingModule(database, { imports: [EmbeddedRoomsModule, ...domainModules] });
      const moveTo = (at: number): void => clock.set(Math.max(at, clock.now()));
      const bureau = await playYear(module, { now: () => clock.now(), moveTo }, { failing });
      moveTo(instantAt(civilDate('2017-12-31'), '09:00', 'Asia/Shanghai'));
      const author = actorOf(bureau, secretary);
      const draft = { year: 2017, unitId: bureau.partyGroup, authorMemberId: author.memberId };
      open = await runAs(author, () => module.get(ReportService).create(draft));
    }, 300_000);
    afterAll(() => module?.close());

    const text = (): string =>
      open.content.sections.flatMap((section) => section.sentences.map((sentence) => sentence.text)).join('\n');

    it('prints the words of 2017 from the records', () => {
      for (const words of ['专题学习12次', '集中学习4次', '30余次', '3个学时', '应考66人，实考66人，参考率100%', share])
        expect(text()).toContain(words);
      if (failing === 2) expect(text()).not.toMatch(/9[78](\.\d+)?%/);
    });

    it('shows the rounded rate in the table and leaves no gap', () => {
      const exams = open.content.tables.find((table) => table.key === 'exams')!;
      expect(exams.rows.map((row) => row.map((each) => each.text)).flat()).toContain(cell);
      expect(open.content.gaps).toEqual([]);
    });

    it('opens every figure to its records', () => {
      expect(open.content.figures.exams.atLeast.trace.ids).toHaveLength(66 - failing);
      expect(open.content.figures.study.branch.trace.ids).toHaveLength(33);
    });
  });
});
