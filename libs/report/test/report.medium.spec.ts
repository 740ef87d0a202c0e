import { createHash } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow, PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import { RecordedBureau, recordedEntities, StatsTestModule } from '@xuekao/stats/testing';
import { reportEntities, ReportHttpModule } from '../src/index.js';
import { readZip } from '../src/zip/stable-zip.js';

interface Report {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly checksum: string | null;
  readonly code: string;
  readonly facts: Record<string, unknown>;
  readonly gaps: readonly { readonly label: string }[];
  readonly figures: readonly { readonly key: string; readonly value: number; readonly ids: readonly string[] }[];
  readonly sections: readonly {
    readonly key: string;
    readonly text: string;
    readonly version: number;
    readonly sentences: readonly { readonly text: string }[];
  }[];
}

onEveryDatabase('annual reports', [...recordedEntities, ...reportEntities], (database) => {
  let app: NestFastifyApplication;
  let bureau: RecordedBureau;
  let secretary = '';
  let id = '';

  beforeAll(async () => {
    database.clock.set(Date.UTC(2017, 11, 31, 8));
    const module = await platformTestingModule(database, {
      imports: [StatsTestModule.with(), PlatformHttpModule, ReportHttpModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    setUpHttp(app);
    await app.init();
    bureau = new RecordedBureau(module, database);
    await bureau.found(3, 22);
    secretary = bureau.members[0]!.memberId;
    await bureau.role(secretary, 'party-group-secretary', bureau.rootId);
    await bureau.role(bureau.members[22]!.memberId, 'branch-secretary', bureau.branchIds[1]!);
    await recordTheYear();
  }, 240_000);
  afterAll(() => app.close());

  /** 12 中心组, 4 总支, 33 branch sessions, one lecture of 3 hours, one exam with 65 of 66 at 80 or above; no contest yet. */
  async function recordTheYear(): Promise<void> {
    const everybody = bureau.members;
    const leaders = everybody.slice(0, 7);
    const month = (n: number, day = 10): string => `2017-${String(n).padStart(2, '0')}-${day}`;
    for (let n = 1; n <= 12; n++)
      await bureau.held({ owner: bureau.studyGroupId, date: month(n), type: 'study-group-session', present: leaders });
    for (const n of [3, 6, 9, 11])
      await bureau.held({
        owner: bureau.generalId,
        date: month(n, 20),
        type: 'general-branch-session',
        present: everybody,
      });
    for (const owner of bureau.branchIds) {
      const present = everybody.filter((member) => member.unitId === owner);
      for (let n = 1; n <= 11; n++)
        await bureau.held({ owner, date: month(n, 14), type: 'party-day', hours: 300, present });
      await bureau.held({ owner, date: '2017-12-01', type: 'oath-renewal', hours: 0, present });
    }
    for (const n of [2, 5, 8, 11])
      await bureau.held({
        owner: bureau.rootId,
        date: month(n, 22),
        type: 'party-group-meeting',
        studiesPartyBuilding: true,
        present: leaders,
      });
    const single = { owner: bureau.rootId, present: everybody };
    await bureau.held({
      ...single,
      date: '2017-11-21',
      type: 'party-lecture',
      title: '学懂弄通做实',
      hours: 300,
      speakerId: secretary,
    });
    for (const type of ['lecture-tour', 'leader-tutoring', 'thematic-exchange', 'department-exchange'] as const)
      await bureau.held({ ...single, date: '2017-11-08', type });
    await bureau.handbook('2017-10-28', everybody.slice(0, 3));
    await bureau.externalExam('党的十九大精神知识测试', '2017-12-08', [7900, ...Array<number>(65).fill(9000)]);
  }

  async function send(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, payload?: object, as = secretary) {
    const headers = { 'x-member': as };
    const response = await app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload ? { payload } : {}) });
    return {
      status: response.statusCode,
      body: response.json() as Report,
      raw: response.rawPayload,
      headers: response.headers,
    };
  }
  async function bytes(path: string): Promise<Buffer> {
    const response = await app.inject({ method: 'GET', url: `/api/v1/${path}`, headers: { 'x-member': secretary } });
    expect(response.statusCode).toBe(200);
    return response.rawPayload;
  }
  const textOf = (report: Report): string =>
    report.sections.flatMap((section) => section.sentences.map((sentence) => sentence.text)).join('\n');
  const write = (section: string, version: number, text: string, omitted: object[] = []) =>
    send('PUT', `reports/${id}/sections/${section}`, { version, heading: '标题', text, omitted });

  it('print exactly what was recorded, with the records behind it', async () => {
    const created = await send('POST', 'reports', { year: 2017, unitId: bureau.rootId, authorMemberId: secretary });
    expect(created.status).toBe(201);
    id = created.body.id;
    expect(created.body.title).toBe('2017年度抓基层党建工作述职报告');
    const text = textOf(created.body);
    expect(text).toContain('专题学习12次；机关党总支组织全体党员集中学习4次，下属3个党支部共组织各类学习30余次。');
    expect(text).toContain('《学懂弄通做实》的专题党课1堂，共计3个学时，听课66人。');
    expect(text).toContain('应考66人，实考66人，参考率100%；65名党员达到80分以上，占98%以上。');
    const ids = (key: string): number => created.body.figures.find((figure) => figure.key === key)!.ids.length;
    expect([ids('exam-sat'), ids('exam-at-least'), ids('branch-sessions')]).toEqual([66, 65, 33]);
    const records = await send('GET', `reports/${id}/figures/branch-sessions/records`);
    expect((records.body as unknown as { items: unknown[] }).items).toHaveLength(33);
  });

  it('exist once for a unit and year', async () => {
    const again = await send('POST', 'reports', { year: 2017, unitId: bureau.rootId });
    expect([again.status, again.body.code]).toEqual([409, 'report.exists']);
    const study = await send('POST', 'reports', { year: 2017, unitId: bureau.studyGroupId });
    expect([study.status, study.body.code]).toEqual([422, 'report.unit.kind']);
  });

  it('are closed to a branch secretary, and unknown to the secretary of a lower unit', async () => {
    const branchSecretary = bureau.members[22]!.memberId;
    expect((await send('GET', `reports/${id}`, undefined, branchSecretary)).status).toBe(403);
    await bureau.role(bureau.members[44]!.memberId, 'general-branch-secretary', bureau.generalId);
    expect((await send('GET', `reports/${id}`, undefined, bureau.members[44]!.memberId)).status).toBe(404);
    expect((await send('GET', 'reports/00000000-0000-7000-8000-000000000000')).status).toBe(404);
  });

  it('keep people’s text by version and refuse the second of two writers', async () => {
    expect((await write('problems', 0, '（一）学用结合不够。')).status).toBe(200);
    const stale = await write('problems', 0, '另一稿');
    expect([stale.status, stale.body.code, stale.body.facts.current]).toEqual([409, 'report.version.stale', 1]);
    expect((await write('problems', 1, '（一）学用结合还不够紧密。')).status).toBe(200);
    expect((await write('nothing', 0, '')).body.code).toBe('report.section.unknown');
    const foreign = await write('problems', 2, '', [{ sentence: 'exams', reason: '没有考试' }]);
    expect([foreign.status, foreign.body.code]).toEqual([422, 'report.sentence.unknown']);
  });

  it('are not finalised with gaps, empty sections or without a date, and say which', async () => {
    const { body } = await send('GET', `reports/${id}`);
    expect(body.gaps.map((gap) => gap.label)).toEqual(['知识竞赛场数']);
    const gaps = await send('POST', `reports/${id}/finalise`, { version: body.version });
    expect([gaps.status, gaps.body.code, gaps.body.facts.gaps]).toEqual([409, 'report.gaps', ['知识竞赛场数']]);
    await bureau.held({
      owner: bureau.generalId,
      date: '2017-11-29',
      type: 'knowledge-contest',
      present: bureau.members,
    });
    const empty = await send('POST', `reports/${id}/finalise`, { version: body.version });
    expect([empty.body.code, empty.body.facts.sections]).toEqual(['report.sections.empty', ['努力方向']]);
    const planned = await write('plans', 0, '1.健全制度。');
    const undated = await send('POST', `reports/${id}/finalise`, { version: planned.body.version });
    expect(undated.body.code).toBe('report.signed-on.missing');
  });

  it('freeze figures and text: later records change nothing, and the documents stay the same bytes', async () => {
    const { body } = await send('GET', `reports/${id}`);
    const dated = await send('PATCH', `reports/${id}`, { version: body.version, signedOn: '2017-12-31' });
    expect(dated.status).toBe(200);
    const stale = await send('POST', `reports/${id}/finalise`, { version: body.version });
    expect([stale.status, stale.body.code]).toEqual([409, 'report.version.stale']);
    const final = await send('POST', `reports/${id}/finalise`, { version: dated.body.version });
    expect([final.status, final.body.checksum?.length]).toEqual([200, 64]);
    const hash = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
    const before = [await bytes(`reports/${id}/document.docx`), await bytes(`reports/${id}/tables.xlsx`)].map(hash);
    await bureau.held({ owner: bureau.branchIds[0]!, date: '2017-12-20', type: 'party-day', present: bureau.members });
    database.clock.advance(86_400_000);
    const after = [await bytes(`reports/${id}/document.docx`), await bytes(`reports/${id}/tables.xlsx`)].map(hash);
    expect(after).toEqual(before);
    expect(textOf((await send('GET', `reports/${id}`)).body)).toBe(textOf(final.body));
    expect((await write('plans', 1, '改')).body.code).toBe('report.final');
  });

  it('give a Word document with the sentences and the checksum of the frozen content', async () => {
    const document = readZip(await bytes(`reports/${id}/document.docx`)).find(
      ({ name }) => name === 'word/document.xml',
    )!;
    const xml = document.data.toString('utf8');
    expect(['占98%以上', '定稿校验：'].filter((words) => !xml.includes(words))).toEqual([]);
    const statistics = readZip(await bytes(`stats/tables.xlsx?year=2017&unitId=${bureau.branchIds[1]}`));
    expect(statistics.map(({ name }) => name)).toContain('xl/worksheets/sheet1.xml');
  });

  it('tell of every step and every export', async () => {
    const rows = await database.uow.manager.find(OutboxEventRow, { order: { at: 'ASC', id: 'ASC' } });
    const types = rows.map((row) => row.type).filter((type) => /^(report|stats)\./.test(type));
    expect(new Set(types)).toEqual(
      new Set([
        'report.created',
        'report.section.written',
        'report.changed',
        'report.finalised',
        'report.exported',
        'stats.exported',
      ]),
    );
    expect(types.filter((type) => type === 'report.finalised')).toHaveLength(1);
  });

  it('leave a sentence out with a reason, in the report of a branch too', async () => {
    const created = await send('POST', 'reports', { year: 2017, unitId: bureau.branchIds[1] });
    expect(created.body.gaps.map((gap) => gap.label)).toEqual(['党课课题', '党课堂数', '党课学时', '听课人数']);
    const omitted = [{ sentence: 'lectures', reason: '由党组统一讲授' }];
    const path = `reports/${created.body.id}/sections/work-leadership`;
    const left = await send('PUT', path, { version: 0, heading: '', text: '', omitted });
    expect(left.body.gaps).toEqual([]);
  });

  it('notice when the frozen content was changed behind their back', async () => {
    const uow = app.get(UnitOfWork);
    const frozen = reportEntities[2]!;
    await uow.run(async () => {
      await uow.manager.update(frozen as never, { reportId: id }, { payload: '{}' } as never);
    });
    const damaged = await send('GET', `reports/${id}`);
    expect([damaged.status, damaged.body.code]).toEqual([500, 'report.frozen.damaged']);
  });
});
