import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@xuekao/kernel';
import type { QuizChoice, RoomReceipt } from '@xuekao/contracts';
import { onEveryDatabase } from '@xuekao/database/testing';
import { http, TestClient, until } from './server/player.js';
import { hostUnit, otherTypes, portOf, startTestServer, testEntities, versionId } from './server/test-server.js';

const numbers = [
  otherTypes.material,
  otherTypes.multiple,
  otherTypes['true-false'],
  otherTypes.blank,
  otherTypes.ordering,
  otherTypes.matching,
];
const given: QuizChoice[] = [
  { options: [1] },
  { options: [0, 1] },
  { options: [1] },
  { blanks: ['MYGUESS'] },
  { order: [0, 1, 2] },
  { pairs: [1, 1] },
];

/** Everything that leaves the server, over every way and to every role, is searched for what must not be known yet. */
onEveryDatabase('what leaves the server', testEntities, (database) => {
  let app: NestFastifyApplication;
  let port: number;

  beforeAll(async () => {
    app = await startTestServer({ file: database.file, url: database.url });
    port = portOf(app);
  });
  afterAll(() => app.close());

  it('holds no key, no explanation, no later question and no one else’s answer before its time', async () => {
    const set = { unitId: hostUnit, title: '题组', versionIds: numbers.map(versionId) };
    const { id: setId } = (await http(port, 'POST', '/live/question-sets', 'host:1', set)).body;
    const options = { readingMs: 300, limitMs: 60_000, changeable: true, shuffleOptions: false };
    const body = { setId, unitId: hostUnit, title: '竞赛', options };
    const contest = (await http(port, 'POST', '/live/rooms', 'host:1', body)).body as { id: string; code: string };
    const path = `/live/rooms/${contest.id}`;
    const token = String((await http(port, 'POST', `${path}/screens`, 'host:1')).body.token);
    const [host, player, other] = await Promise.all(
      ['host:1', 'member:1', 'member:2'].map((one) => TestClient.connect(port, { token: one })),
    );
    const screen = await TestClient.connect(port, { screen: token });
    const clients = { host: host!, player: player!, other: other!, screen };
    const [host2, player2, other2] = await Promise.all(
      ['host:1', 'member:1', 'member:2'].map((one) => TestClient.connect(port, { token: one })),
    );
    const screen2 = await TestClient.connect(port, { screen: token });
    const returning = { host: host2!, player: player2!, other: other2!, screen: screen2 };
    await host!.got('room:watch', { roomId: contest.id });
    await screen.got('room:watch', { roomId: contest.id });
    for (const client of [player!, other!]) await client.join(contest.code);

    /** Moments since the last reveal at which somebody may have left. */
    let since: number[] = [];
    /** All that each role was sent or may ask for. */
    const seenBy = async (): Promise<Record<keyof typeof clients, string>> => {
      const asHost = [
        '/view?role=host',
        '/seats',
        '/seats?show=flagged',
        '/waiting',
        '/replay',
        '/results',
        '/log',
        '',
      ];
      const asked = {
        host: await Promise.all(asHost.map((what) => http(port, 'GET', `${path}${what}`, 'host:1'))),
        player: await Promise.all(
          [`${path}/view`, `/live/join/${contest.code}`].map((what) => http(port, 'GET', what, 'member:1')),
        ),
        other: [await http(port, 'GET', `${path}/view`, 'member:2')],
        screen: [],
      };
      const looks = {
        host: await host!.got('room:watch', { roomId: contest.id }),
        player: await player!.got('room:resume', { roomId: contest.id, role: 'player', lastSeq: 0 }),
        other: await other!.got('room:resume', { roomId: contest.id, role: 'player', lastSeq: 0 }),
        screen: await screen.got('room:watch', { roomId: contest.id }),
      };
      // What those get who come back after any absence since the last reveal.
      const roles = { host: 'host', player: 'player', other: 'player', screen: 'screen' } as const;
      const back: Record<string, unknown[]> = { host: [], player: [], other: [], screen: [] };
      for (const role of Object.keys(roles) as (keyof typeof roles)[]) {
        for (const lastSeq of since) {
          const asked = { roomId: contest.id, role: roles[role], lastSeq };
          back[role]!.push(await returning[role].got('room:resume', asked));
        }
      }
      const told = (role: keyof typeof clients): string =>
        JSON.stringify([
          clients[role].frames,
          clients[role].others,
          looks[role],
          back[role],
          asked[role].map(({ text }) => text),
        ]);
      return { host: told('host'), player: told('player'), other: told('other'), screen: told('screen') };
    };

    for (const [question, number] of numbers.entries()) {
      const { seq: opened } = (await host!.act(contest.id, { type: 'open' })) as RoomReceipt;
      since = [opened - 1];
      await new Promise((resolve) => setTimeout(resolve, 320));
      const answer = { commandId: newId(), roomId: contest.id, question, choice: given[question]! };
      await player!.got('room:answer', answer);
      for (const act of ['pause', 'resume', 'lock'] as const) {
        const { seq } = (await host!.act(contest.id, { type: act })) as RoomReceipt;
        const texts = Object.entries(await seenBy());
        since = [opened - 1, seq];
        for (const [role, text] of texts) {
          for (const later of numbers.slice(question)) expect(text).not.toContain(`EXPLANATION ${versionId(later)}`);
          for (const later of numbers.slice(question + 1)) expect(text).not.toContain(`题干 ${versionId(later)}`);
          if (question <= 3) expect(text).not.toContain('SECRETKEY');
          if (question === 3 && role !== 'player') expect(text).not.toContain('MYGUESS');
          const revealed = text.match(/"type":"revealed"/g)?.length ?? 0;
          expect(revealed).toBeLessThanOrEqual(question);
          if (role !== 'player') expect(text).not.toMatch(/"(order|pairs)":\[/);
        }
      }
      await host!.act(contest.id, { type: 'reveal' });
      await until(() => JSON.stringify(screen.frames).includes(`EXPLANATION ${versionId(number)}`), 'the reveal');
      // From here on the key is public: frames of this question are set aside.
      for (const client of Object.values(clients)) client.forget();
    }
    for (const client of [...Object.values(clients), ...Object.values(returning)]) client.close();
  });
});
