import type { TestingModule } from '@nestjs/testing';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { EventRelay, JobQueue, Outbox, platformEntities, runAs, Settings } from '@xuekao/platform';
import type { Actor, DomainEvent } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';

const actor: Actor = { accountId: 'account-1', memberId: 'member-1', name: '张三', mustChangePassword: false };

onEveryDatabase('the platform', [...platformEntities], (database) => {
  let module: TestingModule;
  let uow: UnitOfWork;
  let outbox: Outbox;
  let relay: EventRelay;
  let jobs: JobQueue;
  const seen: DomainEvent[] = [];
  const flaky = { failures: 0, handled: [] as string[] };
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
