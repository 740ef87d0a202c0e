import { eventually } from '../harness/eventually.js';
import { Client } from '../harness/client.js';
import { LiveSocket } from '../harness/live-socket.js';
import { appOf, scaledApps, scaledServers, startScaled } from '../harness/scaled-topology.js';
import type { ScaledTopology, ServerDatabase } from '../harness/scaled-topology.js';

interface Audited {
  readonly total: number;
}
interface Question {
  readonly publishedVersionId: string;
}

/** Without a server the suite is named as skipped. */
const servers: readonly ServerDatabase[] = scaledServers.length > 0 ? scaledServers : [{ name: 'no server', url: '' }];
const describeScaled = scaledServers.length > 0 ? describe : describe.skip;

describeScaled.each(servers)(
  'the processes of the scaled form on $name (needs MySQL or MariaDB, and Redis)',
  (server) => {
    let topology: ScaledTopology;
    beforeAll(async () => {
      topology = await startScaled(server);
    }, 300_000);
    afterAll(() => topology?.stop(), 60_000);

    const as = (who: string): Promise<Client> => Client.signIn(topology.url, who, topology.passwords.get(who)!);
    const refusedSignIns = async (auditor: Client): Promise<number> =>
      (await auditor.get<Audited>('/audit?type=auth&result=refused')).total;
    const fail = (): Promise<unknown> => Client.signIn(topology.url, 'member', 'not the password').catch(() => null);

    it('are healthy, each with its figures', async () => {
      for (const name of scaledApps) {
        const { url } = topology.apps[name];
        const health = await fetch(`${url}/health`);
        expect({ name, status: health.status, body: await health.json() }).toEqual({
          name,
          status: 200,
          body: { status: 'up', checks: { database: 'up', redis: 'up' } },
        });
        const figures = await (await fetch(`${url}/metrics`)).text();
        expect(figures).toContain('xuekao_outbox_waiting');
        expect(figures).toContain('process_cpu_user_seconds_total');
        if (name !== 'realtime') continue;
        for (const figure of [
          'xuekao_rooms',
          'xuekao_sockets',
          'xuekao_room_log_lag_seconds',
          'nodejs_eventloop_lag_p99',
        ]) {
          expect(figures).toContain(figure);
        }
        expect(figures).toContain('xuekao_room_ticks_dropped_total');
      }
    });

    it('lose no event while the worker is dead', async () => {
      const auditor = await as('auditor');
      const before = await refusedSignIns(auditor);
      const worker = topology.apps.worker.process;
      await worker.kill();
      await fail();
      expect(await refusedSignIns(auditor)).toBe(before);
      await worker.start();
      await eventually(async () => (await refusedSignIns(auditor)) > before, 20_000);
      expect(await auditor.get('/audit/verify')).toMatchObject({ isWhole: true });
    }, 60_000);

    it('record each event once with two workers', async () => {
      const second = await appOf('worker', topology.env);
      await second.process.start();
      const auditor = await as('auditor');
      const before = await refusedSignIns(auditor);
      for (let i = 0; i < 3; i++) await fail();
      await eventually(async () => (await refusedSignIns(auditor)) >= before + 3);
      expect(await auditor.get('/audit/verify')).toMatchObject({ isWhole: true });
      expect(await refusedSignIns(auditor)).toBe(before + 3);
      await second.process.stop();
    }, 60_000);

    it('let a second socket node serve a room that the first one owns', async () => {
      const second = await appOf('realtime', topology.env);
      await second.process.start();
      const committee = await as('committee');
      const room = await openRoom(committee);
      const host = await LiveSocket.connect(topology.apps.realtime.url, { token: committee.token });
      await host.watch(room.id);
      const phone = await LiveSocket.connect(second.url, { token: (await as('member')).token });
      expect((await phone.join(room.code)).view.phase).toBe('lobby');
      await host.act(room.id, 'take-baton');
      await host.act(room.id, 'next');
      await eventually(() => phone.frames.some((frame) => frame.events.some(({ type }) => type === 'question-opened')));
      host.close();
      phone.close();
      await second.process.stop();
    }, 60_000);

    it.each([
      ['api', 'REDIS_URL'],
      ['realtime', 'DATABASE_URL'],
      ['worker', 'REDIS_URL'],
    ] as const)('refuse to start: %s without %s, in one sentence', async (name, key) => {
      const { [key]: _absent, ...env } = topology.env;
      const { process } = await appOf(name, env);
      await expect(process.start()).rejects.toThrow(`${name} ended with 1`);
      expect(process.output.trim()).toBe(`xuekao: cannot start: ${name} needs ${key}; the standalone app runs without`);
    });

    it('refuse to start with a Redis that does not answer, in one sentence', async () => {
      const { process } = await appOf('worker', { ...topology.env, REDIS_URL: 'redis://127.0.0.1:1' });
      await expect(process.start()).rejects.toThrow('worker ended with 1');
      expect(process.output).toContain('xuekao: cannot start: Redis at 127.0.0.1:1 cannot be used: ECONNREFUSED\n');
    });

    it('end promptly when asked', async () => {
      for (const name of scaledApps) {
        const startedAt = Date.now();
        await topology.apps[name].process.stop();
        expect({ name, isPrompt: Date.now() - startedAt < 9000 }).toEqual({ name, isPrompt: true });
      }
      expect(topology.output()).not.toMatch(/unhandled/i);
    }, 60_000);
  },
);

async function openRoom(committee: Client): Promise<{ id: string; code: string }> {
  const { items } = await committee.get<{ items: Question[] }>('/questions?type=single&state=published&limit=2');
  const { roles } = await committee.get<{ roles: { unitId: string }[] }>('/auth/me');
  const { unitId } = roles[0]!;
  const versionIds = items.map(({ publishedVersionId }) => publishedVersionId);
  const set = await committee.post<{ id: string }>('/live/question-sets', { title: '两题', versionIds, unitId });
  return committee.post('/live/rooms', { setId: set.id, unitId, title: '两个节点' });
}
