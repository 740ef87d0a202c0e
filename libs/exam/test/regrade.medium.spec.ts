import { onEveryDatabase } from '@xuekao/database/testing';
import { QuestionService } from '@xuekao/bank';
import { OutboxEventRow } from '@xuekao/platform';
import { MarkRow } from '../src/attempt.entity.js';
import { ExamResultsQuery } from '../src/index.js';
import { general, worldEntities } from './exam.world.js';
import { MarkingWorld, blank, choice, newPeople, text } from './marking.world.js';

interface Run {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly changedAttempts: number;
  readonly changedMarks: number;
  readonly flips: number;
  readonly before: { readonly passed: number; readonly sat: number };
  readonly after: { readonly passed: number; readonly sat: number };
  readonly isOwn: boolean;
}

const picks = [
  { code: 'MK-1', marks: 3000 },
  { code: 'MK-2', marks: 5000 },
  { code: 'MK-3', marks: 2000 },
];

onEveryDatabase('a regrade', worldEntities, (database) => {
  let desk: MarkingWorld;
  const [anna, bert, carl, marker] = newPeople(4) as [string, string, string, string];

  beforeAll(async () => {
    desk = await MarkingWorld.start(database);
  });
  afterAll(() => desk.http.close());

  const propose = (examId: string, body: object) =>
    desk.send<Run>('proposer', 'POST', `exams/${examId}/regrades`, { reason: '答案有误', ...body });
  const confirm = (id: string, as = 'second') => desk.send<Run>(as, 'POST', `regrades/${id}/confirm`);
  const scoreOf = async (member: string, attemptId: string) =>
    (await desk.send<{ score: number; totalMarks: number }>(member, 'GET', `attempts/${attemptId}/outcome`)).body;
  const passed = async (examId: string) => {
    const outcome = (await desk.world.app.get(ExamResultsQuery).ofYear(2017)).find((each) => each.examId === examId)!;
    return outcome.members.filter((each) => each.score !== null && each.score >= outcome.passLine).length;
  };
  const certificates = async (member: string) =>
    (
      await desk.send<{
        items: { examId: string; state: string; revokedBy: string | null; code: string; id: string; number: string }[];
      }>(member, 'GET', 'me/certificates')
    ).body.items;

  /** Anna 100, Bert 50 (multiple wrong), Carl 80 (blank open). */
  async function closedExam(): Promise<{ examId: string; ids: [string, string, string] }> {
    const examId = await desk.exam([anna, bert, carl], {}, picks);
    const ids: [string, string, string] = [
      await desk.sit(examId, anna, [choice('o1'), choice('o1', 'o2'), blank('初心')]),
      await desk.sit(examId, bert, [choice('o1'), choice('o1', 'o3'), blank('初心')]),
      await desk.sit(examId, carl, [choice('o1'), choice('o1', 'o2'), null]),
    ];
    await desk.close(examId);
    return { examId, ids };
  }

  it('changes nothing until another person confirms it, and then everything at once', async () => {
    const { examId, ids } = await closedExam();
    await desk.send('organiser', 'POST', `exams/${examId}/certificates`);
    const key = { kind: 'choice', optionIds: ['o3', 'o1'] };
    const run = (await propose(examId, { kind: 'key', numbers: [2], key })).body;
    expect(run).toMatchObject({ state: 'proposed', changedAttempts: 3, changedMarks: 3, flips: 3, isOwn: true });
    expect([run.before.passed, run.after.passed]).toEqual([2, 1]);
    expect(await passed(examId)).toBe(2);
    expect((await scoreOf(anna, ids[0])).score).toBe(10_000);

    const detail = await desk.send<{ flips: { name: string; direction: string }[]; due: number }>(
      'second',
      'GET',
      `regrades/${run.id}`,
    );
    expect(detail.body.due).toBe(3);
    expect(Object.fromEntries(detail.body.flips.map(({ name, direction }) => [name, direction]))).toEqual({
      [`党员${anna}`]: 'to-fail',
      [`党员${bert}`]: 'to-pass',
      [`党员${carl}`]: 'to-fail',
    });
    expect((await confirm(run.id, 'proposer')).body.code).toBe('exam.regrade.own-proposal');
    const applied = await confirm(run.id);
    expect(applied).toMatchObject({ status: 200, body: { state: 'applied' } });
    expect((await confirm(run.id)).body.code).toBe('exam.regrade.not-proposed');
    expect([(await scoreOf(anna, ids[0])).score, (await scoreOf(bert, ids[1])).score]).toEqual([5000, 10_000]);
    const review = await desk.send<{ questions: { key: { optionIds: string[] }; awarded: number }[] }>(
      bert,
      'GET',
      `attempts/${ids[1]}/review`,
    );
    expect(review.body.questions[1]).toMatchObject({ key: { optionIds: ['o1', 'o3'] }, awarded: 5000 });
    const events = await database.uow.manager.findBy(OutboxEventRow, { type: 'exam.regraded', subjectId: examId });
    expect(events).toHaveLength(1);
    expect(events[0]!.payload).toMatchObject({
      flips: 3,
      proposedBy: 'proposer',
      certificates: { revoked: 2, issued: 1, reissued: 0 },
    });
  });

  it('follows with the certificates, and gives them back when it is reversed', async () => {
    const { examId, ids } = await closedExam();
    const batch = (as: string) => desk.send(as, 'GET', `exams/${examId}/certificates/document.pdf`);
    expect((await batch('organiser')).body.code).toBe('exam.certificate.none-issued');
    await desk.send('organiser', 'POST', `exams/${examId}/certificates`);
    expect(await batch('organiser')).toMatchObject({ status: 200, text: expect.stringMatching(/^%PDF-/u) });
    const own = async (member: string) => (await certificates(member)).find((each) => each.examId === examId);
    const before = (await own(anna))!;
    expect([before.state, before.revokedBy, await own(bert)]).toEqual(['valid', null, undefined]);
    const key = { kind: 'choice', optionIds: ['o1', 'o3'] };
    const run = (await propose(examId, { kind: 'key', numbers: [2], key })).body;
    await confirm(run.id);
    expect([await own(anna), await own(bert)]).toMatchObject([
      { state: 'revoked', revokedBy: 'key' },
      { state: 'valid', revokedBy: null },
    ]);
    const check = await desk.send<{ maskedName: string; state: string }>(null, 'GET', `certificates/${before.code}`);
    expect(check).toMatchObject({ status: 200, body: { state: 'revoked', number: before.number } });
    expect(check.text).not.toContain(anna);
    expect(check.body.maskedName).toMatch(/^党\*+$/);
    const statuses = [];
    for (let n = 0; n < 30; n++) statuses.push((await desk.send(null, 'GET', 'certificates/0000')).status);
    expect(statuses.filter((status) => status === 404)).toHaveLength(29);
    expect(statuses.at(-1)).toBe(429);
    for (const format of ['docx', 'pdf']) {
      expect((await desk.send(anna, 'GET', `me/certificates/${before.id}/document.${format}`)).status).toBe(404);
    }

    const back = await desk.send<Run>('second', 'POST', `regrades/${run.id}/reverse`, { reason: '更正有误' });
    expect(back).toMatchObject({ status: 201, body: { state: 'proposed', kind: 'reverse', flips: 3 } });
    expect((await confirm(back.body.id, 'second')).body.code).toBe('exam.regrade.own-proposal');
    expect((await confirm(back.body.id, 'proposer')).status).toBe(200);
    expect([(await scoreOf(anna, ids[0])).score, (await scoreOf(bert, ids[1])).score]).toEqual([10_000, 5000]);
    expect([(await own(anna))!, (await own(bert))!.state]).toMatchObject([
      { state: 'valid', number: before.number, code: before.code },
      'revoked',
    ]);
    for (const format of ['docx', 'pdf']) {
      expect((await desk.send(anna, 'GET', `me/certificates/${before.id}/document.${format}`)).status).toBe(200);
    }
    const again = await desk.send<Run>('second', 'POST', `regrades/${run.id}/reverse`, { reason: '再撤' });
    expect(again.body.code).toBe('exam.regrade.not-latest');
  });

  it('gives everybody the mark, makes a question void, and refuses to decide a question twice', async () => {
    const { examId, ids } = await closedExam();
    const given = (await propose(examId, { kind: 'give-all', numbers: [3] })).body;
    expect(given).toMatchObject({ changedAttempts: 3, flips: 0 });
    await confirm(given.id);
    expect((await scoreOf(carl, ids[2])).score).toBe(10_000);
    expect((await propose(examId, { kind: 'void', numbers: [3] })).body.code).toBe('exam.regrade.act-taken');
    const voided = (await propose(examId, { kind: 'void', numbers: [2] })).body;
    expect(voided).toMatchObject({ flips: 1, before: { passed: 2 }, after: { passed: 3 } });
    await confirm(voided.id);
    expect(await scoreOf(bert, ids[1])).toMatchObject({ score: 10_000, totalMarks: 5000 });
    expect(await passed(examId)).toBe(3);
    expect((await propose(examId, { kind: 'void', numbers: [9] })).body.code).toBe('exam.regrade.number-invalid');
    const page = await desk.send<{ items: { marks: object[] }[]; total: number; nextCursor: string }>(
      'second',
      'GET',
      `regrades/${voided.id}/changes?limit=2`,
    );
    expect([page.body.items.length, page.body.total]).toEqual([2, 3]);
    expect(page.body.items[0]!.marks[0]).toMatchObject({ number: 2, newMarks: 0, newFull: 0, decidedBy: 'void' });
    // Back in turn: the last first.
    const wrong = await desk.send<Run>('second', 'POST', `regrades/${given.id}/reverse`, { reason: '撤' });
    expect(wrong.body.code).toBe('exam.regrade.not-latest');
    for (const run of [voided, given]) {
      const back = await desk.send<Run>('proposer', 'POST', `regrades/${run.id}/reverse`, { reason: '撤' });
      expect((await confirm(back.body.id)).body.state).toBe('applied');
    }
    const scores = [await scoreOf(anna, ids[0]), await scoreOf(bert, ids[1]), await scoreOf(carl, ids[2])];
    expect(scores.map((each) => each.score)).toEqual([10_000, 5000, 8000]);
    const marks = await database.uow.manager.findBy(MarkRow, { attemptId: ids[1] });
    expect(new Set(marks.map((mark) => mark.source))).toEqual(new Set(['machine']));
  });

  it('changes the policy and refuses a dry run that has become stale', async () => {
    const { examId, ids } = await closedExam();
    const rules = { exam: { multiple: { kind: 'every-decision' } } };
    const one = (await propose(examId, { kind: 'policy', rules })).body;
    const two = (await propose(examId, { kind: 'give-all', numbers: [3] })).body;
    await confirm(one.id);
    expect((await scoreOf(bert, ids[1])).score).toBe(7500);
    expect((await confirm(two.id)).body.code).toBe('exam.regrade.stale');
    const list = await desk.send<{ items: Run[] }>('second', 'GET', `exams/${examId}/regrades`);
    expect(list.body.items.map((run) => run.state)).toEqual(['stale', 'applied']);
    expect((await propose(examId, { kind: 'policy', rules })).body.code).toBe('exam.regrade.nothing');
    const third = (await propose(examId, { kind: 'give-all', numbers: [3] })).body;
    const withdrawn = await desk.send<Run>('proposer', 'POST', `regrades/${third.id}/withdraw`);
    expect(withdrawn.body.state).toBe('withdrawn');
    expect((await confirm(third.id)).body.code).toBe('exam.regrade.not-proposed');
  });

  it('takes over what people decided on appeals', async () => {
    const { examId, ids } = await closedExam();
    const file = (member: string, id: string, number: number) =>
      desk.send<{ code: string }>(member, 'POST', `attempts/${id}/appeals`, { number, reason: '请复核' });
    const carlId = ids[2];
    expect((await file(carl, carlId, 9)).body.code).toBe('exam.attempt.no-such-question');
    expect((await file(carl, carlId, 3)).status).toBe(201);
    expect((await file(carl, carlId, 3)).body.code).toBe('exam.appeal.repeated');
    await desk.send('organiser', 'PUT', `exams/${examId}/marking/questions/3`, { markerIds: [marker] });
    const { body } = await desk.send<{ script: { id: string; reference: string[] } }>(marker, 'POST', 'marking/next', {
      examId,
      number: 3,
    });
    expect(body.script.reference).toEqual(['初心']);
    await desk.send(marker, 'PUT', `marking/scripts/${body.script.id}`, { marks: 1500 });
    expect((await scoreOf(carl, carlId)).score).toBe(8000);
    const run = (await propose(examId, { kind: 'appeals' })).body;
    expect(run).toMatchObject({ changedAttempts: 1, changedMarks: 1 });
    await confirm(run.id);
    expect((await scoreOf(carl, carlId)).score).toBe(9500);
    const list = await desk.send<{ items: object[] }>(carl, 'GET', `attempts/${carlId}/appeals`);
    expect(list.body.items).toMatchObject([{ number: 3, marking: 'final', isApplied: true }]);
    // What a person decided stays when the rules change afterwards.
    const rules = { exam: { blank: { kind: 'all-or-nothing' }, multiple: { kind: 'every-decision' } } };
    await confirm((await propose(examId, { kind: 'policy', rules })).body.id);
    expect((await scoreOf(carl, carlId)).score).toBe(9500);
  });

  it('is not to be had before the close, nor by who may not know the exam', async () => {
    const examId = await desk.exam([anna], {}, picks);
    await desk.sit(examId, anna, [choice('o1'), null, null]);
    expect((await propose(examId, { kind: 'give-all', numbers: [3] })).body.code).toBe('exam.not-closed');
    await desk.close(examId);
    const run = (await propose(examId, { kind: 'give-all', numbers: [3] })).body;
    desk.world.access.grants.set('exam.manage', new Set(['elsewhere']));
    expect((await confirm(run.id)).status).toBe(404);
    expect((await propose(examId, { kind: 'void', numbers: [1] })).status).toBe(404);
    desk.world.access.grants.delete('exam.manage');
    desk.world.access.grant('exam.manage', general);
  });

  it('leaves open marks open: an attempt that waits for a marker has no score before or after', async () => {
    const examId = await desk.exam([anna]);
    const attemptId = await desk.sit(examId, anna, [choice('o2'), null, null, text('待阅')]);
    await desk.close(examId);
    const run = (await propose(examId, { kind: 'give-all', numbers: [1] })).body;
    expect(run).toMatchObject({ changedAttempts: 1, flips: 0, after: { waiting: 1, passed: 0 } });
    await confirm(run.id);
    expect(await scoreOf(anna, attemptId)).toMatchObject({ score: null });
    expect((await desk.send('organiser', 'POST', `exams/${examId}/certificates`)).body).toMatchObject({
      code: 'exam.certificate.marking-open',
    });
  });

  it('comes back with the mark that a person gave while the question was given to all', async () => {
    const examId = await desk.exam([anna]);
    const attemptId = await desk.sit(examId, anna, [choice('o1'), null, null, text('待阅')]);
    await desk.close(examId);
    await desk.send('organiser', 'PUT', `exams/${examId}/marking/questions/4`, { markerIds: [marker] });
    await desk.send('organiser', 'POST', `exams/${examId}/marking/open`);
    const given = (await propose(examId, { kind: 'give-all', numbers: [4] })).body;
    await confirm(given.id);
    const { body } = await desk.send<{ script: { id: string } }>(marker, 'POST', 'marking/next', { examId, number: 4 });
    await desk.send(marker, 'PUT', `marking/scripts/${body.script.id}`, { marks: 1000 });
    expect(await scoreOf(anna, attemptId)).toMatchObject({ score: 6000 });
    const back = await desk.send<Run>('proposer', 'POST', `regrades/${given.id}/reverse`, { reason: '撤' });
    await confirm(back.body.id);
    expect(await scoreOf(anna, attemptId)).toMatchObject({ score: 4000 });
  });

  it('takes the key of the version that the bank has published since, and shows the paper as it was answered', async () => {
    const { examId, ids } = await closedExam();
    expect((await propose(examId, { kind: 'key', numbers: [1] })).body.code).toBe('exam.regrade.version-unknown');
    const bank = desk.world.app.get(QuestionService);
    const known = await desk.world.as('editor', () => bank.list({ q: '阅卷试题：单选', limit: 5 }));
    const { id, version } = known.items.find(({ question }) => question.code === 'MK-1')!.question;
    await desk.world.as('editor', () =>
      bank.edit(id, version, {
        type: 'single',
        stem: '阅卷试题：单选（修订）',
        options: [
          { id: 'o1', text: '甲', correct: false },
          { id: 'o2', text: '乙', correct: true },
          { id: 'o3', text: '丙', correct: false },
        ],
        explanation: '修订后的解析',
        source: '教材',
        difficulty: 1,
        topic: '阅卷',
      }),
    );
    await desk.world.as('reviewer', () => bank.review(id));
    await desk.world.as('reviewer', () => bank.publish(id));
    const run = (await propose(examId, { kind: 'key', numbers: [1] })).body;
    expect(run).toMatchObject({ changedAttempts: 3 });
    await confirm(run.id);
    desk.later(5 * 365 * 24 * 60);
    const review = await desk.send<{ questions: { body: { stem: string }; key: object; explanation: string }[] }>(
      anna,
      'GET',
      `attempts/${ids[0]}/review`,
    );
    expect(review.body.questions[0]).toMatchObject({
      body: { stem: '阅卷试题：单选' },
      answer: { optionIds: ['o1'] },
      key: { optionIds: ['o2'] },
      explanation: '修订后的解析',
      awarded: 0,
    });
  });
});
