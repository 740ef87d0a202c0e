import type { TestingModule } from '@nestjs/testing';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { EventRelay, Outbox, platformEntities, runAs } from '@xuekao/platform';
import type { Actor, NewEvent } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import { auditEntities, AuditJobsModule, AuditService } from '@xuekao/audit';
import { AuditStore } from '../src/audit.store.js';

const zhang: Actor = { accountId: newId(), memberId: newId(), name: '张三', mustChangePassword: false };

onEveryDatabase('the audit log', [...platformEntities, ...auditEntities], (database) => {
  let module: TestingModule;
  let audit: AuditService;
  let relay: EventRelay;

  beforeAll(async () => {
    module = await platformTestingModule(database, { imports: [AuditJobsModule] });
    await module.init();
    audit = module.get(AuditService);
    relay = module.get(EventRelay);
  });
  afterAll(() => module.close());
  beforeEach(async () => {
    // The rows are changed behind the relay's back, so it must have come to rest.
    await relay.drain();
    for (const table of ['audit_record', 'audit_head', 'event_delivery', 'outbox_event']) {
      await database.opened.writer.query(`DELETE FROM ${table}`);
    }
  });

  const happen = (over: Partial<NewEvent> = {}, actor: Actor | null = zhang): Promise<void> =>
    runAs(actor, () =>
      module.get(UnitOfWork).run(() =>
        module.get(Outbox).add({
          type: 'exam.published',
          subjectType: 'exam',
          subjectId: 'exam-1',
          payload: { title: '十一月测试', key: 'ABCD' },
          ...over,
        }),
      ),
    );
  const happened = async (count: number): Promise<void> => {
    for (let i = 1; i <= count; i++) await happen({ subjectId: `exam-${i}` });
    await relay.drain();
  };
  const list = (query: object = {}) => audit.list({ limit: 50, ...query });
  const change = (sql: string): Promise<unknown> => database.opened.writer.query(sql);

  it('keeps one record of each event, without what must not be told', async () => {
    await happen({ reason: '按计划' });
    await relay.drain();
    await relay.drain();
    const { items, total } = await list();
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      number: 1,
      actorName: '张三',
      actorMemberId: zhang.memberId,
      type: 'exam.published',
      subjectId: 'exam-1',
      result: 'done',
      reason: '按计划',
      facts: { title: '十一月测试' },
      at: database.clock.now(),
    });
  });

  it('records a refused sign-in, which has no actor', async () => {
    await happen({ type: 'auth.sign-in.refused', payload: { reason: 'wrong-password', loginName: 'li' } }, null);
    await relay.drain();
    expect((await list({ result: 'refused' })).items).toMatchObject([
      { actorAccountId: null, facts: { reason: 'wrong-password' } },
    ]);
  });

  it('numbers without gaps or twins when two workers project at once', async () => {
    const others = await Promise.all(
      [1, 2].map(async () => {
        const other = await platformTestingModule(database, { imports: [AuditJobsModule] });
        await other.init();
        return other;
      }),
    );
    for (let i = 0; i < 30; i++) await happen({ subjectId: `race-${i}` });
    for (let tries = 0; tries < 5; tries++) {
      await Promise.all([relay, ...others.map((other) => other.get(EventRelay))].map((each) => each.drain()));
      database.clock.advance(60_000);
    }
    const { items, total } = await list();
    expect(total).toBe(30);
    expect(items.map((row) => row.number).toReversed()).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(new Set(items.map((row) => row.subjectId)).size).toBe(30);
    expect(await audit.verifyAudit()).toMatchObject({ kind: 'whole', head: { number: 30 } });
    for (const other of others) await other.close();
  });

  it('appends an event once, however often it is handed in', async () => {
    await happened(1);
    const store = module.get(AuditStore);
    const [record] = (await list()).items;
    expect(await database.uow.run(() => store.append(record!))).toBe(false);
    expect((await list()).total).toBe(1);
  });

  it('leaves no gap behind a failed transaction', async () => {
    await happened(1);
    const store = module.get(AuditStore);
    const [record] = (await list()).items;
    await database.uow
      .run(async () => {
        await store.append({ ...record!, eventId: newId() });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await happened(1);
    expect((await list()).items.map((row) => row.number)).toEqual([2, 1]);
    expect((await audit.verifyAudit()).kind).toBe('whole');
  });

  it('finds by actor, type, subject, day, result and words, page by page', async () => {
    await happened(3);
    await happen({ type: 'session.published', subjectType: 'session', subjectId: 's-1' }, null);
    await relay.drain();
    expect((await list({ actor: zhang.memberId })).total).toBe(3);
    expect((await list({ actor: zhang.accountId })).total).toBe(3);
    expect((await list({ type: 'exam' })).total).toBe(3);
    expect((await list({ type: 'exam.published' })).total).toBe(3);
    expect((await list({ type: 'exam.pub' })).total).toBe(0);
    expect((await list({ subject: 's-1', subjectType: 'session' })).total).toBe(1);
    expect((await list({ q: '张' })).total).toBe(3);
    expect((await list({ q: 'session' })).total).toBe(1);
    expect((await list({ q: '%' })).total).toBe(0);
    expect(
      (await list({ from: '2017-11-22', to: '2017-11-22' })).total + (await list({ from: '2017-11-23' })).total,
    ).toBe(4);
    expect((await list({ to: '2017-11-21' })).total).toBe(0);
    const first = await list({ limit: 3 });
    const second = await list({ limit: 3, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((row) => row.number)).toEqual([4, 3, 2, 1]);
    expect(second.nextCursor).toBeNull();
  });

  it('refuses a reversed range and a day that does not exist', async () => {
    await expect(list({ from: '2017-11-02', to: '2017-11-01' })).rejects.toMatchObject({
      code: 'audit.range.reversed',
    });
    await expect(list({ from: '2017-02-30' })).rejects.toMatchObject({ code: 'audit.date.unreal' });
  });

  it.each([
    ['a changed row', "UPDATE audit_record SET actor_name = '李四' WHERE number = 3", 3, 'changed'],
    ['changed facts', `UPDATE audit_record SET facts = '{"title":"另一场"}' WHERE number = 2`, 2, 'changed'],
    ['a removed row', 'DELETE FROM audit_record WHERE number = 4', 4, 'removed'],
    ['a removed end', 'DELETE FROM audit_record WHERE number = 6', 6, 'removed'],
    ['everything removed', 'DELETE FROM audit_record', 1, 'removed'],
    ['a head set back', 'UPDATE audit_head SET number = 5', 6, 'unlinked'],
  ])('names %s', async (_, sql, number, fault) => {
    await happened(6);
    await change(sql);
    expect(await audit.verifyAudit()).toEqual({ kind: 'broken', number, fault });
  });

  it('names rows that were swapped', async () => {
    await happened(6);
    for (const [from, to] of [
      [2, 99],
      [5, 2],
      [99, 5],
    ]) {
      await change(`UPDATE audit_record SET number = ${to} WHERE number = ${from}`);
    }
    expect(await audit.verifyAudit()).toEqual({ kind: 'broken', number: 2, fault: 'swapped' });
  });

  it('exports JSON lines that verify elsewhere, and records the export', async () => {
    await happened(3);
    const lines: string[] = [];
    await runAs(zhang, async () => {
      for await (const line of await audit.exportLines({ type: 'exam' })) lines.push(line);
    });
    expect(lines.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual([1, 2, 3]);
    await relay.drain();
    expect((await list()).items[0]).toMatchObject({
      type: 'audit.exported',
      actorName: '张三',
      facts: { rows: 3, upTo: 3, type: 'exam' },
    });
  });

  it('has no method that changes or removes a record', () => {
    const methods = [AuditStore, AuditService].flatMap((type) => Object.getOwnPropertyNames(type.prototype));
    expect(methods.filter((name) => /update|delete|remove|clear|purge|set/i.test(name))).toEqual([]);
  });
});
