import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@xuekao/kernel';
import type {
  QuizChoice,
  RoomReceipt,
  StageAct,
  StageHostAct,
  StageRole,
  StageScene,
  StageView,
} from '@xuekao/contracts';
import { onEveryDatabase } from '@xuekao/database/testing';
import { needsOf, shippedSheets } from '../src/core/stage/index.js';
import { http, TestClient, until } from './server/player.js';
import {
  hostUnit,
  memberId,
  otherTypes,
  portOf,
  startTestServer,
  testEntities,
  versionId,
} from './server/test-server.js';

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

type Seat = StageRole | 'other';
type Contest = { readonly id: string; readonly code: string };
const judgeAccount = '01910000-0000-7000-8400-000000000007';

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

  /** The usual evening with a judge: every role's frames, views and ways back are searched after each act. */
  it('holds nothing of a stage question before its time, for contestants, audience, officials and screen', async () => {
    const { classic } = shippedSheets;
    const piles = needsOf(classic!, 2).map(({ round, pile, questions }, at) => {
      return {
        round,
        pile,
        versionIds: Array.from({ length: questions }, (_, index) => versionId(at * 20 + index + 1)),
      };
    });
    const teams = [1, 2].map((team) => {
      return { name: `第${team}队`, members: [{ memberId: memberId(team * 10), role: 'captain' }] };
    });
    const body = { unitId: hostUnit, title: '竞赛', sheetId: 'classic', teams, piles, judges: [judgeAccount] };
    const { id: roomId, code } = (await http(port, 'POST', '/live/stages', 'host:1', body)).body as Contest;
    const token = String((await http(port, 'POST', `/live/stages/${roomId}/screens`, 'host:1')).body.token);
    const people = { host: 'host:1', judge: 'member:7', team: 'member:10', audience: 'member:1' } as const;
    const connected = Object.entries({ ...people, other: 'member:20' }).map(
      async ([who, one]) => [who, await TestClient.connect(port, { token: one })] as const,
    );
    const screen = await TestClient.connect(port, { screen: token });
    const clients = { ...Object.fromEntries(await Promise.all(connected)), screen } as Record<Seat, TestClient>;
    for (const who of ['team', 'other', 'audience'] as const) await clients[who].got('stage:join', { code });
    for (const role of ['host', 'judge', 'screen'] as const) await clients[role].got('stage:watch', { roomId, role });

    const shown = new Set<string>();
    const revealed = new Set<string>();
    const phases = new Set<string>();
    let scene: StageScene;
    let seq = 0;
    /** Of the last reveal. */
    let since = 0;
    const look = async (): Promise<void> => {
      const seen = (await http(port, 'GET', `/live/stages/${roomId}/view?role=host`, 'host:1')).body;
      ({ scene } = seen.view as StageView);
      seq = Number(seen.seq);
    };
    /** All that a role was sent or may ask for, also when it comes back. */
    const told = async (who: Seat): Promise<string> => {
      const role = who === 'other' ? 'team' : who;
      const back = await clients[who].got('stage:resume', { roomId, role, lastSeq: since });
      const asked = who in people ? people[who as keyof typeof people] : null;
      const view = asked && (await http(port, 'GET', `/live/stages/${roomId}/view?role=${role}`, asked)).text;
      return JSON.stringify([clients[who].frames, clients[who].others, back, view]);
    };
    const search = async (): Promise<void> => {
      await look();
      const current = scene.question?.stem.replace('题干 ', '') ?? null;
      if (current !== null) shown.add(current);
      phases.add(scene.phase);
      if (scene.phase === 'revealed') revealed.add(current!);
      const isClosed = ['judging', 'judged', 'revealed'].includes(scene.phase);
      for (const who of Object.keys(clients) as Seat[]) {
        const text = await told(who);
        const isOfficial = who === 'host' || who === 'judge';
        for (const [, found] of text.matchAll(/EXPLANATION ([\w-]+)/g)) {
          const isOpen = revealed.has(found!) || (isOfficial && isClosed && found === current);
          expect([who, scene.phase, found, isOpen]).toEqual([who, scene.phase, found, true]);
        }
        for (const [, found] of text.matchAll(/题干 ([\w-]+)/g))
          expect([who, [...shown]]).toEqual([who, expect.arrayContaining([found])]);
        const mayHoldKey = scene.phase === 'revealed' || (isOfficial && isClosed);
        if (!mayHoldKey) expect([who, text.match(/\\*"key\\*":\{/)]).toEqual([who, null]);
        const isAnswering = ['question', 'answering', 'buzzing'].includes(scene.phase);
        if (isAnswering && who !== 'team') expect(text).not.toMatch(/\\*"choice\\*":\{/);
      }
    };
    const act = async (who: Seat, role: StageRole, given: StageAct): Promise<void> => {
      await clients[who].got('stage:act', { commandId: newId(), roomId, role, console: 'c1', act: given });
      await search();
    };
    const host = (given: StageHostAct): Promise<void> => act('host', 'host', given);
    const next = async (times = 1): Promise<void> => {
      for (let count = 0; count < times; count++) await host({ type: 'next' });
    };
    /** From the reveal on all is public: what was sent so far is set aside. */
    const reveal = async (): Promise<void> => {
      await next();
      expect(scene.phase).toBe('revealed');
      since = seq;
      for (const client of Object.values(clients)) client.forget();
    };
    const press = async (who: 'team' | 'other'): Promise<void> => {
      await next();
      await until(async () => (await look(), Date.now() > (scene.clock?.from ?? Infinity)), 'the opening');
      await clients[who].got('room:buzz', { commandId: newId(), roomId, buzz: scene.buzz!.number });
      await until(async () => (await look(), scene.phase === 'answering'), 'the decision');
      await search();
    };
    const team = async (given: (item: number) => StageAct): Promise<void> =>
      act('team', 'team', given(scene.question!.item));

    await search();
    // 个人必答: drafts of one team.
    await next(3);
    await team((item) => ({ type: 'answer', item, choice: { options: [1] } }));
    await team((item) => ({ type: 'finish', item }));
    await reveal();
    // 抢答 and 补答, nobody is right, and the audience is asked.
    await host({ type: 'go-round', round: 2, reason: '从抢答开始' });
    await next();
    await press('team');
    await host({ type: 'finish', team: 1 });
    await act('judge', 'judge', { type: 'judge', team: 1, verdict: 'wrong' });
    await press('other');
    await act('judge', 'judge', { type: 'judge', team: 2, verdict: 'none' });
    await next();
    expect(scene!.phase).toBe('audience');
    await act('audience', 'audience', { type: 'answer', item: scene!.question!.item, choice: { options: [0] } });
    await next();
    await reveal();
    // 风险题 with a chance to rescue that nobody takes.
    await host({ type: 'go-round', round: 3, reason: '从风险开始' });
    await next();
    await host({ type: 'choose', choice: 0 });
    await next();
    await host({ type: 'judge', team: scene!.floor!.active[0]!, verdict: 'wrong' });
    await next(2);
    await reveal();
    const played = ['answering', 'audience', 'choosing', 'judged', 'judging', 'question', 'revealed'];
    expect([...phases]).toEqual(expect.arrayContaining(played));
    for (const client of Object.values(clients)) client.close();
  });
});
