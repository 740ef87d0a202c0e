import type { AnswerContent } from '@xuekao/contracts';
import { onEveryDatabase } from '@xuekao/database/testing';
import { AnalysisService } from '../src/analysis/analysis.service.js';
import { AttemptService } from '../src/index.js';
import { QuestionActService } from '../src/marking/question-act.service.js';
import { worldEntities } from './exam.world.js';
import { MarkingWorld, blank, choice, newPeople, text } from './marking.world.js';

onEveryDatabase('figures of an exam whose marks change one by one', worldEntities, (database) => {
  let desk: MarkingWorld;
  const [anna, bert, marker] = newPeople(3) as [string, string, string];

  beforeAll(async () => {
    desk = await MarkingWorld.start(database);
  });
  afterAll(() => desk.http.close());

  /** Share of the full mark that was earned at each question, in per cent. */
  const facilities = async (examId: string): Promise<(number | null)[]> => {
    const found = await desk.world.as('organiser', () => desk.world.app.get(AnalysisService).of(examId, 'last'));
    return found.items.map((item) => item.facility);
  };

  async function sitAgain(
    examId: string,
    member: string,
    attemptId: string,
    answers: readonly AnswerContent[],
  ): Promise<void> {
    const body = { memberId: member, minutes: 10, reason: '误交卷' };
    expect((await desk.send('organiser', 'POST', `exams/${examId}/reopen`, body)).status).toBe(204);
    const given = answers.map((content, i) => ({ number: i + 1, clientSeq: 2, content }));
    await desk.world.as(member, () => desk.world.app.get(AttemptService).handIn(attemptId, 'phone-1', given));
  }

  it('follow an act on a question that is settled after the sheet was written', async () => {
    const examId = await desk.exam([anna, bert]);
    const attemptId = await desk.sit(examId, anna, [choice('o2'), null, null, null]);
    await desk.send('organiser', 'POST', `exams/${examId}/question-acts`, {
      number: 1,
      kind: 'give-all',
      reason: '选项印错',
    });
    // As a hand-in leaves it that had read the marking before the act was committed.
    await database.uow.run(async () => {
      await database.uow.manager.query(
        `UPDATE exam_mark SET marks = 0, source = 'machine' WHERE attempt_id = '${attemptId}' AND number = 1`,
      );
      await database.uow.manager.query(`UPDATE exam_attempt SET raw = 0, score = 0 WHERE id = '${attemptId}'`);
    });
    await database.uow.run(() => database.uow.manager.query(`DELETE FROM exam_sheet WHERE exam_id = '${examId}'`));
    expect((await facilities(examId))[0]).toBe(0);
    await desk.world.app.get(QuestionActService).settle(examId, 1);
    expect((await facilities(examId))[0]).toBe(100);
  });

  it('follow a marker where the attempt had a score before it was given back', async () => {
    const examId = await desk.exam([anna, bert]);
    await desk.send('organiser', 'PUT', `exams/${examId}/marking/questions/4`, { markerIds: [marker] });
    const right = [choice('o1'), choice('o1', 'o2'), blank('初心')];
    const attemptId = await desk.sit(examId, anna, right);
    expect(await facilities(examId)).toEqual([100, 100, 100, 0]);
    await sitAgain(examId, anna, attemptId, [...right, text('为人民谋幸福')]);
    expect((await facilities(examId))[3]).toBeNull();
    await desk.send('organiser', 'POST', `exams/${examId}/marking/open`);
    const { body } = await desk.send<{ script: { id: string } }>(marker, 'POST', 'marking/next', { examId, number: 4 });
    await desk.send(marker, 'PUT', `marking/scripts/${body.script.id}`, { marks: 3000 });
    expect(await facilities(examId)).toEqual([100, 100, 100, 100]);
  });

  it('follow an attempt that was given back and came in again with the same score, in the same moment', async () => {
    const examId = await desk.exam([anna, bert]);
    const attemptId = await desk.sit(examId, anna, [choice('o1'), choice('o3')]);
    await desk.sit(examId, bert, [choice('o1'), choice('o3')]);
    expect(await facilities(examId)).toEqual([100, 0, 0, 0]);
    await sitAgain(examId, anna, attemptId, [choice('o2'), choice('o1', 'o2')]);
    expect(await facilities(examId)).toEqual([50, 50, 0, 0]);
  });
});
