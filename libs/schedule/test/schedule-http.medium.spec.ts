import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { platformEntities, PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import { AudienceDirectory } from '../src/audience-directory.js';
import type { RosterPerson } from '../src/core/index.js';
import { scheduleEntities, ScheduleHttpModule } from '../src/index.js';
import { aPerson, at } from './builders.js';
import { ScheduleTestModule } from './schedule-testing.js';

const branchId = newId();
const organiserId = newId();
const memberId = newId();

class Branch extends AudienceDirectory {
  async peopleOf(): Promise<readonly RosterPerson[]> {
    return [
      { ...aPerson(organiserId), unitId: branchId, departmentId: null },
      { ...aPerson(memberId), unitId: branchId, departmentId: null },
    ];
  }
  async branchesLedBy(): Promise<ReadonlySet<string>> {
    return new Set();
  }
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly id: string; readonly code: string };
}

onEveryDatabase('sessions over HTTP', [...platformEntities, ...scheduleEntities], (database) => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const access = new GrantedAccess();
    for (const permission of ['session.manage', 'session.read', 'org.write'] as const)
      access.grant(permission, branchId);
    const module = await platformTestingModule(database, {
      imports: [ScheduleTestModule.of(access, new Branch()), PlatformHttpModule, ScheduleHttpModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    setUpHttp(app);
    await app.init();
  });
  afterAll(() => app.close());

  async function send(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT',
    path: string,
    payload?: object,
    as = organiserId,
  ): Promise<Answer> {
    const headers = { 'x-member': as };
    const response = await app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.json() };
  }

  const lecture = {
    title: '六月专题党课',
    ownerUnitId: branchId,
    place: '三楼会议室',
    plannedStartAt: at('09:00'),
    plannedEndAt: at('11:00'),
    people: {
      host: { memberId: organiserId, name: '张明' },
      recorder: { name: '李华' },
      speaker: { name: '王教授', organisation: '示例市委党校', post: '教授' },
    },
    items: [{ type: 'party-lecture', title: '专题党课', topics: ['专题一'], minutes: 120 }],
  };

  it('runs a session from plan to sheet', async () => {
    database.clock.set(at('08:40'));
    const created = await send('POST', 'sessions', lecture);
    expect(created).toMatchObject({ status: 201, body: { state: 'draft', version: 1, missing: expect.any(Array) } });
    const path = `sessions/${created.body.id}`;
    expect(await send('PATCH', path, { place: '礼堂', version: 1 })).toMatchObject({
      body: { place: '礼堂', version: 2 },
    });
    expect(await send('POST', `${path}/publish`)).toMatchObject({ status: 200, body: { counts: { due: 2 } } });
    const shown = await send('GET', `${path}/check-in-code`);
    const checkIn = await send('POST', `${path}/check-in`, { code: shown.body.code }, memberId);
    expect(checkIn).toMatchObject({ status: 200, body: { mine: { status: 'present' } } });
    await send('PUT', `${path}/attendance`, {
      marks: [{ memberId: organiserId, status: 'leave', leaveReason: 'duty' }],
    });
    await send('PATCH', `${path}/record`, { startedAt: at('09:00'), endedAt: at('11:00'), discussion: '讨论' });
    expect(await send('POST', `${path}/close`)).toMatchObject({ status: 200, body: { state: 'closed' } });
    await send('POST', `${path}/signatures`, { as: 'host' });
    await send('POST', `${path}/signatures`, { as: 'recorder' });
    expect(await send('POST', `${path}/archive`)).toMatchObject({
      status: 200,
      body: { state: 'archived', missing: [] },
    });
    expect(await send('GET', 'my/study-hours?year=2017', undefined, memberId)).toMatchObject({ body: { total: 200 } });
    const sheet = await app.inject({ url: `/api/v1/${path}/attendance.xlsx`, headers: { 'x-member': organiserId } });
    expect(sheet.statusCode).toBe(200);
    expect(sheet.headers['content-disposition']).toContain(encodeURIComponent('六月专题党课'));
    expect(sheet.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('lists, shows the month and the member his own', async () => {
    expect(await send('GET', 'sessions?type=party-lecture&state=archived')).toMatchObject({ body: { total: 1 } });
    const month = await send('GET', 'sessions/calendar?month=2017-06');
    expect(month.body.items).toMatchObject([{ title: '六月专题党课', counts: { due: 2, present: 1, leave: 1 } }]);
    const mine = await send('GET', 'my/sessions', undefined, memberId);
    expect(mine.body.items).toMatchObject([{ place: '礼堂', mine: { status: 'present' } }]);
    expect(JSON.stringify(mine.body)).not.toContain('checkInSecret');
    expect(await send('GET', 'my/sessions', undefined, newId())).toMatchObject({ body: { items: [] } });
  });

  it('answers what it refuses with the code and the facts', async () => {
    const draft = await send('POST', 'sessions', lecture);
    const closing = await send('POST', `sessions/${draft.body.id}/close`);
    expect(closing).toMatchObject({ status: 409, body: { code: 'session.state', facts: { state: 'draft' } } });
    await send('POST', `sessions/${draft.body.id}/publish`);
    const incomplete = await send('POST', `sessions/${draft.body.id}/close`);
    expect(incomplete).toMatchObject({ status: 422, body: { code: 'session.record.incomplete' } });
    expect(incomplete.body.detail).toContain('实际开始时间');
    const wrong = await send('POST', 'sessions', { ...lecture, items: [{ type: 'party', title: '', minutes: -1 }] });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(await send('GET', `sessions/${newId()}`)).toMatchObject({ status: 404 });
    expect(await send('POST', 'sessions', { ...lecture, ownerUnitId: newId() })).toMatchObject({ status: 404 });
    expect(await send('POST', 'sessions', { ...lecture, secret: 1 })).toMatchObject({ status: 400 });
  });

  it('keeps the conversion table', async () => {
    const rule = {
      type: null,
      unit: 'minutes',
      amount: 45,
      hours: 100,
      step: 50,
      validFrom: '2018-01-01',
      source: '本单位规定',
    };
    expect(await send('POST', 'study-hours-rules', rule)).toMatchObject({ status: 201 });
    expect(await send('POST', 'study-hours-rules', { ...rule, validFrom: '2018-02-30' })).toMatchObject({
      status: 400,
    });
    expect((await send('GET', 'study-hours-rules')).body.items).toHaveLength(5);
  });
});
