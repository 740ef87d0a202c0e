import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { Rooms } from '@xuekao/rooms';
import { http, TestClient, until } from './server/player.js';
import { hostUnit, portOf, startTestServer, testEntities, versionId } from './server/test-server.js';

onEveryDatabase('the pre-flight', testEntities, (database) => {
  let app: NestFastifyApplication;
  let port: number;
  beforeAll(async () => {
    app = await startTestServer({ file: database.file, url: database.url });
    port = portOf(app);
  });
  afterAll(() => app.close());

  const start = (body: object, who = 'host:1') => http(port, 'POST', '/live/preflight', who, body);
  const look = (id: unknown) => http(port, 'GET', `/live/preflight/${String(id)}`, 'host:1');
  const finished = async (id: unknown) => {
    await until(async () => !/waiting|running/.test(String((await look(id)).body.state)), 'the verdict', 40_000);
    return (await look(id)).body;
  };

  it('plays two questions with simulated phones and gives a verdict; nothing of its room is left', async () => {
    const started = await start({ phones: 40 });
    expect(started).toMatchObject({ status: 202, body: { phones: 40, figures: null, verdict: null } });
    const second = await start({ phones: 40 });
    expect(second).toMatchObject({ status: 409, body: { code: 'live.preflight.already' } });
    const { state, percent, figures, verdict } = await finished(started.body.id);
    expect({ state, percent }).toEqual({ state: 'done', percent: 100 });
    expect(figures).toMatchObject({ phones: 40, failed: 0, unanswered: 0 });
    const { reachP50, reachP99, ackP50, ackP99 } = figures as unknown as Record<string, number>;
    expect(reachP50).toBeGreaterThan(0);
    expect(reachP99).toBeGreaterThanOrEqual(reachP50!);
    expect(ackP50).toBeGreaterThan(0);
    expect(ackP99).toBeGreaterThanOrEqual(ackP50!);
    expect((verdict as unknown as { sentences: string[] }).sentences[0]).toContain('40 部手机');
    expect(await app.get(Rooms, { strict: false }).roomIds()).toEqual([]);
    expect((await look(started.body.id)).body).not.toHaveProperty('roomId');
  });

  it('lets nobody in with a ticket of its own making, nor anybody start it without the right', async () => {
    await expect(TestClient.connect(port, { preflight: 'x'.repeat(24) })).rejects.toThrow('auth.required');
    expect((await start({ phones: 40 }, 'member:1')).status).toBe(403);
    expect((await start({ phones: 5 })).body).toMatchObject({ code: 'request.invalid' });
    expect((await look('01910000-0000-7000-8000-000000000009')).status).toBe(404);
  });

  it('stays away from rooms in use unless it is forced', async () => {
    const set = { unitId: hostUnit, title: '十九大精神', versionIds: [versionId(1)] };
    const { id: setId } = (await http(port, 'POST', '/live/question-sets', 'host:1', set)).body;
    const { id } = (await http(port, 'POST', '/live/rooms', 'host:1', { setId, unitId: hostUnit, title: '竞赛' })).body;
    const host = await TestClient.connect(port, { token: 'host:1' });
    await host.act(String(id), { type: 'take-baton' });
    const refused = await start({ phones: 10 });
    expect(refused).toMatchObject({ status: 409, body: { code: 'live.preflight.rooms-in-use', facts: { rooms: 1 } } });
    const forced = await start({ phones: 10, force: true });
    expect(await finished(forced.body.id)).toMatchObject({ state: 'done', figures: { phones: 10, failed: 0 } });
    expect(await app.get(Rooms, { strict: false }).roomIds()).toEqual([id]);
    const { items } = (await http(port, 'GET', '/live/preflight', 'host:1')).body as { items: { phones: number }[] };
    expect(items.map(({ phones }) => phones)).toEqual([10, 40]);
    expect((await look((items[1] as unknown as { id: string }).id)).body).toMatchObject({ state: 'done', phones: 40 });
    host.close();
    await app.get(UnitOfWork).run(() => app.get(Rooms, { strict: false }).erase(String(id)));
  });
});
