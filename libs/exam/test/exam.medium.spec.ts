import { newId } from '@xuekao/kernel';
import { onEveryDatabase } from '@xuekao/database/testing';
import { JobQueue, OutboxEventRow } from '@xuekao/platform';
import { AttemptSweep, settlingMs } from '../src/attempt-sweep.js';
import { AttemptJobs } from '../src/attempt.jobs.js';
import { AnswerRow, AttemptRow } from '../src/attempt.entity.js';
import { AttemptStarting } from '../src/attempt-starting.js';
import type { ExamInput, RosterPerson } from '../src/index.js';
import {
  AttemptService,
  InterventionService,
  ExamQuery,
  ExamResultsQuery,
  ExamRunService,
  ExamService,
  PaperService,
  ResultService,
} from '../src/index.js';
import { blueprint, examWorld, general, minute, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

onEveryDatabase('an exam', worldEntities, (database) => {
  let world: World;
  let exams: ExamService;
  let run: ExamRunService;
  let attempts: AttemptService;
  let results: ResultService;
  const [anna, bert, carl, dora] = [newId(), newId(), newId(), newId()];

  beforeAll(async () => {
    world = await examWorld(database);
    // Without init() no timer runs: due jobs wait for runDue().
    world.app.get(AttemptJobs).onModuleInit();
    exams = world.app.get(ExamService);
    run = world.app.get(ExamRunService);
    attempts = world.app.get(AttemptService);
    results = world.app.get(ResultService);
  });
  afterAll(() => world.app.close());

  const organiser = <T>(work: () => Promise<T>): Promise<T> => world.as('organiser', work);
  const published = async (over: Partial<ExamInput> = {}, people: RosterPerson[] = [person(anna)]): Promise<string> => {
    world.rosters.people = people;
    const { id } = await organiser(() => exams.createWithDraw(world.exam(over), blueprint, 'seed'));
    await organiser(() => run.publish(id));
    return id;
  };
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'accepted',
      (error: { code?: string }) => error.code ?? String(error),
    );

  it('draws the same paper for the same seed and says which section the bank cannot fill', async () => {
    const papers = world.app.get(PaperService);
    const one = await organiser(() => papers.preview({ kind: 'draw', blueprint, seed: 'x' }));
    const two = await organiser(() => papers.preview({ kind: 'draw', blueprint, seed: 'x' }));
    expect(two.items.map((item) => item.code)).toEqual(one.items.map((item) => item.code));
    expect(one.paper.full).toBe(10_000);
    const greedy = { sections: [{ ...blueprint.sections[3]!, count: 300 }] };
    await expect(organiser(() => papers.preview({ kind: 'draw', blueprint: greedy }))).rejects.toMatchObject({
      code: 'exam.paper.too-few-questions',
      facts: { section: '四、填空题', wanted: 300 },
    });
  });

  it('freezes the roster at publish and refuses changes afterwards', async () => {
    const id = await published({}, [person(anna), person(bert, 'branch-2', 'exam-deferred')]);
    world.rosters.people = [];
    const { rows } = await organiser(() => world.app.get(ExamQuery).sittings(id));
    expect(rows.map((row) => [row.place.memberId, row.state])).toEqual([
      [anna, 'not-started'],
      [bert, 'exempt'],
    ]);
    expect(await codeOf(organiser(() => exams.edit(id, 2, world.exam())))).toBe('exam.not-draft');
    expect(await codeOf(organiser(() => run.publish(id)))).toBe('exam.not-draft');
    expect(await codeOf(world.as(bert, () => attempts.start(id, 'phone')))).toBe('exam.attempt.exempt');
    expect(await codeOf(world.as(carl, () => attempts.start(id, 'phone')))).toBe('exam.attempt.not-on-roster');
  });

  it('makes one attempt of ten clicks at once', async () => {
    const id = await published();
    const views = await Promise.all(
      Array.from({ length: 10 }, () => world.as(anna, () => attempts.start(id, 'phone'))),
    );
    expect(new Set(views.map((view) => view.attempt.id)).size).toBe(1);
    expect(await database.uow.manager.countBy(AttemptRow, { examId: id })).toBe(1);
  });

  it('makes attempts ahead, and opens one of them at the start', async () => {
    const id = await published({ attempts: 2 }, [person(anna), person(bert), person(carl, 'branch-1', 'exam-exempt')]);
    await world.app.get(JobQueue).runDue();
    await world.app.get(AttemptStarting).prepare(id);
    const rows = await database.uow.manager.findBy(AttemptRow, { examId: id });
    expect(rows.map(({ memberId, number, state }) => [memberId, number, state]).toSorted()).toEqual(
      [anna, bert].map((memberId) => [memberId, 1, 'ready']).toSorted(),
    );
    const { rows: before } = await organiser(() => world.app.get(ExamQuery).sittings(id));
    expect(before.map(({ state }) => state)).toEqual(['not-started', 'not-started', 'exempt']);
    const ahead = rows.find(({ memberId }) => memberId === anna)!;
    expect(await codeOf(world.as(anna, () => attempts.get(ahead.id)))).toBe('resource.not-found');
    database.clock.advance(minute);
    const [one, two] = await Promise.all([1, 2].map(() => world.as(anna, () => attempts.start(id, 'phone'))));
    expect([one!.attempt.id, two!.attempt.id]).toEqual([ahead.id, ahead.id]);
    expect(one!.attempt).toMatchObject({ state: 'open', writer: 'phone', startedAt: database.clock.now() });
    await world.as(anna, () => attempts.handIn(ahead.id, 'phone'));
    const second = await world.as(anna, () => attempts.start(id, 'phone'));
    expect(second.attempt).toMatchObject({ number: 2, state: 'open' });
    await organiser(() => run.close(id, true));
    expect(await database.uow.manager.countBy(AttemptRow, { examId: id })).toBe(2);
  });

  it('starts each of many that click together, and refuses alone who may not', async () => {
    const people = Array.from({ length: 20 }, () => newId());
    const id = await published(
      {},
      people.map((each) => person(each)),
    );
    const clicks = [...people, ...people, newId()];
    const outcomes = await Promise.allSettled(clicks.map((each) => world.as(each, () => attempts.begin(id, 'phone'))));
    expect(outcomes.pop()).toMatchObject({ status: 'rejected', reason: { code: 'exam.attempt.not-on-roster' } });
    const ids = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.id : outcome.reason));
    expect(new Set(ids).size).toBe(20);
    expect(ids.slice(0, 20)).toEqual(ids.slice(20));
    const events = await database.uow.manager.findBy(OutboxEventRow, { type: 'exam.attempt.started' });
    const own = events.filter((event) => (event.payload as { examId: string }).examId === id);
    expect(own.map((event) => event.actorMemberId).toSorted()).toEqual(people.toSorted());
  });

  it('gives every member an order of his own and keeps it', async () => {
    const id = await published({}, [person(anna), person(bert)]);
    const one = await world.as(anna, () => attempts.start(id, 'phone'));
    const two = await world.as(bert, () => attempts.start(id, 'phone'));
    expect(one.attempt.layout).not.toEqual(two.attempt.layout);
    expect((await world.as(anna, () => attempts.get(one.attempt.id))).attempt.layout).toEqual(one.attempt.layout);
    expect(await codeOf(world.as(bert, () => attempts.get(one.attempt.id)))).toBe('resource.not-found');
  });

  it('keeps every acknowledged answer, once, in the newest form', async () => {
    const id = await published();
    const view = await world.as(anna, () => attempts.start(id, 'phone'));
    const answers = await world.rightAnswers(view);
    const save = (list: typeof answers) => world.as(anna, () => attempts.save(view.attempt.id, 'phone', list));
    await Promise.all(answers.map((answer) => save([answer])));
    const [first] = answers;
    const open = { ...first!, content: { kind: 'choice' as const, optionIds: [] }, clientSeq: 2 };
    await save([open]);
    const ack = await save(answers);
    expect(ack.saved.find((each) => each.number === first!.number)).toMatchObject({ clientSeq: 2 });
    const rows = await database.uow.manager.findBy(AnswerRow, { attemptId: view.attempt.id });
    expect(rows).toHaveLength(answers.length);
    const kept = rows.find((row) => row.number === view.attempt.layout[first!.number - 1]!.number);
    expect(kept!.content).toEqual(open.content);
  });

  it('marks every answer acknowledged before the hand-in and takes none after it, in whatever order they arrive', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await published();
      const view = await world.as(anna, () => attempts.start(id, 'phone'));
      const answers = await world.rightAnswers(view);
      const saves = answers.map((answer) =>
        world
          .as(anna, () => attempts.save(view.attempt.id, 'phone', [answer]))
          .then(
            () => answer.number,
            (error: { code: string }) => error.code,
          ),
      );
      saves.splice(
        round * 3,
        0,
        world.as(anna, () => attempts.handIn(view.attempt.id, 'phone')).then(() => 'handed in'),
      );
      const outcomes = await Promise.all(saves);
      const taken = outcomes.filter((outcome) => typeof outcome === 'number');
      const others = new Set(outcomes.filter((outcome) => typeof outcome === 'string'));
      others.delete('handed in');
      expect([...others].filter((code) => code !== 'exam.attempt.closed')).toEqual([]);
      expect(await database.uow.manager.countBy(AnswerRow, { attemptId: view.attempt.id })).toBe(taken.length);
      const result = await world.as(anna, () => results.result(view.attempt.id));
      expect([result.answered, result.correct]).toEqual([taken.length, taken.length]);
    }
  });

  it('lets one device write at a time', async () => {
    const id = await published();
    const { attempt, ...view } = await world.as(anna, () => attempts.start(id, 'phone'));
    const answers = await world.rightAnswers({ attempt, ...view }, 1);
    const save = (device: string) => world.as(anna, () => attempts.save(attempt.id, device, answers));
    expect(await codeOf(save('desk'))).toBe('exam.attempt.taken-over');
    await world.as(anna, () => attempts.takeOver(attempt.id, 'desk'));
    expect(await codeOf(save('phone'))).toBe('exam.attempt.taken-over');
    expect(await codeOf(save('desk'))).toBe('accepted');
  });

  it('marks at hand-in, once, and refuses writes afterwards', async () => {
    const id = await published({ review: 'after-hand-in' });
    const view = await world.as(anna, () => attempts.start(id, 'phone'));
    const answers = await world.rightAnswers(view);
    const handIn = () => world.as(anna, () => attempts.handIn(view.attempt.id, 'phone', answers));
    const [one, two] = await Promise.all([handIn(), handIn()]);
    expect([one.score, two.score]).toEqual([10_000, 10_000]);
    expect(await codeOf(world.as(anna, () => attempts.save(view.attempt.id, 'phone', answers)))).toBe(
      'exam.attempt.closed',
    );
    expect(await codeOf(world.as(anna, () => attempts.start(id, 'phone')))).toBe('exam.attempt.used-up');
    const result = await world.as(anna, () => results.result(view.attempt.id));
    expect(result).toMatchObject({ passed: true, excellent: true, answered: 15, questions: 15, reviewAllowed: true });
    const review = await world.as(anna, () => results.review(view.attempt.id));
    expect(review.questions.every((question) => question.mark.marks === question.mark.full)).toBe(true);
    const events = await database.uow.manager.findBy(OutboxEventRow, { subjectId: view.attempt.id });
    expect(events.filter((event) => event.type === 'exam.attempt.handed-in')).toHaveLength(1);
  });

  it('takes answers in the grace with their lateness, and collects without a browser', async () => {
    const id = await published();
    const view = await world.as(anna, () => attempts.start(id, 'phone'));
    const [first, second] = await world.rightAnswers(view, 2);
    await world.as(anna, () => attempts.save(view.attempt.id, 'phone', [first!]));
    database.clock.set(view.attempt.deadlineAt + 3_000);
    const ack = await world.as(anna, () => attempts.save(view.attempt.id, 'phone', [second!]));
    expect(ack.saved).toMatchObject([{ lateMs: 3_000 }]);
    database.clock.advance(6_999);
    await world.app.get(AttemptSweep).sweep();
    expect((await database.uow.manager.findOneByOrFail(AttemptRow, { id: view.attempt.id })).state).toBe('open');
    database.clock.advance(settlingMs + 1);
    await world.app.get(AttemptSweep).sweep();
    expect(await database.uow.manager.findOneByOrFail(AttemptRow, { id: view.attempt.id })).toMatchObject({
      state: 'handed-in',
      endedBy: 'deadline',
      endedAt: view.attempt.deadlineAt,
    });
    const late = world.as(anna, () => attempts.save(view.attempt.id, 'phone', [first!]));
    expect(await codeOf(late)).toBe('exam.attempt.closed');
    const { attempt } = await world.as(anna, () => results.result(view.attempt.id));
    expect(attempt.score).toBeGreaterThan(0);
  });

  it('gives more time to all and to one, past the closing time', async () => {
    const id = await published({ limitMinutes: 60 }, [person(anna), person(bert)]);
    const start = database.clock.now();
    const one = await world.as(anna, () => attempts.start(id, 'phone'));
    const two = await world.as(bert, () => attempts.start(id, 'phone'));
    await organiser(() => world.app.get(InterventionService).extend(id, { minutes: 10, reason: '网络中断' }));
    await organiser(() =>
      world.app.get(InterventionService).extend(id, { minutes: 5, memberId: bert, reason: '设备故障' }),
    );
    expect((await world.as(anna, () => attempts.get(one.attempt.id))).attempt.deadlineAt).toBe(start + 70 * minute);
    const after = await world.as(bert, () => attempts.get(two.attempt.id));
    expect([after.attempt.deadlineAt, after.extraMs]).toEqual([start + 75 * minute, 15 * minute]);
    database.clock.set(start + 72 * minute);
    await world.app.get(AttemptSweep).sweep();
    expect((await world.as(anna, () => attempts.get(one.attempt.id))).attempt.state).toBe('handed-in');
    expect((await world.as(bert, () => attempts.get(two.attempt.id))).attempt.state).toBe('open');
  });

  it('closes with final results, opens the review then, and makes the up for who is missing', async () => {
    const people = [
      person(anna),
      person(bert, 'branch-2'),
      person(carl, 'branch-2', 'exam-deferred'),
      person(dora, 'branch-1', 'exam-exempt'),
    ];
    const id = await published({ title: '首考' }, people);
    const view = await world.as(anna, () => attempts.start(id, 'phone'));
    const answers = await world.rightAnswers(view);
    await world.as(anna, () => attempts.handIn(view.attempt.id, 'phone', answers));
    expect(await codeOf(world.as(anna, () => results.review(view.attempt.id)))).toBe('exam.review.not-allowed');
    expect(await codeOf(organiser(() => run.close(id)))).toBe('exam.still-open');
    database.clock.advance(61 * minute);
    await organiser(() => run.close(id));
    expect(await codeOf(world.as(anna, () => results.review(view.attempt.id)))).toBe('accepted');

    const makeUp = await published({ title: '补考', makeUpOf: id }, people);
    const { rows } = await organiser(() => world.app.get(ExamQuery).sittings(makeUp));
    expect(rows.map((row) => row.place.memberId).toSorted()).toEqual([bert, carl].toSorted());
    const second = await world.as(carl, () => attempts.start(makeUp, 'phone'));
    await world.as(carl, () => attempts.handIn(second.attempt.id, 'phone'));
    await organiser(() => run.close(makeUp, true));

    const outcomes = await world.app.get(ExamResultsQuery).ofYear(2017);
    const outcome = outcomes.find((each) => each.examId === id)!;
    expect(outcome).toMatchObject({ due: 3, sat: 2, satFirst: 1, kind: 'online', date: '2017-11-22' });
    expect(outcomes.find((each) => each.examId === makeUp)).toBeUndefined();
    expect(outcome.members.find((member) => member.memberId === carl)).toMatchObject({
      exemption: 'exam-deferred',
      isDue: true,
      firstScore: null,
      makeUpScore: 0,
    });
    expect(outcome.members.find((member) => member.memberId === anna)).toMatchObject({
      score: 10_000,
      unitId: 'branch-1',
    });
  });

  it('shows a branch its own people of an exam that the general branch owns', async () => {
    const id = await published({ title: '总支统一考试' }, [person(anna, 'branch-1'), person(bert, 'branch-2')]);
    world.access.grants.set('exam.read', new Set(['branch-2']));
    const query = world.app.get(ExamQuery);
    expect((await organiser(() => query.sittings(id))).rows.map((row) => row.place.memberId)).toEqual([bert]);
    const page = await organiser(() => query.list({ limit: 50 }));
    expect(page.items.map((exam) => exam.id)).toContain(id);
    world.access.grants.set('exam.read', new Set(['branch-9']));
    expect(await codeOf(organiser(() => query.sittings(id)))).toBe('resource.not-found');
    world.access.grants.set('exam.read', new Set([general]));
    expect(await codeOf(organiser(() => exams.createWithDraw(world.exam({ unitId: 'branch-9' }), blueprint)))).toBe(
      'resource.not-found',
    );
  });

  it('shows a paper only to who may manage its exam', async () => {
    const { paperId } = await organiser(() => exams.createWithDraw(world.exam(), blueprint));
    const papers = world.app.get(PaperService);
    expect((await organiser(() => papers.get(paperId))).items).toHaveLength(15);
    world.access.grants.set('exam.manage', new Set(['branch-9']));
    expect(await codeOf(organiser(() => papers.get(paperId)))).toBe('resource.not-found');
    world.access.grants.set('exam.manage', new Set([general]));
  });

  it('lists a member his exams with what he may do next', async () => {
    const { exams: mine } = await world.as(anna, () => results.mine());
    expect(mine.length).toBeGreaterThan(5);
    expect(mine.map((each) => each.exam.opensAt)).toEqual(
      mine.map((each) => each.exam.opensAt).toSorted((a, b) => b - a),
    );
  });
});
