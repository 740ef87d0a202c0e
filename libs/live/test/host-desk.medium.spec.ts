import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import ExcelJS from 'exceljs';
import { newId } from '@xuekao/kernel';
import type { LiveJoined, QuizChoice, QuizHostAct, QuizView } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { LiveStore } from '@xuekao/live';
import { Rooms, roomsEntities } from '@xuekao/rooms';
import type { LogRow } from '@xuekao/rooms';
import { OutboxEventRow } from '@xuekao/platform';
import { finalBoard } from '../src/contest-results.js';
import { replayOf } from '../src/replay.service.js';
import { http, TestClient, until } from './server/player.js';
import {
  branchUnit,
  hostUnit,
  memberId,
  otherTypes,
  portOf,
  startTestServer,
  testEntities,
  versionId,
} from './server/test-server.js';

onEveryDatabase("the host's desk", testEntities, (database) => {
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

  const connect = async (token: string): Promise<TestClient> => {
    const client = await TestClient.connect(port, { token });
    clients.push(client);
    return client;
  };
  const get = async (path: string, token = 'host:1') => http(port, 'GET', path, token);
  const created = async (path: string, body: object): Promise<{ id: string; code: string }> => {
    const reply = await http(port, 'POST', path, 'host:1', body);
    expect([reply.status, reply.body.code]).toEqual([201, reply.body.code]);
    return reply.body as unknown as { id: string; code: string };
  };
  const aContest = async (versions: readonly number[], options: object = {}, more: object = {}) => {
    const versionIds = versions.map(versionId);
    const { id: setId } = await created('/live/question-sets', { unitId: hostUnit, title: '题组', versionIds });
    const body = { setId, unitId: hostUnit, title: '知识竞赛', options: { readingMs: 300, ...options }, ...more };
    return created('/live/rooms', body);
  };
  const watching = async (roomId: string): Promise<TestClient> => {
    const host = await connect('host:1');
    await host.got('room:watch', { roomId });
    return host;
  };
  const opened = () => new Promise((resolve) => setTimeout(resolve, 320));
  const answer = (roomId: string, question: number, choice: QuizChoice) => ({
    commandId: newId(),
    roomId,
    question,
    choice,
  });
  const ended = (roomId: string) =>
    until(async () => (await get(`/live/rooms/${roomId}/results`)).status === 200, 'the results');
  const logOf = async (roomId: string): Promise<LogRow[]> => {
    const rows: LogRow[] = [];
    for await (const row of app.get(Rooms).rows(roomId)) rows.push(row);
    return rows;
  };
  const roomRows = async (roomId: string): Promise<number> => {
    const { manager } = app.get(UnitOfWork);
    const [room, ...ofRoom] = roomsEntities;
    const counts = await Promise.all([
      manager.countBy(room, { id: roomId }),
      ...ofRoom.map((entity) => manager.countBy<{ roomId: string }>(entity, { roomId })),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  };

  it('plays every objective type, replays it to the stored results, and exports seats and units', async () => {
    const types = [
      1,
      otherTypes.multiple,
      otherTypes['true-false'],
      otherTypes.blank,
      otherTypes.ordering,
      otherTypes.matching,
    ];
    const right: QuizChoice[] = [
      { options: [2] },
      { options: [2] },
      { options: [0] },
      { blanks: ['SECRETKEY'] },
      { order: [2, 0, 1] },
      { pairs: [2, 0] },
    ];
    const wrong: QuizChoice[] = [
      { options: [0] },
      { options: [0, 2] },
      { options: [1] },
      { blanks: ['?'] },
      { order: [0, 1, 2] },
      { pairs: [2, -1] },
    ];
    const contest = await aContest(types, { minUnitParticipants: 2 });
    const host = await watching(contest.id);
    const players = await Promise.all(['member:1', 'member:4', 'member:2', 'member:3'].map(connect));
    for (const player of players) await player.join(contest.code);
    for (const [question] of types.entries()) {
      await host.act(contest.id, { type: 'open' });
      await opened();
      const choices = [right, right, question < 3 ? right : wrong];
      await Promise.all(
        choices.map((choice, at) => players[at]!.got('room:answer', answer(contest.id, question, choice[question]!))),
      );
      await host.act(contest.id, { type: 'reveal' });
    }
    expect((await get(`/live/rooms/${contest.id}/replay`)).body.code).toBe('live.contest.not-over');
    await host.act(contest.id, { type: 'end' });
    await ended(contest.id);
    const { body } = await get(`/live/rooms/${contest.id}/results`);
    expect((body.items as { points: number; place: number }[]).map(({ points, place }) => [points, place])).toEqual([
      [6000, expect.any(Number)],
      [6000, expect.any(Number)],
      [3000, 3],
      [0, 4],
    ]);
    const unit = { roll: 50, unitName: expect.any(String), unitId: expect.any(String) };
    expect(body.units).toEqual([
      { ...unit, participants: 2, meanPoints: 6000, place: 1 },
      { ...unit, participants: 1, meanPoints: 3000, place: null },
      { ...unit, participants: 0, meanPoints: 0, place: null },
    ]);

    const store = app.get(LiveStore);
    const stored = finalBoard(await store.results(contest.id), await store.unitResults(contest.id), 10);
    const replay = await replayOf(contest.id, await logOf(contest.id));
    expect(JSON.stringify(replay.board)).toBe(JSON.stringify(stored));
    const told = (await get(`/live/rooms/${contest.id}/replay`)).body as unknown as typeof replay;
    expect(JSON.stringify(told.board)).toBe(JSON.stringify(stored));
    expect(told.view.phase).toBe('lobby');
    const shown = told.frames.flatMap((frame) => frame.events);
    expect(shown.filter((event) => event.type === 'revealed')).toHaveLength(types.length);
    const { seats, units } = shown.findLast((event) => event.type === 'podium-shown')!;
    expect(JSON.stringify({ seats, units })).toBe(JSON.stringify(stored));
    const counters = told.progress.map(({ seats: there, answered }) => [there, answered]);
    expect(counters.filter(([there]) => there === 4).length).toBeGreaterThan(types.length);
    expect(counters).toContainEqual([4, 3]);
    expect(counters.at(-1)).toEqual([4, 3]);
    expect(told.progress.map(({ at }) => at)).toEqual(told.progress.map(({ at }) => at).toSorted((a, b) => a - b));
    told.frames.forEach((frame, at) => expect(frame.after).toBe(told.frames[at - 1]?.seq ?? 1));
    expect(await get(`/live/rooms/${contest.id}/replay`, 'member:1')).toMatchObject({ status: 403 });
    expect((await get(`/live/rooms/${contest.id}/log/check`)).body).toEqual({
      whole: true,
      rows: (await logOf(contest.id)).length,
      at: null,
      fault: null,
    });

    const file = await fetch(`http://127.0.0.1:${port}/api/v1/live/rooms/${contest.id}/results.xlsx`, {
      headers: { authorization: 'Bearer host:1' },
    });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await file.arrayBuffer());
    const ids = workbook.getWorksheet('竞赛成绩')!.getColumn(8).values.slice(3);
    expect(ids.toSorted()).toEqual([1, 2, 3, 4].map(memberId));
    expect(workbook.getWorksheet('支部排名')!.rowCount).toBe(5);
  });

  it('refuses a set with a question that people must mark, or one too long for a hall', async () => {
    const body = { unitId: hostUnit, title: '题组', versionIds: [versionId(otherTypes['short-answer'])] };
    const reply = await http(port, 'POST', '/live/question-sets', 'host:1', body);
    expect([reply.status, reply.body.code, reply.body.detail]).toEqual([
      422,
      'live.set.unfit-questions',
      expect.stringContaining('简答题'),
    ]);
  });

  it('draws questions by lot, and refuses more than there are', async () => {
    const all = [1, 2, 3, 4, 5, 6, 7, 8];
    const contest = await aContest(all, {}, { draw: 3 });
    const [row] = await logOf(contest.id);
    const { events } = JSON.parse(row!.payload) as { events: { setup: { questions: { versionId: string }[] } }[] };
    const drawn = events[0]!.setup.questions.map((question) => question.versionId);
    expect([drawn.length, drawn.toSorted()]).toEqual([3, drawn]);
    const { setId } = (await get(`/live/rooms/${contest.id}`)).body;
    const tooMany = { setId, unitId: hostUnit, title: '多', draw: 9 };
    expect((await http(port, 'POST', '/live/rooms', 'host:1', tooMany)).body.code).toBe('live.set.too-few');
  });

  it('pages and searches the seats, tells who has not answered, and gives a person more time', async () => {
    const contest = await aContest([1, 2]);
    const host = await watching(contest.id);
    const players = await Promise.all([1, 2, 3, 4].map((number) => connect(`member:${number}`)));
    for (const player of players) await player.join(contest.code);
    await host.act(contest.id, { type: 'time-factor', seat: 2, percent: 150 });
    await until(() => JSON.stringify(players[1]!.others).includes('"time-factor"'), 'word of more time');
    expect(JSON.stringify(players[0]!.others)).not.toContain('time-factor');
    await host.act(contest.id, { type: 'open' });
    await opened();
    await players[0]!.got('room:answer', answer(contest.id, 0, { options: [2] }));
    const path = `/live/rooms/${contest.id}`;
    expect((await get(`${path}/seats?limit=2&q=党员`)).body).toMatchObject({ total: 4, next: 2 });
    expect((await get(`${path}/seats?limit=2&after=2`)).body).toMatchObject({ items: [{ seat: 3 }, { seat: 4 }] });
    expect((await get(`${path}/seats?show=waiting`)).body).toMatchObject({ total: 3 });
    expect((await get(`${path}/seats?show=extended`)).body).toMatchObject({ items: [{ seat: 2, timePercent: 150 }] });
    expect((await get(`${path}/waiting`)).body).toMatchObject({
      question: 0,
      units: [{ waiting: 1 }, { seats: 2, waiting: 1, names: ['党员4'] }, { waiting: 1 }],
    });
    for (const what of ['seats', 'waiting']) expect((await get(`${path}/${what}`, 'member:1')).status).toBe(403);
    const over = { type: 'time-factor', seat: 2, percent: 250 } as QuizHostAct;
    const command = { commandId: newId(), roomId: contest.id, console: 'console-1', act: over };
    expect(await host.refused('room:command', command)).toMatchObject({ code: 'live.seat.time-factor' });
  });

  it('clears a rehearsal, or all of a contest, with one act, and never a contest', async () => {
    const contest = await aContest([1, 2]);
    const rehearse = () => created(`/live/rooms/${contest.id}/rehearsals`, {});
    const [first, second, third] = [await rehearse(), await rehearse(), await rehearse()];
    const host = await watching(first.id);
    const player = await connect('member:1');
    expect((await player.join(first.code)).view.rehearsal).toBe(true);
    await host.act(first.id, { type: 'open' });
    await opened();
    await player.got('room:answer', answer(first.id, 0, { options: [2] }));
    const clear = (path: string) => http(port, 'DELETE', path, 'host:1');
    expect((await clear(`/live/rooms/${first.id}/rehearsal`)).body).toEqual({ cleared: 1 });
    await player.seen('ended');
    expect(await roomRows(first.id)).toBe(0);
    expect((await get(`/live/rooms/${first.id}`)).status).toBe(404);
    expect((await get(`/live/rooms/${contest.id}/rehearsals`)).body).toEqual({ rooms: 2, answers: 0 });
    expect((await clear(`/live/rooms/${contest.id}/rehearsals`)).body).toEqual({ cleared: 2 });
    expect([await roomRows(second.id), await roomRows(third.id)]).toEqual([0, 0]);
    expect((await clear(`/live/rooms/${contest.id}/rehearsal`)).body.code).toBe('live.rehearsal.not-one');
    expect(await roomRows(contest.id)).toBeGreaterThan(0);
    const { manager } = app.get(UnitOfWork);
    const events = await manager.findBy(OutboxEventRow, { type: 'live.rehearsals.cleared' });
    expect(events.map((event) => event.subjectId)).toEqual([first.id, contest.id]);
    expect((await clear(`/live/rooms/${contest.id}/rehearsals`)).body).toEqual({ cleared: 0 });
  });

  it('clears all rehearsals of a unit and of those below it, and says before how much goes', async () => {
    const contest = await aContest([1, 2]);
    await created(`/live/rooms/${contest.id}/rehearsals`, {});
    const alone = await aContest([1, 2], {}, { rehearsal: true });
    const below = await aContest([1, 2], {}, { rehearsal: true, unitId: branchUnit });
    const host = await watching(alone.id);
    const player = await connect('member:1');
    await player.join(alone.code);
    await host.act(alone.id, { type: 'open' });
    await opened();
    await player.got('room:answer', answer(alone.id, 0, { options: [2] }));
    const path = `/live/rehearsals?unitId=${hostUnit}`;
    const { items } = (await get('/live/rooms?limit=200')).body as { items: { id: string; rehearsals: number }[] };
    expect(items.find(({ id }) => id === contest.id)).toMatchObject({ rehearsals: 1 });
    expect((await get(path)).body).toEqual({ rooms: 3, answers: 1 });
    expect((await get(`/live/rehearsals?unitId=${branchUnit}`)).body).toEqual({ rooms: 1, answers: 0 });
    expect((await http(port, 'DELETE', `/live/rehearsals?unitId=${newId()}`, 'host:1')).status).toBe(404);
    expect((await http(port, 'DELETE', path, 'host:1')).body).toEqual({ cleared: 3 });
    expect((await get(path)).body).toEqual({ rooms: 0, answers: 0 });
    expect([await roomRows(alone.id), await roomRows(below.id)]).toEqual([0, 0]);
    expect(await roomRows(contest.id)).toBeGreaterThan(0);
  });

  it('lists contests by state, unit and whether they are rehearsals', async () => {
    const running = await aContest([1]);
    const over = await aContest([1]);
    const rehearsal = await aContest([1], {}, { rehearsal: true });
    const below = await aContest([1], {}, { unitId: branchUnit });
    const host = await watching(over.id);
    await host.act(over.id, { type: 'end' });
    await ended(over.id);
    const ids = async (query: string): Promise<unknown[]> => {
      const { items } = (await get(`/live/rooms?limit=200&${query}`)).body as { items: { id: string }[] };
      return items.map(({ id }) => id).filter((id) => [running.id, over.id, rehearsal.id, below.id].includes(id));
    };
    expect(await ids(`unitId=${hostUnit}`)).toEqual([below.id, rehearsal.id, over.id, running.id]);
    expect(await ids(`unitId=${branchUnit}`)).toEqual([below.id]);
    expect(await ids('state=over')).toEqual([over.id]);
    expect(await ids('state=running&isRehearsal=false')).toEqual([below.id, running.id]);
    expect(await ids('isRehearsal=true')).toEqual([rehearsal.id]);
    expect(await ids(`unitId=${newId()}`)).toEqual([]);
    expect((await get('/live/rooms?state=asleep')).body.code).toBe('request.invalid');
  });

  it('goes on by itself when the last console has gone, where the contest says so, and waits otherwise', async () => {
    const contest = await aContest([1, 2], { advanceUnattended: true });
    const host = await watching(contest.id);
    const player = await connect('member:1');
    await player.join(contest.code);
    host.close();
    const attended = async (): Promise<boolean | undefined> => {
      const reply = await get(`/live/rooms/${contest.id}/view?role=host`);
      return (reply.body.view as QuizView).host?.attended;
    };
    await until(async () => (await attended()) === false, 'the room to notice');
    const again = await watching(contest.id);
    await until(async () => (await attended()) === true, 'the console to be noticed');
    const { view } = await again.got<LiveJoined>('room:watch', { roomId: contest.id });
    expect(view.host).toMatchObject({ advances: false, autoAdvance: false });
    await again.act(contest.id, { type: 'auto-advance-on' });
    expect((await again.got<LiveJoined>('room:watch', { roomId: contest.id })).view.host!.advances).toBe(true);
  });
});
