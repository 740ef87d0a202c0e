import { onEveryDatabase } from '@xuekao/database/testing';
import { ExamQuery, ExamResultsQuery, ExamRunService, ExamService } from '../src/index.js';
import { ExamStore } from '../src/exam.store.js';
import { blueprint, worldEntities } from './exam.world.js';
import { MarkingWorld, blank, choice, newPeople } from './marking.world.js';

const picks = [
  { code: 'MK-1', marks: 3000 },
  { code: 'MK-2', marks: 5000 },
  { code: 'MK-3', marks: 2000 },
];
const right = [choice('o1'), choice('o1', 'o2'), blank('初心')];
/** 50 marks: the multiple choice is wrong until the key is A and C. */
const halfRight = [choice('o1'), choice('o1', 'o3'), blank('初心')];

onEveryDatabase('the attempt that counts', worldEntities, (database) => {
  let desk: MarkingWorld;
  const [anna, bert, carl] = newPeople(3) as [string, string, string];

  beforeAll(async () => {
    desk = await MarkingWorld.start(database);
  });
  afterAll(() => desk.http.close());

  /** By results, by the annual report and by certificates that are valid; all in order of id. */
  async function passed(examId: string): Promise<Record<'results' | 'report' | 'certificates', string[]>> {
    const { app } = desk.world;
    const { rows, exam } = await desk.world.as('organiser', () => app.get(ExamQuery).sittings(examId));
    const outcome = (await app.get(ExamResultsQuery).ofYear(2017)).find((each) => each.examId === examId)!;
    const list = await desk.send<{ items: { memberId: string; state: string }[] }>(
      'organiser',
      'GET',
      `exams/${examId}/certificates`,
    );
    const isPass = (score: number | null): boolean => score !== null && score >= exam.passLine;
    return {
      results: rows.flatMap(({ place, score }) => (isPass(score) ? [place.memberId] : [])).toSorted(),
      report: outcome.members.flatMap(({ memberId, score }) => (isPass(score) ? [memberId] : [])).toSorted(),
      certificates: list.body.items.flatMap((each) => (each.state === 'valid' ? [each.memberId] : [])).toSorted(),
    };
  }

  const all = (members: string[]) => ({
    results: members.toSorted(),
    report: members.toSorted(),
    certificates: members.toSorted(),
  });

  it('is the last one everywhere where the exam says so: results, report, certificates, dry run and make-up', async () => {
    const examId = await desk.exam([anna, bert, carl], { attempts: 2, attemptPolicy: 'last' }, picks);
    for (const [member, first, second] of [
      [anna, right, halfRight],
      [bert, halfRight, right],
      [carl, right, right],
    ] as const) {
      await desk.sit(examId, member, first);
      await desk.sit(examId, member, second);
    }
    await desk.close(examId);
    await desk.send('organiser', 'POST', `exams/${examId}/certificates`);
    expect(await passed(examId)).toEqual(all([bert, carl]));
    const own = await desk.send<{ items: { id: string; countedMarks: number; attemptPolicy: string }[] }>(
      anna,
      'GET',
      'my/exams',
    );
    expect(own.body.items.find((each) => each.id === examId)).toMatchObject({
      countedMarks: 5000,
      attemptPolicy: 'last',
    });

    const makeUp = await desk.world.as('organiser', async () => {
      const input = desk.world.exam({ makeUpOf: examId });
      const { id } = await desk.world.app.get(ExamService).createWithDraw(input, blueprint, 'make-up');
      return desk.world.app.get(ExamRunService).publish(id);
    });
    const roster = await desk.world.app.get(ExamStore).roster(makeUp.id);
    expect(roster.map((place) => place.memberId)).toEqual([anna]);
    await desk.close(makeUp.id);

    const key = { kind: 'choice', optionIds: ['o1', 'o3'] };
    const body = { kind: 'key', numbers: [2], key, reason: '答案有误' };
    const run = await desk.send<{ id: string; flips: number; before: object; after: object }>(
      'proposer',
      'POST',
      `exams/${examId}/regrades`,
      body,
    );
    expect(run.body).toMatchObject({ flips: 3, before: { passed: 2 }, after: { passed: 1 } });
    const detail = await desk.send<{ flips: { memberId: string; direction: string }[] }>(
      'second',
      'GET',
      `regrades/${run.body.id}`,
    );
    expect(new Map(detail.body.flips.map(({ memberId, direction }) => [memberId, direction]))).toEqual(
      new Map([
        [anna, 'to-pass'],
        [bert, 'to-fail'],
        [carl, 'to-fail'],
      ]),
    );
    await desk.send('second', 'POST', `regrades/${run.body.id}/confirm`);
    expect(await passed(examId)).toEqual(all([anna]));
  });

  it('stays what it was in an edit that does not say it, as the other terms and the link of a make-up do', async () => {
    const first = await desk.exam([anna], {}, picks);
    await desk.close(first);
    const { app } = desk.world;
    const terms = {
      attempts: 3,
      attemptPolicy: 'last',
      passLine: 7000,
      excellentLine: 8500,
      review: 'never',
      makeUpOf: first,
      shuffleOptions: false,
    } as const;
    await desk.world.as('organiser', async () => {
      const draft = await app.get(ExamService).createWithDraw(desk.world.exam(terms), blueprint, 'draft');
      const edited = await app.get(ExamService).edit(draft.id, 1, desk.world.exam({ title: '补考' }));
      expect(edited).toMatchObject({ ...terms, title: '补考' });
      const again = await app
        .get(ExamService)
        .edit(draft.id, 2, desk.world.exam({ attemptPolicy: 'best', attempts: 1 }));
      expect(again).toMatchObject({ ...terms, attemptPolicy: 'best', attempts: 1 });
    });
  });

  it('tells who comes later that a regrade has changed the result, with its reason, until it was seen', async () => {
    const examId = await desk.exam([anna, bert], {}, picks);
    const attemptId = await desk.sit(examId, anna, halfRight);
    const other = await desk.sit(examId, bert, [choice('o2'), null, null]);
    await desk.close(examId);
    interface Told {
      readonly correction: { readonly id: string; readonly attemptId?: string; readonly reason: string } | null;
    }
    const sign = async (member: string) =>
      (await desk.send<{ items: (Told & { id: string })[] }>(member, 'GET', 'my/exams')).body.items.find(
        (each) => each.id === examId,
      )!.correction;
    const shown = async () => (await desk.send<Told>(anna, 'GET', `attempts/${attemptId}/outcome`)).body.correction;
    const regrade = async (body: object): Promise<string> => {
      const run = await desk.send<{ id: string }>('proposer', 'POST', `exams/${examId}/regrades`, body);
      expect(await sign(bert)).toBeNull();
      await desk.send('second', 'POST', `regrades/${run.body.id}/confirm`);
      return run.body.id;
    };
    const seen = (member: string, id: string) =>
      desk.send(member, 'POST', `attempts/${attemptId}/correction-seen`, { id });
    expect([await sign(anna), await shown()]).toEqual([null, null]);

    const key = { kind: 'choice', optionIds: ['o1', 'o3'] };
    const first = await regrade({ kind: 'key', numbers: [2], key, reason: '第 2 题答案有误' });
    expect(await sign(anna)).toMatchObject({ id: first, attemptId, reason: '第 2 题答案有误' });
    expect(await shown()).toMatchObject({ id: first, reason: '第 2 题答案有误' });
    // Nothing of Bert's changed.
    expect(await sign(bert)).toBeNull();
    expect((await seen(bert, first)).status).toBe(404);
    const second = await regrade({
      kind: 'key',
      numbers: [1],
      key: { kind: 'choice', optionIds: ['o3'] },
      reason: '第 1 题有误',
    });
    // The first one seen says nothing of the second.
    expect((await seen(anna, first)).status).toBe(204);
    expect(await sign(anna)).toMatchObject({ id: second, reason: '第 1 题有误' });
    expect((await seen(anna, second)).status).toBe(204);
    expect([await sign(anna), await shown()]).toEqual([null, null]);
    expect((await seen(anna, 'x')).status).toBe(400);
    expect((await desk.send<Told>(bert, 'GET', `attempts/${other}/outcome`)).body.correction).toBeNull();
  });
});
