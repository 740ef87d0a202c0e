import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { AttemptService, ExamResultsQuery, ExamRunService, ExamService, InterventionService } from '../src/index.js';
import type { ExamInput, RosterPerson } from '../src/index.js';
import { AnswerRow, AttemptRow } from '../src/attempt.entity.js';
import { AttemptSweep, settlingMs } from '../src/attempt-sweep.js';
import { ExamStore } from '../src/exam.store.js';
import { attemptDto } from '../src/taking.presenter.js';
import { EvidenceService } from '../src/invigilation/evidence.service.js';
import { blueprint, examWorld, minute, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

onEveryDatabase('who is due and until when', worldEntities, (database) => {
  let world: World;
  const [anna, bert, carl, dora, emil] = [newId(), newId(), newId(), newId(), newId()];

  beforeAll(async () => {
    world = await examWorld(database);
  });
  afterAll(() => world.app.close());

  const organiser = <T>(work: () => Promise<T>): Promise<T> => world.as('organiser', work);
  const draft = (over: Partial<ExamInput> = {}) =>
    organiser(() => world.app.get(ExamService).createWithDraw(world.exam(over), blueprint, 'seed'));
  const publish = (id: string) => organiser(() => world.app.get(ExamRunService).publish(id));
  const close = (id: string, collect = false) => organiser(() => world.app.get(ExamRunService).close(id, collect));
  const listOf = async (id: string): Promise<Record<string, readonly [string | null, string]>> =>
    Object.fromEntries(
      (await world.app.get(ExamStore).roster(id)).map((place) => [
        place.memberId,
        [place.exemption, place.unitName] as const,
      ]),
    );
  const codeAndFacts = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'accepted',
      (error: { code: string; facts: object }) => [error.code, error.facts],
    );

  it('a make-up leaves out who has left, takes people where they stand now and keeps what its draft granted', async () => {
    const people: RosterPerson[] = [
      person(anna),
      person(bert),
      person(carl, 'branch-1', 'exam-deferred'),
      person(dora, 'branch-2'),
      person(emil, 'branch-2', 'exam-deferred'),
    ];
    world.rosters.people = people;
    const first = await draft({ title: '首考' });
    await publish(first.id);
    await close(first.id, true);

    const makeUp = await draft({ title: '补考', makeUpOf: first.id });
    const acts = world.app.get(InterventionService);
    await organiser(() => acts.exempt(makeUp.id, bert, 'exam-exempt', '已批准免考'));
    await organiser(() => acts.exempt(makeUp.id, emil, 'exam-deferred', '仍在住院'));
    // Anna has gone, Dora has moved, somebody new has come.
    world.rosters.people = [people[1]!, people[2]!, person(dora, 'branch-3'), people[4]!, person(newId())];
    await publish(makeUp.id);
    expect(await listOf(makeUp.id)).toEqual({
      [bert]: ['exam-exempt', 'branch-1'],
      [carl]: [null, 'branch-1'],
      [dora]: [null, 'branch-3'],
      [emil]: ['exam-deferred', 'branch-2'],
    });
    const start = world.as(bert, () => world.app.get(AttemptService).start(makeUp.id, 'phone'));
    expect(await codeAndFacts(start)).toEqual(['exam.attempt.exempt', expect.anything()]);
    await close(makeUp.id, true);
    const outcome = (await world.app.get(ExamResultsQuery).ofYear(2017)).find((each) => each.examId === first.id)!;
    expect(outcome.members.map((member) => member.memberId).toSorted()).toEqual(
      [anna, bert, carl, dora, emil].toSorted(),
    );
  });

  it('closing asks first while somebody with more time may still begin', async () => {
    world.rosters.people = [person(anna), person(bert, 'branch-2'), person(carl, 'branch-2')];
    const { id } = await draft();
    await publish(id);
    const acts = world.app.get(InterventionService);
    await organiser(() => acts.extend(id, { minutes: 30, reason: '停电', unitId: 'branch-2' }));
    const { attempt } = await world.as(bert, () => world.app.get(AttemptService).start(id, 'phone'));
    await world.as(bert, () => world.app.get(AttemptService).handIn(attempt.id, 'phone'));
    database.clock.advance(61 * minute);
    expect(await codeAndFacts(close(id))).toEqual(['exam.still-open', { working: 0, mayStart: 1 }]);
    await world.as(carl, () => world.app.get(AttemptService).start(id, 'phone'));
    expect(await codeAndFacts(close(id))).toEqual(['exam.still-open', { working: 1, mayStart: 0 }]);
    database.clock.advance(61 * minute);
    expect((await close(id)).state).toBe('closed');
  });

  it('an attempt whose owner could see the key is given back only on a second word, which stays as evidence', async () => {
    world.rosters.people = [person(anna)];
    const { id } = await draft({ review: 'after-hand-in' });
    await publish(id);
    const { attempt } = await world.as(anna, () => world.app.get(AttemptService).start(id, 'phone'));
    await world.as(anna, () => world.app.get(AttemptService).handIn(attempt.id, 'phone'));
    const acts = world.app.get(InterventionService);
    const reopen = (despiteKey?: true) =>
      organiser(() => acts.reopen(id, anna, { minutes: 10, reason: '误交', ...(despiteKey ? { despiteKey } : {}) }));
    expect(await codeAndFacts(reopen())).toEqual([
      'exam.attempt.key-shown',
      { facets: '各题得分、正确答案、解析与出处' },
    ]);
    const evidence = () => organiser(() => world.app.get(EvidenceService).of(id, anna));
    expect(await evidence()).toEqual([]);
    await reopen(true);
    expect(await evidence()).toMatchObject([
      { kind: 'key-seen', text: '各题得分、正确答案、解析与出处', actorName: 'organiser' },
    ]);
    const again = await world.as(anna, () => world.app.get(AttemptService).get(attempt.id));
    expect(again.attempt.state).toBe('open');
  });

  it('an exam has a grace of its own, kept in an edit, told to the client and waited for by the sweep', async () => {
    world.rosters.people = [person(anna)];
    const made = await draft({ graceMs: 60_000 });
    const { id } = made;
    const edited = await organiser(() => world.app.get(ExamService).edit(id, 1, world.exam({ title: '宽限' })));
    expect(edited.graceMs).toBe(60_000);
    expect(await codeAndFacts(draft({ graceMs: 300_001 }))).toEqual(['exam.grace-invalid', { most: 300 }]);
    await publish(id);
    const attempts = world.app.get(AttemptService);
    const view = await world.as(anna, () => attempts.start(id, 'phone'));
    expect(attemptDto(view).graceMs).toBe(60_000);
    const sweep = async (): Promise<string> => {
      await world.app.get(AttemptSweep).sweep();
      return (await database.uow.manager.findOneByOrFail(AttemptRow, { id: view.attempt.id })).state;
    };
    const [answer] = await world.rightAnswers(view, 1);
    database.clock.advance(30 * minute + 60_000);
    const ack = await world.as(anna, () => attempts.save(view.attempt.id, 'phone', [answer!]));
    expect(ack.saved).toMatchObject([{ lateMs: 60_000 }]);
    expect(await sweep()).toBe('open');
    database.clock.advance(settlingMs);
    expect(await sweep()).toBe('handed-in');
  });

  it('takes a save that arrived within the grace though its commit comes after it', async () => {
    world.rosters.people = [person(anna)];
    const { id } = await draft();
    await publish(id);
    const attempts = world.app.get(AttemptService);
    const view = await world.as(anna, () => attempts.start(id, 'phone'));
    const [first, second] = await world.rightAnswers(view, 2);
    const save = (answer: typeof first) => world.as(anna, () => attempts.save(view.attempt.id, 'phone', [answer!]));
    database.clock.advance(30 * minute + 10_000);
    // The first save of a process looks the attempt up before it comes into a batch, the second one does not.
    const saves = [save(first), save(second)];
    database.clock.advance(60_000);
    await world.app.get(AttemptSweep).sweep();
    expect(await Promise.all(saves.map(codeAndFacts))).toEqual(['accepted', 'accepted']);
    const rows = await database.uow.manager.findBy(AnswerRow, { attemptId: view.attempt.id });
    expect(rows.map((row) => row.lateMs)).toEqual([10_000, 10_000]);
    const attempt = await database.uow.manager.findOneByOrFail(AttemptRow, { id: view.attempt.id });
    expect(attempt.state).toBe('handed-in');
  });
});
