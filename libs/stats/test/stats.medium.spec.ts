import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { onEveryDatabase } from '@xuekao/database/testing';
import { civilDate } from '@xuekao/kernel';
import { TransferService } from '@xuekao/org';
import { PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import { statFigures, type StatFigure } from '@xuekao/contracts';
import { StatsHttpModule, StatsService } from '../src/index.js';
import { RecordedBureau, recordedEntities, StatsTestModule } from '../src/testing/recorded-bureau.js';

interface Shown {
  readonly key: string;
  readonly value: number;
}
interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly figures: readonly Shown[];
    readonly rates: readonly { readonly key: string; readonly text: string }[];
    readonly items: readonly { readonly person: string; readonly unit: string; readonly amount: number }[];
    readonly rows: readonly Record<string, unknown>[];
    readonly total: number;
    readonly nextCursor: string | null;
  };
}

onEveryDatabase('statistics', recordedEntities, (database) => {
  let app: NestFastifyApplication;
  let bureau: RecordedBureau;
  let secretary = '';
  let branchSecretary = '';

  beforeAll(async () => {
    database.clock.set(Date.UTC(2017, 11, 31, 8));
    const module = await platformTestingModule(database, {
      imports: [StatsTestModule.with(), PlatformHttpModule, StatsHttpModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    setUpHttp(app);
    await app.init();
    bureau = new RecordedBureau(module, database);
    await bureau.found(2, 5);
    secretary = bureau.members[0]!.memberId;
    branchSecretary = bureau.members[5]!.memberId;
    await bureau.role(secretary, 'party-group-secretary', bureau.rootId);
    await bureau.role(branchSecretary, 'branch-secretary', bureau.branchIds[1]!);
    const [first, second] = [bureau.members.slice(0, 5), bureau.members.slice(5)];
    const [one, two] = bureau.branchIds as [string, string];
    await bureau.held({ owner: one, date: '2017-02-07', type: 'party-day', present: first });
    await bureau.held({
      owner: two,
      date: '2017-02-08',
      type: 'party-day',
      present: second.slice(1),
      leave: second.slice(0, 1),
    });
    await bureau.held({
      owner: bureau.generalId,
      date: '2017-05-09',
      type: 'general-branch-session',
      hours: 3000,
      present: [...first, ...second],
    });
  }, 120_000);
  afterAll(() => app.close());

  async function get(path: string, as = secretary): Promise<Answer> {
    const response = await app.inject({ method: 'GET', url: `/api/v1/stats/${path}`, headers: { 'x-member': as } });
    return { status: response.statusCode, body: response.json() };
  }
  const value = (answer: Answer, key: string): number => answer.body.figures.find((each) => each.key === key)!.value;
  const text = (answer: Answer, key: string): string => answer.body.rates.find((each) => each.key === key)!.text;

  it('show numerator and denominator of the whole scope, year by year', async () => {
    const answer = await get('overview?year=2017');
    expect(answer.status).toBe(200);
    expect([value(answer, 'attendance-due'), value(answer, 'attendance-present')]).toEqual([20, 19]);
    expect(text(answer, 'attendance')).toBe('95.00%');
    expect(value(answer, 'members-all-year')).toBe(10);
    expect(text(answer, 'hours-reached')).toBe('90.00%');
    expect(text(answer, 'participation')).toBe('—');
    expect(value(await get('overview?year=2016'), 'sessions')).toBe(0);
  });

  it('open every figure to the records that it counts', async () => {
    const { body } = await get('overview?year=2017');
    for (const figure of Object.keys(statFigures) as StatFigure[]) {
      const records = await get(`records?year=2017&figure=${figure}&limit=200`);
      const shown = body.figures.find((each) => each.key === figure)!;
      const unit = statFigures[figure].unit;
      const sum = records.body.items.reduce((total, row) => total + row.amount, 0);
      const persons = new Set(records.body.items.map((row) => (row as { memberId?: string }).memberId)).size;
      expect([figure, shown.value]).toEqual([
        figure,
        unit === 'hours' ? sum : unit === 'persons' ? persons : records.body.total,
      ]);
    }
  });

  it('page the records', async () => {
    const first = await get('records?year=2017&figure=attendance-due&limit=15');
    expect([first.body.items.length, first.body.total]).toEqual([15, 20]);
    const second = await get(`records?year=2017&figure=attendance-due&limit=15&cursor=${first.body.nextCursor}`);
    expect([second.body.items.length, second.body.nextCursor]).toEqual([5, null]);
  });

  it('keep a branch secretary to his branch', async () => {
    const own = await get('overview?year=2017', branchSecretary);
    expect([value(own, 'attendance-due'), value(own, 'attendance-present')]).toEqual([10, 9]);
    expect((await get(`overview?year=2017&unitId=${bureau.branchIds[0]}`, branchSecretary)).status).toBe(404);
    const { body } = await get('records?year=2017&figure=attendance-due&limit=200', branchSecretary);
    expect(new Set(body.items.map((row) => row.unit))).toEqual(new Set(['第二党支部']));
    expect((await get('overview?year=2017', bureau.members[3]!.memberId)).status).toBe(403);
  });

  it('list hours by member, sessions by month and rows that add up', async () => {
    const hours = await get('hours?year=2017&limit=3');
    expect([hours.body.items.length, hours.body.total]).toEqual([3, 10]);
    const sessions = await get('sessions?year=2017');
    const days = sessions.body.rows.filter((row) => row.type === 'party-day');
    expect(days.map((row) => (row.months as number[])[1])).toEqual([1, 1]);
    const units = await get('units?year=2017');
    expect(units.body.rows.map((row) => row.unit)).toEqual([
      '局党组',
      '机关党总支',
      '第一党支部',
      '第二党支部',
      '合计',
    ]);
  });

  it('refuse a month and a quarter together, and a year out of range', async () => {
    const both = await get('overview?year=2017&quarter=1&month=2');
    expect([both.status, both.body.code]).toEqual([422, 'stats.period.both']);
    expect((await get('overview?year=1')).status).toBe(400);
  });

  it('count who read the handbook, in the months in which they read', async () => {
    await bureau.handbook('2017-10-28', bureau.members.slice(0, 4));
    const year = await get('overview?year=2017');
    expect([value(year, 'readers'), text(year, 'reading')]).toEqual([4, '40.00%']);
    expect(value(await get('overview?year=2017&month=10'), 'readers')).toBe(4);
    expect(value(await get('overview?year=2017&month=11'), 'readers')).toBe(0);
  });

  it('count imported results of those who were due', async () => {
    await bureau.externalExam('省级测试', '2017-12-08', [9000, 7900, null, ...Array<number>(7).fill(8000)]);
    const year = await get('overview?year=2017');
    expect(text(year, 'participation')).toBe('90.00%');
    expect(text(year, 'at-least')).toBe('88.89%');
    const exams = await get('exams?year=2017');
    expect(exams.body.rows[0]).toMatchObject({ meanMarks: 8100, suppressed: false });
  });

  it('leave the earlier quarters as they were when somebody moves later', async () => {
    const [one, two] = bureau.branchIds as [string, string];
    const of = (unitId: string) =>
      bureau.as(
        secretary,
        async () => (await bureau.module.get(StatsService).overview({ year: 2017, quarter: 2, unitId })).figures,
      );
    const before = [await of(one), await of(two)];
    const mover = bureau.members[1]!.memberId;
    await bureau.as(secretary, async () => {
      const transfers = bureau.module.get(TransferService);
      const draft = {
        memberId: mover,
        tree: 'party' as const,
        toUnitId: two,
        reason: '调动',
        startedOn: civilDate('2017-08-01'),
      };
      const { id } = await transfers.start(draft);
      await transfers.accept(id, civilDate('2017-08-10'));
    });
    expect([await of(one), await of(two)]).toEqual(before);
    const [answer, rest] = await Promise.all(
      [one, two].map((unitId) => get(`overview?year=2017&quarter=4&unitId=${unitId}`)),
    );
    expect([value(answer!, 'members-due'), value(rest!, 'members-due')]).toEqual([4, 6]);
  });
});
