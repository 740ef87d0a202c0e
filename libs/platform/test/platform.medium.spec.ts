import { jest } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { EventRelay, JobQueue, Outbox, platformEntities, runAs, Settings } from '@xuekao/platform';
import type { Actor, DomainEvent, NewEvent } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';

const actor: Actor = { accountId: 'account-1', memberId: 'member-1', name: '张三', mustChangePassword: false };

onEveryDatabase('the platform', [...platformEntities], (database) => {
  let module: TestingModule;
  let uow: UnitOfWork;
  let outbox: Outbox;
  let relay: EventRelay;
  let jobs: JobQueue;
  const seen: DomainEvent[] = [];
  const flaky = { failures: 0, poison: '', handled: [] as string[] };
  const ran: unknown[] = [];
  let jobFailures = 0;

  beforeAll(async () => {
    module = await platformTestingModule(database, {});
    uow = module.get(UnitOfWork);
    outbox = module.get(Outbox);
    relay = module.get(EventRelay);
    jobs = module.get(JobQueue);
    relay.subscribe({ name: 'all', types: ['*'], handle: async (event) => void seen.push(event) });
    relay.subscribe({
      name: 'flaky',
      types: ['thing.happened'],
      handle: async (event) => {
        if (flaky.failures > 0) {
          flaky.failures -= 1;
          throw new Error('not yet');
        }
        if (event.subjectId === flaky.poison) throw new Error('cannot be handled');
        flaky.handled.push(event.subjectId);
      },
    });
    jobs.handle('test.job', async (payload: { n: number }) => {
      if (jobFailures > 0) {
        jobFailures -= 1;
        throw new Error('job fails');
      }
      ran.push(payload.n);
    });
  });
  afterAll(() => module.close());
  beforeEach(() => {
    seen.length = 0;
    flaky.handled.length = 0;
    ran.length = 0;
  });

  const happen = (subjectId: string): Promise<void> =>
    runAs(actor, () =>
      uow.run(() =>
        outbox.add({ type: 'thing.happened', subjectType: 'thing', subjectId, payload: { a: [1] }, reason: '测试' }),
      ),
    );

  const subjectsOf = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${name}-${String(i).padStart(2, '0')}`);
  const many = (name: string, count: number): NewEvent[] =>
    subjectsOf(name, count).map((subjectId) => ({
      type: 'thing.happened',
      subjectType: 'thing',
      subjectId,
      payload: {},
    }));

  it('delivers a committed event once to each subscriber, with its actor and time', async () => {
    await happen('t1');
    await relay.drain();
    await relay.drain();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      type: 'thing.happened',
      subjectId: 't1',
      actorMemberId: 'member-1',
      actorName: '张三',
      reason: '测试',
      payload: { a: [1] },
      at: database.clock.now(),
    });
    expect(flaky.handled).toEqual(['t1']);
  });

  it('delivers nothing of a transaction that failed, and refuses an event outside one', async () => {
    await uow
      .run(async () => {
        await outbox.add({ type: 'thing.happened', subjectType: 'thing', subjectId: 'lost', payload: null });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await expect(
      outbox.add({ type: 'thing.happened', subjectType: 'thing', subjectId: 'x', payload: null }),
    ).rejects.toThrow('outside a transaction');
    await relay.drain();
    expect(seen).toEqual([]);
  });

  it('retries only the subscriber that failed, after a pause', async () => {
    flaky.failures = 1;
    await happen('t2');
    await relay.drain();
    expect(seen.map((event) => event.subjectId)).toEqual(['t2']);
    expect(flaky.handled).toEqual([]);
    database.clock.advance(5_000);
    await relay.drain();
    expect(flaky.handled).toEqual(['t2']);
    expect(seen).toHaveLength(1);
  });

  it('lets two relays race without a second effect', async () => {
    const other = await platformTestingModule(database, {});
    const otherRelay = other.get(EventRelay);
    otherRelay.subscribe({ name: 'all', types: ['*'], handle: async (event) => void seen.push(event) });
    for (let i = 0; i < 10; i++) await happen(`race-${i}`);
    await Promise.all([relay.drain(), otherRelay.drain()]);
    expect(seen.map((event) => event.subjectId).toSorted()).toEqual(
      Array.from({ length: 10 }, (_, i) => `race-${i}`).toSorted(),
    );
    await other.close();
  });

  it('delivers many events in few transactions, in their order', async () => {
    const begun = jest.spyOn(uow, 'run');
    await uow.run(() => outbox.addAll(many('many', 60)));
    begun.mockClear();
    await relay.drain();
    expect(begun).toHaveBeenCalledTimes(3);
    begun.mockRestore();
    expect(seen.map((event) => event.subjectId)).toEqual(subjectsOf('many', 60));
    expect(flaky.handled).toEqual(subjectsOf('many', 60));
  });

  it('lets one event that cannot be handled hold up none of those beside it, and hands in none twice', async () => {
    await uow.run(() => outbox.addAll(many('beside', 30)));
    const effects = (): Promise<{ subscriber: string }[]> =>
      uow.manager.query("SELECT subscriber FROM event_delivery WHERE subscriber = 'flaky'");
    const before = (await effects()).length;
    flaky.poison = 'beside-07';
    await relay.drain();
    expect(new Set(flaky.handled)).toEqual(new Set(subjectsOf('beside', 30).filter((id) => id !== flaky.poison)));
    expect(await effects()).toHaveLength(before + 29);
    flaky.poison = '';
    flaky.handled.length = 0;
    seen.length = 0;
    database.clock.advance(5_000);
    await relay.drain();
    expect(flaky.handled).toEqual(['beside-07']);
    expect(seen).toEqual([]);
    expect(await effects()).toHaveLength(before + 30);
  });

  it('goes on with an event that another process left half delivered', async () => {
    await uow.run(() => outbox.addAll(many('half', 5)));
    const [first] = await uow.manager.query("SELECT id FROM outbox_event WHERE subject_id = 'half-00'");
    await database.opened.writer.query(
      `INSERT INTO event_delivery (event_id, subscriber, at) VALUES ('${first.id}', 'all', 1)`,
    );
    await relay.drain();
    expect(seen.map((event) => event.subjectId).toSorted()).not.toContain('half-00');
    expect(new Set(seen.map((event) => event.subjectId)).size).toBe(4);
    expect(new Set(flaky.handled)).toEqual(new Set(subjectsOf('half', 5)));
  });

  it('runs a job when it is due, and drops one whose transaction failed', async () => {
    await jobs.enqueue({ name: 'test.job', payload: { n: 1 }, runAt: database.clock.now() + 1000 });
    await uow
      .run(async () => {
        await jobs.enqueue({ name: 'test.job', payload: { n: 2 } });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await jobs.runDue();
    expect(ran).toEqual([]);
    database.clock.advance(1000);
    await jobs.runDue();
    await jobs.runDue();
    expect(ran).toEqual([1]);
  });

  it('keeps one waiting job of a key, the last one enqueued', async () => {
    await jobs.enqueue({ name: 'test.job', payload: { n: 3 }, key: 'k', runAt: database.clock.now() + 1000 });
    await jobs.enqueue({ name: 'test.job', payload: { n: 4 }, key: 'k', runAt: database.clock.now() + 2000 });
    database.clock.advance(1500);
    await jobs.runDue();
    expect(ran).toEqual([]);
    database.clock.advance(1500);
    await jobs.runDue();
    expect(ran).toEqual([4]);
    await jobs.enqueue({ name: 'test.job', payload: { n: 5 }, key: 'k' });
    await jobs.runDue();
    expect(ran).toEqual([4, 5]);
  });

  it('tries a failed job again later', async () => {
    jobFailures = 1;
    await jobs.enqueue({ name: 'test.job', payload: { n: 6 } });
    await jobs.runDue();
    expect(ran).toEqual([]);
    database.clock.advance(10_000);
    await jobs.runDue();
    expect(ran).toEqual([6]);
  });

  it('keeps settings', async () => {
    const settings = module.get(Settings);
    expect(await settings.get('organisation.name')).toBeUndefined();
    await settings.set('organisation.name', '示例市某局');
    await settings.set('organisation.name', '示例市安全监管局');
    expect(await settings.get('organisation.name')).toBe('示例市安全监管局');
  });
});
