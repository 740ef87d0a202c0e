import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ContentImport } from '@xuekao/bank';
import type { QuestionContent } from '@xuekao/bank';
import { onEveryDatabase } from '@xuekao/database/testing';
import {
  AttemptService,
  ExamRosters,
  ExamRunService,
  ExamService,
  RegradeDecisionService,
  RegradeService,
} from '@xuekao/exam';
import { hundredths } from '@xuekao/kernel';
import { PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import { StatsHttpModule } from '@xuekao/stats';
import { RecordedBureau, recordedEntities, StatsTestModule } from '@xuekao/stats/testing';
import type { GivenRosters } from '@xuekao/stats/testing';
import { reportEntities, ReportHttpModule } from '../src/index.js';

const told = { explanation: '', source: '', difficulty: 1, topic: '重评' };
const questions: readonly QuestionContent[] = [
  { ...told, type: 'single', code: 'RG-1', stem: '重评试题一', options: ['甲', '乙'], answer: 0 },
  { ...told, type: 'single', code: 'RG-2', stem: '重评试题二', options: ['甲', '乙'], answer: 0 },
];

onEveryDatabase('a confirmed regrade', [...recordedEntities, ...reportEntities], (database) => {
  let app: NestFastifyApplication;
  let bureau: RecordedBureau;
  let examId = '';
  const [secretary, deputy] = [0, 1];
  const size = 10;

  beforeAll(async () => {
    database.clock.set(Date.UTC(2017, 11, 1, 1));
    const module = await platformTestingModule(database, {
      imports: [StatsTestModule.with(), PlatformHttpModule, StatsHttpModule, ReportHttpModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    setUpHttp(app);
    await app.init();
    bureau = new RecordedBureau(module, database);
    await bureau.found(1, size);
    for (const who of [secretary, deputy]) await bureau.role(memberOf(who), 'party-group-secretary', bureau.rootId);
    examId = await satExam();
  }, 120_000);
  afterAll(() => app.close());

  function memberOf(index: number): string {
    return bureau.members[index]!.memberId;
  }

  /** Seven of ten chose 乙 in the second question, whose key says 甲: they have 50, the others 100. */
  async function satExam(): Promise<string> {
    const { module } = bureau;
    await module.get(ContentImport).importContent(questions);
    (module.get(ExamRosters) as GivenRosters).people = bureau.members.map(({ memberId, unitId }, index) => ({
      memberId,
      staffNumber: `S${index}`,
      name: `党员${index}`,
      unitId,
      unitName: '第一党支部',
      exemption: null,
    }));
    const now = database.clock.now();
    const terms = { title: '年终测试', unitId: bureau.rootId, level: 'own' as const, limitMinutes: 30 };
    const window = { opensAt: now, closesAt: now + 3_600_000, shuffleQuestions: false };
    const picks = questions.map(({ code }) => ({ code, marks: hundredths(5000) }));
    const id = await bureau.as(memberOf(secretary), async () => {
      const exam = await module.get(ExamService).create({ ...terms, ...window }, { kind: 'hand', picks });
      await module.get(ExamRunService).publish(exam.id);
      return exam.id;
    });
    for (const [index, { memberId }] of bureau.members.entries()) {
      await bureau.as(memberId, async () => {
        const { attempt } = await module.get(AttemptService).start(id, 'test-writer');
        const answer = (number: number, option: string) => ({
          number,
          clientSeq: 1,
          content: { kind: 'choice' as const, optionIds: [option] },
        });
        const answers = [answer(1, 'o1'), answer(2, index < 7 ? 'o2' : 'o1')];
        await module.get(AttemptService).handIn(attempt.id, 'test-writer', answers);
      });
    }
    await bureau.as(memberOf(secretary), () => module.get(ExamRunService).close(id, true));
    return id;
  }

  async function get<T>(path: string): Promise<T> {
    const headers = { 'x-member': memberOf(secretary) };
    const response = await app.inject({ method: 'GET', url: `/api/v1/${path}`, headers });
    expect([path, response.statusCode]).toEqual([path, 200]);
    return response.json<T>();
  }

  /** What the statistics, their drill-down and the report say of who reached 80. */
  async function said() {
    type Shown = { readonly key: string; readonly text: string };
    const overview = await get<{ rates: readonly Shown[] }>('stats/overview?year=2017');
    const exams = await get<{ rows: readonly { examId: string; meanMarks: number }[] }>('stats/exams?year=2017');
    const records = await get<{ total: number }>('stats/records?year=2017&figure=exam-at-least&limit=50');
    const report = await get<{ sections: readonly { sentences: readonly { text: string }[] }[] }>(
      `reports/${await reportId()}`,
    );
    const sentences = report.sections.flatMap((section) => section.sentences.map((sentence) => sentence.text));
    return {
      rate: overview.rates.find((each) => each.key === 'at-least')!.text,
      mean: exams.rows.find((row) => row.examId === examId)!.meanMarks,
      records: records.total,
      sentence: sentences.find((text) => text.includes('参考率'))!,
    };
  }

  let known = '';
  async function reportId(): Promise<string> {
    if (known) return known;
    const response = await app.inject({
      method: 'POST',
      url: '/api/v1/reports',
      headers: { 'x-member': memberOf(secretary) },
      payload: { unitId: bureau.rootId, year: 2017, authorMemberId: memberOf(secretary) },
    });
    known = response.json<{ id: string }>().id;
    return known;
  }

  it('changes the rate, its records and the sentence of the report together, and its reverse puts all back', async () => {
    const before = await said();
    expect(before).toMatchObject({ rate: '30.00%', mean: 6500, records: 3 });
    const { module } = bureau;
    const propose = () =>
      module.get(RegradeService).propose(examId, { kind: 'give-all', numbers: [2] }, '第二题表述有歧义');
    const run = await bureau.as(memberOf(secretary), propose);
    expect(await said()).toEqual(before);
    await bureau.as(memberOf(deputy), () => module.get(RegradeDecisionService).confirm(run.id));
    const after = await said();
    expect(after).toMatchObject({ rate: '100%', mean: 10_000, records: 10 });
    expect(after.sentence).not.toBe(before.sentence);
    expect(after.sentence).toContain('100%');
    const back = await bureau.as(memberOf(deputy), () => module.get(RegradeService).reverse(run.id, '维持原评分'));
    await bureau.as(memberOf(secretary), () => module.get(RegradeDecisionService).confirm(back.id));
    expect(await said()).toEqual(before);
  });
});
