import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow } from '@xuekao/platform';
import { AttemptStatusQuery } from '../src/invigilation/attempt-status.query.js';
import { general, worldEntities } from './exam.world.js';
import { MarkingWorld, blank, choice, newPeople } from './marking.world.js';

interface Listed {
  readonly items: readonly { readonly number: number; readonly state: string; readonly answer: string | null }[];
  readonly from: number | null;
  readonly until: number | null;
  readonly code: string;
}
interface OnDesk {
  readonly id: string;
  readonly name: string;
  readonly number: number;
}

const dayMinutes = 24 * 60;

onEveryDatabase('an appeal', worldEntities, (database) => {
  let desk: MarkingWorld;
  const [anna, bert, marker] = newPeople(3) as [string, string, string];

  beforeAll(async () => {
    desk = await MarkingWorld.start(database);
  });
  afterAll(() => desk.http.close());

  const file = (member: string, id: string, number: number) =>
    desk.send<Listed>(member, 'POST', `attempts/${id}/appeals`, { number, reason: ' 我的答案与教材一致 ' });
  const listed = (member: string, id: string) => desk.send<Listed>(member, 'GET', `attempts/${id}/appeals`);
  const onDesk = async (examId: string) =>
    (await desk.send<{ items: OnDesk[] }>('organiser', 'GET', `exams/${examId}/appeals`)).body.items;
  const answer = (id: string, state: string, as = 'organiser') =>
    desk.send<{ code: string }>(as, 'PUT', `appeals/${id}`, { state, answer: '经核对，原判无误' });
  const sat = async (): Promise<{ examId: string; attemptId: string }> => {
    const examId = await desk.exam([anna, bert]);
    return { examId, attemptId: await desk.sit(examId, anna, [choice('o2'), choice('o1'), blank('使命'), null]) };
  };

  it('may be made of any question from the close on for a week, once for each', async () => {
    const { examId, attemptId } = await sat();
    expect((await file(anna, attemptId, 1)).body.code).toBe('exam.appeal.not-allowed');
    expect((await listed(anna, attemptId)).body).toMatchObject({ items: [], from: null, until: null });
    await desk.close(examId);
    const closedAt = database.clock.now();
    expect((await listed(anna, attemptId)).body).toMatchObject({ from: closedAt, until: closedAt + 7 * 86_400_000 });
    expect((await file(anna, attemptId, 1)).body.items).toMatchObject([
      { number: 1, state: 'open', reason: '我的答案与教材一致', answer: null, marking: null, isApplied: false },
    ]);
    expect((await file(anna, attemptId, 1)).body.code).toBe('exam.appeal.repeated');
    expect((await file(bert, attemptId, 2)).status).toBe(404);
    desk.later(7 * dayMinutes - 1);
    expect((await file(anna, attemptId, 3)).body.items).toMatchObject([
      { number: 1 },
      { number: 3, marking: 'waiting' },
    ]);
    desk.later(1);
    expect((await file(anna, attemptId, 2)).body.code).toBe('exam.appeal.too-late');
    const mine = await desk.send<{ items: { id: string; appeals: object | null }[] }>(anna, 'GET', 'my/exams');
    expect(mine.body.items.find(({ id }) => id === examId)!.appeals).toEqual({ open: 2, answered: 0 });
  });

  it('lasts as long as the organiser says, and not at all with no days', async () => {
    const { examId, attemptId } = await sat();
    await desk.close(examId);
    const all = ['score', 'pass-line'];
    const review = { shown: { 'hand-in': all, close: all, later: all }, laterAfterDays: 0 };
    const put = (appealDays: number) =>
      desk.send<{ code: string; review: object }>('organiser', 'PUT', `exams/${examId}/marking/review`, {
        ...review,
        appealDays,
      });
    expect((await put(1)).body.review).toMatchObject({ appealDays: 1 });
    desk.later(dayMinutes + 1);
    expect((await file(anna, attemptId, 1)).body.code).toBe('exam.appeal.too-late');
    await put(0);
    expect((await file(anna, attemptId, 1)).body.code).toBe('exam.appeal.not-allowed');
    await put(30);
    expect((await file(anna, attemptId, 1)).status).toBe(201);
  });

  it('is seen by the organiser with name, answer and mark, and answered once, by somebody else', async () => {
    const { examId, attemptId } = await sat();
    await desk.close(examId);
    await file(anna, attemptId, 1);
    const [row] = await onDesk(examId);
    expect(row).toMatchObject({
      name: `党员${anna}`,
      number: 1,
      content: { kind: 'choice', optionIds: ['o2'] },
      marks: 0,
      full: 3000,
      decidedBy: 'machine',
      reason: '我的答案与教材一致',
      state: 'open',
    });
    const stamp = async () => (await desk.world.app.get(AttemptStatusQuery).of([attemptId]))[0]!.resultStamp;
    const before = await stamp();
    desk.world.access.grants.set('exam.manage', new Set(['elsewhere']));
    expect((await answer(row!.id, 'dismissed')).status).toBe(404);
    expect((await desk.send('organiser', 'GET', `exams/${examId}/appeals`)).status).toBe(404);
    desk.world.access.grants.set('exam.manage', new Set([general]));
    expect((await answer(row!.id, 'dismissed', anna)).body.code).toBe('exam.appeal.own');
    expect((await answer(row!.id, 'dismissed')).status).toBe(204);
    expect((await answer(row!.id, 'upheld')).body.code).toBe('exam.appeal.answered');
    expect(await stamp()).not.toBe(before);
    expect((await listed(anna, attemptId)).body.items).toMatchObject([
      { number: 1, state: 'dismissed', answer: '经核对，原判无误' },
    ]);
    const [event] = await database.uow.manager.findBy(OutboxEventRow, {
      subjectId: examId,
      type: 'exam.appeal.answered',
    });
    expect(event!.payload).toMatchObject({ memberId: anna, number: 1, state: 'dismissed' });
    expect(JSON.stringify(event)).not.toContain('原判无误');
  });

  it('of a blank goes to a marker without a name, and its mark counts by a regrade that another confirms', async () => {
    const { examId, attemptId } = await sat();
    await desk.close(examId);
    await file(anna, attemptId, 3);
    await desk.send('organiser', 'PUT', `exams/${examId}/marking/questions/3`, { markerIds: [marker] });
    const next = await desk.send<{ script: { id: string } }>(marker, 'POST', 'marking/next', { examId, number: 3 });
    expect(next.text).not.toContain(anna);
    await desk.send(marker, 'PUT', `marking/scripts/${next.body.script.id}`, { marks: 1000 });
    const [row] = await onDesk(examId);
    expect(row).toMatchObject({ marking: 'final', markingMarks: 1000, marks: 0, isApplied: false });
    await answer(row!.id, 'upheld');
    const run = await desk.send<{ id: string }>('proposer', 'POST', `exams/${examId}/regrades`, {
      kind: 'appeals',
      reason: '采纳复核',
    });
    await desk.send('second', 'POST', `regrades/${run.body.id}/confirm`);
    expect((await listed(anna, attemptId)).body.items).toMatchObject([{ state: 'upheld', isApplied: true }]);
    expect((await onDesk(examId))[0]).toMatchObject({ marks: 1000, decidedBy: 'appeal', isApplied: true });
  });

  it('is tied to the regrade that was begun from it, there and back', async () => {
    const { examId, attemptId } = await sat();
    await desk.close(examId);
    await file(anna, attemptId, 1);
    await file(anna, attemptId, 2);
    const [first, second] = await onDesk(examId);
    const propose = (body: object, exam = examId) =>
      desk.send<{ id: string; code: string; appealId: string }>('proposer', 'POST', `exams/${exam}/regrades`, {
        kind: 'give-all',
        numbers: [1],
        reason: '采纳复核',
        ...body,
      });
    const runsOf = async (id: string) =>
      (
        await desk.send<{ items: { id: string; regrades: object[]; isApplied: boolean }[] }>(
          'organiser',
          'GET',
          `exams/${examId}/appeals`,
        )
      ).body.items.find((each) => each.id === id)!;
    expect((await propose({ appealId: second!.id })).body.code).toBe('exam.regrade.appeal-invalid');
    const other = await sat();
    await desk.close(other.examId);
    expect((await propose({ appealId: first!.id }, other.examId)).status).toBe(404);
    const run = (await propose({ appealId: first!.id })).body;
    expect(run.appealId).toBe(first!.id);
    expect(await runsOf(first!.id)).toMatchObject({
      isApplied: false,
      regrades: [{ id: run.id, kind: 'give-all', state: 'proposed', isReversed: false }],
    });
    expect((await runsOf(second!.id)).regrades).toEqual([]);
    await desk.send('second', 'POST', `regrades/${run.id}/confirm`);
    expect(await runsOf(first!.id)).toMatchObject({ isApplied: true, regrades: [{ state: 'applied' }] });
    expect((await listed(anna, attemptId)).body.items).toMatchObject([{ isApplied: true }, { isApplied: false }]);
    const detail = await desk.send<{ appeals: object[] }>('organiser', 'GET', `regrades/${run.id}`);
    expect(detail.body.appeals).toEqual([
      { id: first!.id, name: `党员${anna}`, number: 1, reason: '我的答案与教材一致', state: 'open' },
    ]);
    const back = await desk.send<{ id: string }>('proposer', 'POST', `regrades/${run.id}/reverse`, { reason: '误判' });
    await desk.send('second', 'POST', `regrades/${back.body.id}/confirm`);
    expect(await runsOf(first!.id)).toMatchObject({
      isApplied: false,
      regrades: [
        { kind: 'give-all', isReversed: true },
        { kind: 'reverse', state: 'applied' },
      ],
    });
    await answer(second!.id, 'dismissed');
    expect((await propose({ numbers: [2], appealId: second!.id })).body.code).toBe('exam.regrade.appeal-invalid');
  });
});
