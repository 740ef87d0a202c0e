import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@xuekao/kernel';
import type { LiveJoined, QuizCatchUp, QuizView, RoomReceipt } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow } from '@xuekao/platform';
import { LiveGateway, LiveStore } from '@xuekao/live';
import { http, TestClient, until } from './server/player.js';
import { hostUnit, memberId, portOf, startTestServer, testEntities, versionId } from './server/test-server.js';

interface Contest {
  readonly id: string;
  readonly code: string;
}

onEveryDatabase('a hall quiz', testEntities, (database) => {
  let app: NestFastifyApplication;
  let port: number;
  const clients: TestClient[] = [];

  beforeAll(async () => {
    app = await startTestServer({ file: database.file, url: database.url });
    port = portOf(app);
  });
  afterAll(() => app.close());
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const connect = async (auth: string | Record<string, string>): Promise<TestClient> => {
    const client = await TestClient.connect(port, typeof auth === 'string' ? { token: auth } : auth);
    clients.push(client);
    return client;
  };
  const aSet = async (): Promise<string> => {
    const set = { unitId: hostUnit, title: '十九大精神', versionIds: [versionId(1), versionId(2)] };
    return String((await http(port, 'POST', '/live/question-sets', 'host:1', set)).body.id);
  };
  const aContest = async (options: object = {}, more: object = {}): Promise<Contest> => {
    const body = {
      setId: await aSet(),
      unitId: hostUnit,
      title: '知识竞赛',
      options: { readingMs: 300, ...options },
      ...more,
    };
    const reply = await http(port, 'POST', '/live/rooms', 'host:1', body);
    expect(reply.status).toBe(201);
    return reply.body as unknown as Contest;
  };
  const aHost = async (contest: Contest): Promise<TestClient> => {
    const host = await connect('host:1');
    await host.got('room:watch', { roomId: contest.id });
    return host;
  };
  const answer = (contest: Contest, option: number, question = 0, commandId = newId()) => ({
    commandId,
    roomId: contest.id,
    question,
    choice: { options: [option] },
  });
  const opened = () => new Promise((resolve) => setTimeout(resolve, 320));

  it('goes from lobby to podium with results, event and export', async () => {
    const contest = await aContest();
    const host = await aHost(contest);
    const players = await Promise.all([1, 2, 3].map((number) => connect(`member:${number}`)));
    const joined = await Promise.all(players.map((player) => player.join(contest.code)));
    expect(joined.map(({ view }) => view.me?.name)).toEqual(['党员1', '党员2', '党员3']);
    await host.act(contest.id, { type: 'next' });
    await players[0]!.seen('question-opened');
    await opened();
    await Promise.all(players.map((player, index) => player.got('room:answer', answer(contest, index === 0 ? 0 : 2))));
    await players[0]!.seen('answers-locked');
    await host.act(contest.id, { type: 'reveal' });
    await until(() => players[1]!.others.some((other) => JSON.stringify(other).includes('"result"')), 'own result');
    const mine = players[1]!.others.find((other) => JSON.stringify(other).includes('"result"'));
    expect(mine).toMatchObject({
      message: { roomId: contest.id, news: { result: { correct: true, gained: 1000, points: 1000 } } },
    });
    for (const type of ['scoreboard', 'podium', 'end'] as const) await host.act(contest.id, { type });
    await players[2]!.seen('ended');
    await until(
      async () => (await http(port, 'GET', `/live/rooms/${contest.id}/results`, 'host:1')).status === 200,
      'results',
    );
    const results = await http(port, 'GET', `/live/rooms/${contest.id}/results`, 'host:1');
    expect(results.body.items).toMatchObject([
      { points: 1000, correct: 1, answered: 1 },
      { points: 1000, correct: 1, answered: 1 },
      { points: 0, correct: 0, answered: 1, place: 3, memberId: memberId(1), unitName: '第1支部' },
    ]);
    const uow = app.get(UnitOfWork);
    const [event] = await uow.manager.findBy(OutboxEventRow, { type: 'live.contest.ended', subjectId: contest.id });
    expect(event).toMatchObject({ unitId: hostUnit, payload: { seats: 3, answeredSeats: 3 } });
    const file = await http(port, 'GET', `/live/rooms/${contest.id}/results.xlsx`, 'host:1');
    expect([file.status, file.text.slice(0, 2)]).toEqual([200, 'PK']);
    const log = await http(port, 'GET', `/live/rooms/${contest.id}/log`, 'host:1');
    const rows = log.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number });
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
    const again = await http(port, 'GET', `/live/join/${contest.code}`, 'member:1');
    expect([again.status, again.body.code]).toEqual([404, 'live.code.unknown']);
  });

  it('gives one receipt for one answer over sockets, HTTP and several devices', async () => {
    const contest = await aContest({ lockWhenAllAnswered: false });
    const host = await aHost(contest);
    const phone = await connect('member:1');
    const tablet = await connect('member:1');
    const seats = await Promise.all([phone, tablet].map((device) => device.join(contest.code)));
    expect(new Set(seats.map(({ view }) => view.me?.seat)).size).toBe(1);
    await host.act(contest.id, { type: 'open' });
    await opened();
    const body = answer(contest, 2);
    const { roomId: _roomId, ...content } = body;
    const receipts = await Promise.all([
      phone.got<RoomReceipt>('room:answer', body),
      phone.got<RoomReceipt>('room:answer', body),
      tablet.got<RoomReceipt>('room:answer', body),
      http(port, 'POST', `/live/rooms/${contest.id}/answers`, 'member:1', content).then((reply) => reply.body),
    ]);
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(await tablet.refused('room:answer', answer(contest, 1))).toMatchObject({
      code: 'live.answer.already',
      status: 409,
    });
    const { view } = await host.got<LiveJoined>('room:watch', { roomId: contest.id });
    expect(view).toMatchObject({ seats: 1, answered: 1 });
  });

  it('gives returning phones and screens the few frames they missed, with what concerns them alone', async () => {
    const contest = await aContest();
    const host = await aHost(contest);
    const phone = await connect('member:1');
    const { seq } = await phone.join(contest.code);
    const token = await http(port, 'POST', `/live/rooms/${contest.id}/screens`, 'host:1');
    const screen = await connect({ screen: String(token.body.token) });
    const before = await screen.got<LiveJoined>('room:watch', { roomId: contest.id });
    expect(before.role).toBe('screen');
    phone.close();
    screen.close();
    await host.act(contest.id, { type: 'open' });
    const phoneAgain = await connect('member:1');
    const caughtUp = await phoneAgain.got<QuizCatchUp>('room:resume', {
      roomId: contest.id,
      role: 'player',
      lastSeq: seq,
    });
    expect(caughtUp).toMatchObject({
      kind: 'frames',
      frames: [{ events: [{ type: 'question-opened' }] }],
      untold: { seats: 1, answered: 0, me: { seat: 1, choice: null } },
    });
    const fresh = { roomId: contest.id, role: 'player', lastSeq: 0 };
    expect(await phoneAgain.got<QuizCatchUp>('room:resume', fresh)).toMatchObject({
      kind: 'view',
      view: { phase: 'question', me: { seat: 1 } },
    });
    const screenAgain = await connect({ screen: String(token.body.token) });
    const missed = await screenAgain.got<QuizCatchUp>('room:resume', {
      roomId: contest.id,
      role: 'screen',
      lastSeq: before.seq,
    });
    expect(missed).toMatchObject({ kind: 'frames', frames: [{ events: [{ type: 'question-opened' }] }] });
    const current = { roomId: contest.id, role: 'screen', lastSeq: missed.seq };
    expect(await screenAgain.got<QuizCatchUp>('room:resume', current)).toMatchObject({ kind: 'current' });
    await host.act(contest.id, { type: 'lock' });
    await screenAgain.seen('answers-locked');
    await phoneAgain.seen('answers-locked');
  });

  it('serves a phone without sockets by polling', async () => {
    const contest = await aContest();
    const host = await aHost(contest);
    const joined = await http(port, 'POST', '/live/rooms/join', 'member:5', { code: contest.code });
    expect(joined.body).toMatchObject({ roomId: contest.id, view: { phase: 'lobby', me: { seat: 1 } } });
    const path = `/live/rooms/${contest.id}/view`;
    const first = await http(port, 'GET', path, 'member:5');
    const tag = { 'if-none-match': first.headers.get('etag')! };
    expect((await http(port, 'GET', path, 'member:5', undefined, tag)).status).toBe(304);
    expect((await http(port, 'GET', `${path}?since=${String(first.body.seq)}`, 'member:5')).status).toBe(304);
    await host.act(contest.id, { type: 'open' });
    const later = await http(port, 'GET', path, 'member:5', undefined, tag);
    expect([later.status, (later.body.view as QuizView).phase]).toEqual([200, 'question']);
    expect((await http(port, 'GET', `${path}?role=host`, 'member:5')).status).toBe(404);
    expect((await http(port, 'GET', path, 'member:6')).body.code).toBe('live.seat.unknown');
  });

  it('never sends a key before the reveal, to whatever role', async () => {
    const contest = await aContest();
    const host = await aHost(contest);
    const screenToken = (await http(port, 'POST', `/live/rooms/${contest.id}/screens`, 'host:1')).body.token;
    const screen = await connect({ screen: String(screenToken) });
    await screen.got('room:watch', { roomId: contest.id });
    const player = await connect('member:1');
    await player.join(contest.code);
    await connect('member:2').then((other) => other.join(contest.code));
    await host.act(contest.id, { type: 'open' });
    await opened();
    await player.got('room:answer', answer(contest, 2));
    await host.act(contest.id, { type: 'lock' });
    await until(() => screen.others.length > 0, 'counters');
    const views = await Promise.all([
      player.got('room:resume', { roomId: contest.id, role: 'player', lastSeq: 0 }),
      host.got('room:watch', { roomId: contest.id }),
      screen.got('room:watch', { roomId: contest.id }),
    ]);
    for (const client of [host, screen, player]) {
      const sent = JSON.stringify([client.frames, client.others, views]);
      expect(sent).not.toContain('EXPLANATION');
      expect(sent).not.toMatch(/"(key|counts|correct)":(?!null)/);
      expect(sent).not.toContain(versionId(2));
    }
    expect((await http(port, 'GET', `/live/rooms/${contest.id}/log`, 'host:1')).body.code).toBe(
      'live.contest.not-over',
    );
    await host.act(contest.id, { type: 'reveal' });
    await screen.seen('revealed');
    expect(JSON.stringify(screen.frames)).toContain('EXPLANATION');
  });

  it('lets the host remove a player and take him back', async () => {
    const contest = await aContest();
    const host = await aHost(contest);
    const player = await connect('member:1');
    await player.join(contest.code);
    await host.act(contest.id, { type: 'kick', seat: 1 });
    await until(() => player.others.some((other) => JSON.stringify(other).includes('"kicked":true')), 'the kick');
    expect(await player.refused('room:join', { code: contest.code })).toMatchObject({ code: 'live.seat.kicked' });
    await host.act(contest.id, { type: 'unkick', seat: 1 });
    expect((await player.join(contest.code)).view.me).toMatchObject({ seat: 1, kicked: false });
  });

  it('tells hosts and screens who is online, one person once', async () => {
    const contest = await aContest();
    const host = await aHost(contest);
    for (const token of ['member:1', 'member:1', 'member:2'])
      await connect(token).then((client) => client.join(contest.code));
    const online = (): boolean =>
      host.others.some((other) => JSON.stringify(other).includes('"online":{"host":1,"player":2}'));
    await until(online, 'presence');
  });

  it('keeps a rehearsal out of the results', async () => {
    const contest = await aContest({}, { rehearsal: true });
    const host = await aHost(contest);
    const player = await connect('member:1');
    expect((await player.join(contest.code)).view.rehearsal).toBe(true);
    await host.act(contest.id, { type: 'end' });
    await until(async () => (await app.get(LiveStore).contest(contest.id))?.endedAt !== null, 'the end');
    expect(await app.get(LiveStore).results(contest.id)).toEqual([]);
    const events = await app.get(UnitOfWork).manager.findBy(OutboxEventRow, { subjectId: contest.id });
    expect(events.map((event) => event.type)).toEqual(['live.contest.created']);
  });

  it('hands the baton from console to console', async () => {
    const contest = await aContest();
    const host = await aHost(contest);
    const second = await aHost(contest);
    await host.act(contest.id, { type: 'open' });
    const other = { roomId: contest.id, console: 'console-2' };
    const lock = { ...other, commandId: newId(), act: { type: 'lock' } };
    expect(await second.refused('room:command', lock)).toMatchObject({ code: 'live.baton.elsewhere' });
    await second.got('room:command', { ...other, commandId: newId(), act: { type: 'take-baton' } });
    await second.got('room:command', { ...lock, commandId: newId() });
  });

  describe('every message', () => {
    const bodies = (roomId: string): Record<string, object> => ({
      'room:join': { code: '123456' },
      'room:watch': { roomId },
      'room:resume': { roomId, role: 'host', lastSeq: 0 },
      'room:answer': { commandId: newId(), roomId, question: 0, choice: { options: [0] } },
      'room:command': { commandId: newId(), roomId, console: 'c', act: { type: 'open' } },
      'time:sync': {},
    });
    const names = ['room:join', 'room:watch', 'room:resume', 'room:answer', 'room:command', 'time:sync'] as const;

    it('is in this list', () => {
      const prototype = LiveGateway.prototype as unknown as Record<string, object>;
      const messages = Object.getOwnPropertyNames(prototype)
        .map((name) => Reflect.getMetadata('message', prototype[name]!) as string | undefined)
        .filter((name) => name !== undefined);
      expect(messages.toSorted()).toEqual([...names].toSorted());
    });

    it.each(names)('%s refuses unknown fields with their path', async (name) => {
      const client = await connect(name === 'room:command' ? 'host:1' : 'member:1');
      const problem = await client.refused(name, { ...bodies(newId())[name], surprise: 1 });
      expect(problem).toMatchObject({ code: 'request.invalid', errors: [{ path: 'surprise' }] });
    });

    it.each(names.filter((name) => name !== 'time:sync'))('%s refuses an empty body', async (name) => {
      const client = await connect(name === 'room:command' ? 'host:1' : 'member:1');
      expect(await client.refused(name, {})).toMatchObject({ code: 'request.invalid' });
    });

    it.each([
      ['room:join', 'clerk:1', 'auth.members-only'],
      ['room:answer', 'clerk:1', 'auth.members-only'],
      ['room:command', 'member:1', 'auth.forbidden'],
      ['room:watch', 'member:1', 'resource.not-found'],
      ['room:resume', 'member:1', 'resource.not-found'],
    ] as const)('%s of %s is refused with %s', async (name, token, code) => {
      const contest = await aContest();
      const client = await connect(token);
      expect(await client.refused(name, bodies(contest.id)[name])).toMatchObject({ code });
    });

    it('refuses a screen everything but its own room', async () => {
      const contest = await aContest();
      const other = await aContest();
      const { token } = (await http(port, 'POST', `/live/rooms/${contest.id}/screens`, 'host:1')).body;
      const screen = await connect({ screen: String(token) });
      for (const name of ['room:join', 'room:answer', 'room:command'] as const) {
        expect(await screen.refused(name, bodies(contest.id)[name])).toMatchObject({ code: 'auth.required' });
      }
      for (const name of ['room:watch', 'room:resume'] as const) {
        expect(await screen.refused(name, bodies(other.id)[name])).toMatchObject({ code: 'live.screen.invalid' });
      }
    });
  });

  it('refuses a handshake without a valid token, with the problem in the error', async () => {
    for (const auth of [{}, { token: 'nonsense' }, { screen: 'a.b.c' }]) {
      await expect(TestClient.connect(port, auth as Record<string, string>)).rejects.toMatchObject({
        data: { status: 401, code: expect.stringMatching(/^(auth.required|live.screen.invalid)$/) },
      });
    }
  });

  it('slows down a socket that sends without end', async () => {
    const client = await connect('member:1');
    const replies = await Promise.all(Array.from({ length: 70 }, () => client.ask('time:sync', {})));
    const refused = replies.filter((reply) => !reply.ok);
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ problem: { code: 'request.rate-limited', status: 429 } });
  });

  it('lets nobody find a room by trying codes', async () => {
    const tries = Array.from({ length: 31 }, (_, index) => `/live/join/${100_000 + index}`);
    const codes = [];
    for (const path of tries) codes.push((await http(port, 'GET', path, 'member:77')).body.code);
    expect(new Set(codes.slice(0, 30))).toEqual(new Set(['live.code.unknown']));
    expect(codes[30]).toBe('request.rate-limited');
    const phone = await connect('member:77');
    expect(await phone.refused('room:join', { code: '123456' })).toMatchObject({ code: 'request.rate-limited' });
  });

  it('keeps question sets with the unit that hosts', async () => {
    const id = await aSet();
    expect((await http(port, 'GET', `/live/question-sets/${id}`, 'host:1')).body).toMatchObject({
      questions: 2,
      version: 1,
      items: [{ versionId: versionId(1), type: 'single' }, { versionId: versionId(2) }],
    });
    const edit = { title: '新题组', versionIds: [versionId(3)], version: 1 };
    expect((await http(port, 'PUT', `/live/question-sets/${id}`, 'host:1', edit)).body).toEqual({ id, version: 2 });
    expect((await http(port, 'PUT', `/live/question-sets/${id}`, 'host:1', edit)).body.code).toBe('resource.conflict');
    const unknown = { ...edit, version: 2, versionIds: [newId()] };
    expect((await http(port, 'PUT', `/live/question-sets/${id}`, 'host:1', unknown)).body).toMatchObject({
      code: 'live.set.unknown-questions',
    });
    const versionIds = [versionId(3), versionId(777), versionId(4), versionId(1777)];
    const withDrafts = { ...edit, version: 2, versionIds };
    expect((await http(port, 'PUT', `/live/question-sets/${id}`, 'host:1', withDrafts)).body).toMatchObject({
      code: 'live.set.unpublished-questions',
      facts: { places: [2, 4] },
    });
    expect((await http(port, 'GET', `/live/question-sets/${id}`, 'member:1')).status).toBe(403);
    expect((await http(port, 'GET', '/live/question-sets?q=新题', 'host:1')).body).toMatchObject({ total: 1 });
    expect((await http(port, 'DELETE', `/live/question-sets/${id}`, 'host:1')).status).toBe(204);
    const used = (await http(port, 'GET', '/live/rooms', 'host:1')).body.items as { setId: string }[];
    expect((await http(port, 'DELETE', `/live/question-sets/${used[0]!.setId}`, 'host:1')).body.code).toBe(
      'live.set.in-use',
    );
  });
});
