import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { OutboxEventRow } from '@xuekao/platform';
import type { AttemptWatched, InvigilationView } from '@xuekao/contracts';
import type { Socket } from 'socket.io';
import { AnswerRow, AttemptRow, MarkRow } from '../src/attempt.entity.js';
import { AttemptSweep, settlingMs } from '../src/attempt-sweep.js';
import {
  AttemptService,
  EvidenceService,
  ExamQuery,
  ExamRealtimeModule,
  ExamResultsQuery,
  ExamRunService,
  ExamService,
  InterventionService,
  InvigilationQuery,
  ResultService,
} from '../src/index.js';
import type { ExamInput, RosterPerson } from '../src/index.js';
import { ExamAccessService } from '../src/invigilation/exam-access.service.js';
import { AttemptActivity } from '../src/invigilation/attempt-activity.js';
import { AttemptWatchers } from '../src/socket/attempt-watchers.js';
import { ConsoleWatchers } from '../src/socket/console-watchers.js';
import { ExamWatch } from '../src/socket/exam-watch.js';
import { blueprint, examWorld, general, minute, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

/** A socket that remembers what was sent to it. */
class HeardSocket extends EventEmitter {
  readonly id = newId();
  readonly connected = true;
  readonly heard: { event: string; view: unknown }[] = [];
  override emit(event: string, view: unknown): boolean {
    this.heard.push({ event, view });
    return true;
  }
  take<T>(event: string): T[] {
    return this.heard.splice(0).flatMap((each) => (each.event === event ? [each.view as T] : []));
  }
  get asSocket(): Socket {
    return this as unknown as Socket;
  }
}

onEveryDatabase('the day of an exam', worldEntities, (database) => {
  let world: World;
  let acts: InterventionService;
  let attempts: AttemptService;
  const [anna, bert, carl] = [newId(), newId(), newId()];
  const people = [person(anna), person(bert, 'branch-2'), person(carl, 'branch-2')];

  beforeAll(async () => {
    world = await examWorld(database, [ExamRealtimeModule]);
    acts = world.app.get(InterventionService);
    attempts = world.app.get(AttemptService);
  });
  afterAll(() => world.app.close());

  const organiser = <T>(work: () => Promise<T>): Promise<T> => world.as('organiser', work);
  const draft = async (over: Partial<ExamInput> = {}, roster: RosterPerson[] = people): Promise<string> => {
    world.rosters.people = roster;
    return (await organiser(() => world.app.get(ExamService).createWithDraw(world.exam(over), blueprint, 'day'))).id;
  };
  const published = async (over: Partial<ExamInput> = {}): Promise<string> => {
    const id = await draft(over);
    await organiser(() => world.app.get(ExamRunService).publish(id));
    return id;
  };
  const start = (id: string, who: string, device = 'phone-1') => world.as(who, () => attempts.start(id, device));
  const deadlineOf = async (who: string, attemptId: string): Promise<number> =>
    (await world.as(who, () => attempts.get(attemptId))).attempt.deadlineAt;
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'accepted',
      (error: { code?: string }) => error.code ?? String(error),
    );
  const rowsOf = async (id: string) => {
    const rows = await organiser(() => world.app.get(InvigilationQuery).of(id));
    return new Map(rows.map((row) => [row.memberId, row]));
  };

  it('gives more time to a branch, who has begun and who has not', async () => {
    const id = await published();
    const [one, two] = [await start(id, anna), await start(id, bert)];
    await organiser(() => acts.extend(id, { minutes: 15, unitId: 'branch-2', reason: '停电' }));
    expect(await deadlineOf(anna, one.attempt.id)).toBe(one.attempt.deadlineAt);
    expect(await deadlineOf(bert, two.attempt.id)).toBe(two.attempt.deadlineAt + 15 * minute);
    const three = await start(id, carl);
    expect(three.attempt.deadlineAt).toBe(database.clock.now() + 45 * minute);
    const nobody = organiser(() => acts.extend(id, { minutes: 15, unitId: 'branch-9', reason: '停电' }));
    expect(await codeOf(nobody)).toBe('exam.roster.not-in-unit');
    expect(await codeOf(organiser(() => acts.extend(id, { minutes: 0, reason: 'x' })))).toBe('exam.extension-invalid');
  });

  it('gives a handed-in attempt back with its answers, and marks it again', async () => {
    const id = await published();
    const view = await start(id, anna);
    const right = await world.rightAnswers(view);
    await world.as(anna, () => attempts.handIn(view.attempt.id, 'phone-1', right.slice(0, 3)));
    expect(await codeOf(organiser(() => acts.reopen(id, bert, { minutes: 10, reason: '误交' })))).toBe(
      'exam.attempt.unknown',
    );
    database.clock.advance(40 * minute);
    await organiser(() => acts.reopen(id, anna, { minutes: 10, reason: '误交' }));
    expect(await codeOf(organiser(() => acts.reopen(id, anna, { minutes: 10, reason: '误交' })))).toBe(
      'exam.attempt.still-open',
    );
    const again = await world.as(anna, () => attempts.get(view.attempt.id));
    expect(again.attempt).toMatchObject({ state: 'open', deadlineAt: database.clock.now() + 10 * minute, raw: null });
    expect(again.answers).toHaveLength(3);
    expect(await database.uow.manager.countBy(MarkRow, { attemptId: view.attempt.id })).toBe(0);
    await world.as(anna, () => attempts.handIn(view.attempt.id, 'phone-1', right.slice(3)));
    const result = await world.as(anna, () => world.app.get(ResultService).result(view.attempt.id));
    expect(result).toMatchObject({ answered: right.length, passed: true });
    const events = await database.uow.manager.findBy(OutboxEventRow, { subjectId: id, type: 'exam.attempt.reopened' });
    expect(events).toMatchObject([{ reason: '误交', payload: { memberId: anna, minutes: 10 } }]);
  });

  it('grants 缓考 and 免考 before publishing and after, until the person has begun', async () => {
    const id = await draft();
    await organiser(() => acts.exempt(id, anna, 'exam-deferred', '出差'));
    await organiser(() => acts.exempt(id, bert, 'exam-exempt', '支援'));
    await organiser(() => acts.exempt(id, bert, null, '已返回'));
    await organiser(() => world.app.get(ExamRunService).publish(id));
    expect((await rowsOf(id)).get(anna)).toMatchObject({ state: 'exempt', exemption: 'exam-deferred' });
    expect((await rowsOf(id)).get(bert)).toMatchObject({ state: 'not-started', exemption: null });
    expect(await codeOf(start(id, anna))).toBe('exam.attempt.exempt');
    await organiser(() => acts.exempt(id, anna, null, '已返回'));
    expect(await codeOf(start(id, anna))).toBe('accepted');
    expect(await codeOf(organiser(() => acts.exempt(id, anna, 'exam-deferred', '出差')))).toBe(
      'exam.roster.already-sat',
    );
    await organiser(() => acts.exempt(id, carl, 'exam-deferred', '住院'));
    expect((await rowsOf(id)).get(carl)).toMatchObject({ state: 'exempt' });
    const stranger = organiser(() => acts.exempt(id, newId(), 'exam-deferred', '出差'));
    expect(await codeOf(stranger)).toBe('exam.roster.unknown-member');
  });

  it('collects one person, then everybody', async () => {
    const id = await published();
    for (const who of [anna, bert, carl]) await start(id, who);
    expect(await organiser(() => acts.collect(id, '违纪', { memberId: anna }))).toBe(1);
    expect((await rowsOf(id)).get(anna)).toMatchObject({ state: 'handed-in', endedBy: 'organiser' });
    expect((await rowsOf(id)).get(bert)).toMatchObject({ state: 'working' });
    expect(await organiser(() => acts.collect(id, '提前结束'))).toBe(2);
    expect(await organiser(() => acts.collect(id, '提前结束'))).toBe(0);
  });

  it('counts the last attempt where the exam says so', async () => {
    for (const [attemptPolicy, wanted] of [
      ['best', 10_000],
      ['last', 0],
    ] as const) {
      const id = await published({ attempts: 2, attemptPolicy });
      const view = await start(id, anna);
      const right = await world.rightAnswers(view);
      await world.as(anna, () => attempts.handIn(view.attempt.id, 'phone-1', right));
      const second = await start(id, anna);
      await world.as(anna, () => attempts.handIn(second.attempt.id, 'phone-1'));
      const { rows } = await organiser(() => world.app.get(ExamQuery).sittings(id));
      expect(rows.find((row) => row.place.memberId === anna)?.score).toBe(wanted);
      await organiser(() => world.app.get(ExamRunService).close(id, true));
      const outcome = (await world.app.get(ExamResultsQuery).ofYear(2017)).find((each) => each.examId === id);
      expect(outcome?.members.find((member) => member.memberId === anna)?.score).toBe(wanted);
    }
  });

  it('takes in by the sweep alone what ran out, however many', async () => {
    const id = await published();
    for (const who of [anna, bert, carl]) await start(id, who);
    const takenIn = async (): Promise<number> => {
      await world.app.get(AttemptSweep).sweep();
      return database.uow.manager.countBy(AttemptRow, { examId: id, endedBy: 'deadline' });
    };
    database.clock.advance(30 * minute + 10_000 + settlingMs - 1);
    expect(await takenIn()).toBe(0);
    database.clock.advance(1);
    expect(await takenIn()).toBe(3);
  });

  it('tells a running client what changed, and only its owner', async () => {
    const id = await published();
    const view = await start(id, anna);
    const watchers = world.app.get(AttemptWatchers);
    const watch = world.app.get(ExamWatch);
    const activity = world.app.get(AttemptActivity);
    const socket = new HeardSocket();
    const look = async (): Promise<AttemptWatched[]> => {
      await activity.flush();
      await watch.tick();
      return socket.take<AttemptWatched>('attempt:changed');
    };
    const enter = (who: string) => world.as(who, () => watchers.enter(socket.asSocket, view.attempt.id, 'phone-1'));
    expect(await codeOf(enter(bert))).toBe('resource.not-found');
    expect(await enter(anna)).toMatchObject({ state: 'open', isWriter: true, limitMinutes: 30, intervention: null });
    expect(await look()).toEqual([]);
    database.clock.advance(1000);
    await organiser(() => acts.extend(id, { minutes: 30, reason: '断网' }));
    await organiser(() => acts.extend(id, { minutes: 5, unitId: 'branch-2', reason: '停电' }));
    const [changed, ...others] = await look();
    expect(others).toEqual([]);
    expect(changed).toMatchObject({
      deadlineAt: view.attempt.deadlineAt + 30 * minute,
      limitMinutes: 60,
      extendedFromMinutes: 30,
      intervention: { kind: 'extend', minutes: 30, reason: '断网' },
    });
    await world.as(anna, () => attempts.takeOver(view.attempt.id, 'phone-2'));
    const [takenOver] = await look();
    expect(takenOver).toMatchObject({ isWriter: false, state: 'open' });
    expect(JSON.stringify(takenOver)).not.toContain('phone-2');
    await organiser(() => acts.collect(id, '违纪', { memberId: anna }));
    expect(await look()).toMatchObject([
      { state: 'handed-in', endedBy: 'organiser', intervention: { reason: '违纪' } },
    ]);
    await organiser(() => acts.reopen(id, anna, { minutes: 5, reason: '复核后恢复' }));
    expect(await look()).toMatchObject([{ state: 'open', intervention: { kind: 'reopen' } }]);
    watchers.leave(socket.asSocket);
    await organiser(() => acts.extend(id, { minutes: 1, reason: '断网' }));
    expect(await look()).toEqual([]);
  });

  it('shows a console who works, saves, leaves and hands in, within its scope', async () => {
    const id = await published();
    const consoles = world.app.get(ConsoleWatchers);
    const watchers = world.app.get(AttemptWatchers);
    const [all, branch, phone] = [new HeardSocket(), new HeardSocket(), new HeardSocket()];
    const enter = (socket: HeardSocket) => organiser(() => consoles.enter(socket.asSocket, id));
    expect((await enter(all)).rows).toHaveLength(3);
    world.access.grants.set('exam.read', new Set(['branch-2']));
    expect((await enter(branch)).rows.map((row) => row.memberId).toSorted()).toEqual([bert, carl].toSorted());
    world.access.grants.set('exam.read', new Set(['branch-9']));
    expect(await codeOf(enter(new HeardSocket()))).toBe('resource.not-found');
    world.access.grants.set('exam.read', new Set([general]));
    const look = async (socket = all) => {
      database.clock.advance(900);
      await world.app.get(AttemptActivity).flush();
      await world.app.get(ExamWatch).tick();
      return socket.take<InvigilationView>('exam:rows').flatMap(({ rows }) => rows);
    };
    await look();
    const view = await start(id, anna);
    expect(await look()).toMatchObject([{ memberId: anna, state: 'working', saved: 0 }]);
    await world.as(anna, () => watchers.enter(phone.asSocket, view.attempt.id, 'phone-1'));
    const right = await world.rightAnswers(view, 2);
    const savedAt = database.clock.now();
    await world.as(anna, () => attempts.save(view.attempt.id, 'phone-1', right));
    expect(await look()).toMatchObject([{ memberId: anna, saved: 2, lastSavedAt: savedAt }]);
    watchers.leave(phone.asSocket);
    expect(await look()).toMatchObject([{ memberId: anna, state: 'disconnected' }]);
    await world.as(anna, () => attempts.save(view.attempt.id, 'phone-1', [{ ...right[0]!, clientSeq: 2 }]));
    expect(await look()).toMatchObject([{ memberId: anna, state: 'working' }]);
    await world.as(anna, () => attempts.handIn(view.attempt.id, 'phone-1'));
    expect(await look()).toMatchObject([{ memberId: anna, state: 'handed-in', endedBy: 'member' }]);
    expect(await look()).toEqual([]);
    expect(branch.take('exam:rows')).toEqual([]);
    await start(id, bert);
    expect(await look(branch)).toMatchObject([{ memberId: bert, state: 'working' }]);
  });

  it('keeps what was seen as evidence, and no mark depends on it', async () => {
    const id = await published();
    const evidence = world.app.get(EvidenceService);
    const view = await start(id, anna);
    const tell = (who: string) =>
      world.as(who, () =>
        evidence.tell(view.attempt.id, [
          { kind: 'focus-lost', at: 1 },
          { kind: 'focus-back', at: 2, awayMs: 8000 },
        ]),
      );
    expect(await tell(anna)).toBe(2);
    expect(await codeOf(tell(bert))).toBe('resource.not-found');
    await world.as(anna, () => attempts.takeOver(view.attempt.id, 'phone-2'));
    await organiser(() => evidence.note(id, anna, '中途离开考场 2 分钟'));
    const rows = await organiser(() => evidence.of(id, anna));
    expect(rows.map((row) => row.kind).toSorted()).toEqual(['focus-back', 'focus-lost', 'note', 'taken-over']);
    expect((await rowsOf(id)).get(anna)?.evidence).toBe(4);
    await world.as(anna, () => attempts.handIn(view.attempt.id, 'phone-2', []));
    expect(await codeOf(tell(anna))).toBe('exam.attempt.closed');
    expect(await database.uow.manager.countBy(AnswerRow, { attemptId: view.attempt.id })).toBe(0);
    world.access.grants.set('exam.read', new Set(['branch-2']));
    expect(await organiser(() => evidence.of(id))).toEqual([]);
    world.access.grants.set('exam.read', new Set([general]));
  });

  it('asks for the password, the network and the browser that the exam wants', async () => {
    const id = await published();
    const access = world.app.get(ExamAccessService);
    const visit = { address: '10.1.2.3', url: 'https://exam.example/start', configKeyHash: '', pageUrl: '' };
    const admit = (over: Partial<typeof visit>, password = '') =>
      codeOf(world.as(anna, () => access.admit(id, { ...visit, ...over }, password)));
    const set = (over: object) => organiser(() => access.set(id, { ipRanges: [], sebKeys: [], ...over }));
    expect(await admit({})).toBe('accepted');
    expect(await codeOf(set({ ipRanges: ['10.0.0.0/40'] }))).toBe('exam.access.range-invalid');
    expect(await set({ password: '红岩2026', ipRanges: ['10.0.0.0/8'] })).toEqual({
      hasPassword: true,
      ipRanges: ['10.0.0.0/8'],
      sebKeys: [],
    });
    expect(await admit({ address: '192.168.1.1' }, '红岩2026')).toBe('exam.access.address-refused');
    expect(await admit({}, '红岩')).toBe('exam.access.password-wrong');
    expect(await admit({}, '红岩2026')).toBe('accepted');
    const check = (
      over: Partial<typeof visit> = {},
      as: (work: () => Promise<unknown>) => Promise<unknown> = organiser,
    ) => as(() => access.check(id, { ...visit, ...over }));
    expect(await check()).toMatchObject({ isAddressAllowed: true, needsPassword: true, needsExamBrowser: false });
    expect(await check({ address: '192.168.1.1' }, (work) => world.as(anna, work))).toMatchObject({
      address: '192.168.1.1',
      isAddressAllowed: false,
    });
    world.access.grants.set('exam.manage', new Set(['branch-9']));
    expect(await codeOf(check({}, (work) => world.as('stranger', work)))).toBe('resource.not-found');
    world.access.grants.set('exam.manage', new Set([general]));
    const key = 'c'.repeat(64);
    await set({ ipRanges: [], sebKeys: [key] });
    expect(await admit({}, '红岩2026')).toBe('exam.access.browser-refused');
    expect(await check()).toMatchObject({ isBrowserAllowed: false, needsExamBrowser: true });
    const hashOf = (url: string): string =>
      createHash('sha256')
        .update(url + key)
        .digest('hex');
    expect(await admit({ configKeyHash: hashOf(visit.url) }, '红岩2026')).toBe('accepted');
    const pageUrl = 'https://exam.example/m/exams/1';
    expect(await admit({ configKeyHash: hashOf(pageUrl), pageUrl }, '红岩2026')).toBe('accepted');
    expect(await admit({ configKeyHash: hashOf(pageUrl) }, '红岩2026')).toBe('exam.access.browser-refused');
    await set({ password: null });
    expect(await admit({})).toBe('accepted');
    const events = await database.uow.manager.findBy(OutboxEventRow, { subjectId: id, type: 'exam.access-set' });
    expect(JSON.stringify(events)).not.toMatch(/红岩|scrypt|c{9}/);
    for (let tries = 0; tries < 12; tries++) await set({ password: '新口令' }).then(() => admit({}, '错'));
    expect(await admit({}, '错')).toBe('request.rate-limited');
  });
});
