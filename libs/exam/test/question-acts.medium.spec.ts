import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow } from '@xuekao/platform';
import { AttemptService } from '../src/index.js';
import { AttemptStatusQuery } from '../src/invigilation/attempt-status.query.js';
import { QuestionActService } from '../src/marking/question-act.service.js';
import { general, worldEntities } from './exam.world.js';
import { MarkingWorld, blank, choice, newPeople, text } from './marking.world.js';

onEveryDatabase('a question decided while the exam runs', worldEntities, (database) => {
  let desk: MarkingWorld;
  const [anna, bert, carl, marker] = newPeople(4) as [string, string, string, string];
  const right = [choice('o1'), choice('o1', 'o2'), blank('初心')];

  beforeAll(async () => {
    desk = await MarkingWorld.start(database);
  });
  afterAll(() => desk.http.close());

  const act = (examId: string, number: number, kind: string, as = 'organiser') =>
    desk.send<{ code: string }>(as, 'POST', `exams/${examId}/question-acts`, { number, kind, reason: '选项印错' });
  const outcome = async (member: string, attemptId: string) =>
    (
      await desk.send<{ marks: number; totalMarks: number; score: number; isWaiting: boolean }>(
        member,
        'GET',
        `attempts/${attemptId}/outcome`,
      )
    ).body;
  const statusOf = async (attemptId: string) => {
    const [status] = await desk.world.app.get(AttemptStatusQuery).of([attemptId]);
    return status!;
  };
  const start = async (examId: string, member: string) =>
    (await desk.world.as(member, () => desk.world.app.get(AttemptService).start(examId, 'phone-1'))).attempt.id;

  it('is told to running papers by their own numbers, with its reason, and marked so when they are handed in', async () => {
    const examId = await desk.exam([anna, bert], { shuffleQuestions: true });
    const attemptId = await start(examId, anna);
    expect((await statusOf(attemptId)).decided).toEqual([]);
    expect((await act(examId, 2, 'void')).status).toBe(204);
    expect((await act(examId, 3, 'give-all')).status).toBe(204);
    const { decided, intervention } = await statusOf(attemptId);
    const view = await desk.world.as(anna, () => desk.world.app.get(AttemptService).get(attemptId));
    const placeOf = (number: number) => view.attempt.layout.findIndex((place) => place.number === number) + 1;
    expect(decided.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual([
      { number: placeOf(3), kind: 'give-all', reason: '选项印错' },
      { number: placeOf(2), kind: 'void', reason: '选项印错' },
    ]);
    expect(intervention).toBeNull();
    const paper = await desk.send<{ decided: object[] }>(anna, 'GET', `attempts/${attemptId}`);
    expect(paper.body.decided).toEqual(decided);
    await desk.world.as(anna, () => desk.world.app.get(AttemptService).handIn(attemptId, 'phone-1'));
    const ended = await desk.send<{ decided: object[] }>(anna, 'GET', `attempts/${attemptId}`);
    expect([ended.body.decided, (await statusOf(attemptId)).decided]).toEqual([[], []]);
    // 30 of 30 + 10 + 30: question 2 is void, 3 given, 1 and 4 unanswered.
    expect(await outcome(anna, attemptId)).toMatchObject({ marks: 1000, totalMarks: 7000 });
    const done = await desk.send<{ items: object[] }>('organiser', 'GET', `exams/${examId}/interventions`);
    expect(done.body.items).toMatchObject([
      { kind: 'void', number: 2, reason: '选项印错' },
      { kind: 'give-all', number: 3 },
    ]);
    const events = await database.uow.manager.findBy(OutboxEventRow, { subjectId: examId });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['exam.question.voided', 'exam.question.given']),
    );
  });

  it('is marked anew for who has handed in, and counts again when it is restored', async () => {
    const examId = await desk.exam([anna, bert, carl]);
    const annaId = await desk.sit(examId, anna, [choice('o2'), ...right.slice(1), text('为人民')]);
    const bertId = await desk.sit(examId, bert, [...right, null]);
    expect(await outcome(bert, bertId)).toMatchObject({ marks: 7000, score: 7000 });
    await act(examId, 1, 'void');
    expect(await outcome(bert, bertId)).toMatchObject({ marks: 4000, totalMarks: 7000, score: 5714 });
    await act(examId, 4, 'give-all');
    expect(await outcome(anna, annaId)).toMatchObject({
      isWaiting: false,
      marks: 7000,
      totalMarks: 7000,
      score: 10_000,
    });
    expect((await act(examId, 4, 'void')).body.code).toBe('exam.regrade.act-taken');
    await act(examId, 1, 'restore');
    expect(await outcome(bert, bertId)).toMatchObject({ marks: 10_000, totalMarks: 10_000 });
    expect(await outcome(anna, annaId)).toMatchObject({ marks: 7000, totalMarks: 10_000 });
    await act(examId, 4, 'restore');
    expect(await outcome(bert, bertId)).toMatchObject({ marks: 7000, isWaiting: false });
    expect(await outcome(anna, annaId)).toMatchObject({ isWaiting: true });
    expect((await act(examId, 4, 'restore')).body.code).toBe('exam.question.not-decided');
  });

  it('comes back with the mark that a marker had given', async () => {
    const examId = await desk.exam([anna]);
    const attemptId = await desk.sit(examId, anna, [...right, text('为人民')]);
    await desk.send('organiser', 'PUT', `exams/${examId}/marking/questions/4`, { markerIds: [marker] });
    await desk.send('organiser', 'POST', `exams/${examId}/marking/open`);
    const { body } = await desk.send<{ script: { id: string } }>(marker, 'POST', 'marking/next', { examId, number: 4 });
    await desk.send(marker, 'PUT', `marking/scripts/${body.script.id}`, { marks: 2000 });
    expect(await outcome(anna, attemptId)).toMatchObject({ marks: 9000 });
    await act(examId, 4, 'void');
    expect(await outcome(anna, attemptId)).toMatchObject({ marks: 7000, totalMarks: 7000 });
    await act(examId, 4, 'restore');
    expect(await outcome(anna, attemptId)).toMatchObject({ marks: 9000, totalMarks: 10_000 });
  });

  it('reaches a hand-in that was marked beside it: settling finds it, and again changes nothing', async () => {
    const examId = await desk.exam([anna]);
    const attemptId = await desk.sit(examId, anna, [choice('o2'), null, null, null]);
    await act(examId, 1, 'give-all');
    // As a hand-in leaves it that had read the marking before the act was committed.
    await database.uow.run(async () => {
      await database.uow.manager.query(
        `UPDATE exam_mark SET marks = 0, source = 'machine' WHERE attempt_id = '${attemptId}' AND number = 1`,
      );
      await database.uow.manager.query(`UPDATE exam_attempt SET raw = 0, score = 0 WHERE id = '${attemptId}'`);
    });
    const acts = desk.world.app.get(QuestionActService);
    for (const _ of [1, 2]) {
      await acts.settle(examId, 1);
      expect(await outcome(anna, attemptId)).toMatchObject({ marks: 3000, score: 3000 });
    }
  });

  it('is refused for a question that is not there, after the close, and to who may not organise the exam', async () => {
    const examId = await desk.exam([anna]);
    expect((await act(examId, 9, 'void')).body.code).toBe('exam.regrade.number-invalid');
    desk.world.access.grants.set('exam.manage', new Set(['elsewhere']));
    expect((await act(examId, 1, 'void')).status).toBe(404);
    desk.world.access.grants.set('exam.manage', new Set([general]));
    await desk.close(examId);
    expect((await act(examId, 1, 'void')).body.code).toBe('exam.not-published');
  });

  it('counts again after the close by a regrade that another person confirms, and the way back makes it void again', async () => {
    const examId = await desk.exam([anna, bert]);
    const annaId = await desk.sit(examId, anna, [choice('o2'), ...right.slice(1), text('为人民')]);
    const bertId = await desk.sit(examId, bert, [...right, text('谋幸福')]);
    await desk.send('organiser', 'PUT', `exams/${examId}/marking/questions/4`, { markerIds: [marker] });
    await desk.send('organiser', 'POST', `exams/${examId}/marking/open`);
    const { body } = await desk.send<{ script: { id: string } }>(marker, 'POST', 'marking/next', { examId, number: 4 });
    await desk.send(marker, 'PUT', `marking/scripts/${body.script.id}`, { marks: 2000 });
    await act(examId, 1, 'void');
    await act(examId, 4, 'give-all');
    const both = async () =>
      (await Promise.all([outcome(anna, annaId), outcome(bert, bertId)])).map(
        ({ marks, totalMarks, score, isWaiting }) => ({ marks, totalMarks, score, isWaiting }),
      );
    const decided = await both();
    expect(decided).toMatchObject([
      { marks: 7000, totalMarks: 7000, isWaiting: false },
      { marks: 7000, totalMarks: 7000, isWaiting: false },
    ]);
    await desk.close(examId);
    const propose = (numbers: number[]) =>
      desk.send<{ id: string; code: string }>('organiser', 'POST', `exams/${examId}/regrades`, {
        kind: 'restore',
        numbers,
        reason: '核对后题目无误',
      });
    const confirm = (id: string) => desk.send<{ state: string }>('second', 'POST', `regrades/${id}/confirm`);
    expect((await propose([2])).body.code).toBe('exam.question.not-decided');
    const run = (await propose([1, 4])).body;
    expect(await both()).toEqual(decided);
    expect((await confirm(run.id)).body.state).toBe('applied');
    const now = await both();
    // One of the two short answers had its mark before the question was given to all; the other one waits again.
    expect(now.map(({ isWaiting }) => isWaiting).toSorted()).toEqual([false, true]);
    const marked = now.find(({ isWaiting }) => !isWaiting)!;
    expect(marked.totalMarks).toBe(10_000);
    expect(marked.marks).toBe(marked === now[0] ? 6000 : 9000);
    const back = await desk.send<{ id: string }>('organiser', 'POST', `regrades/${run.id}/reverse`, {
      reason: '仍应作废',
    });
    await confirm(back.body.id);
    expect(await both()).toEqual(decided);
  });
});
