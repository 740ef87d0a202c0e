import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@xuekao/kernel';
import type {
  RoomReceipt,
  StageCatchUp,
  StageHostAct,
  StageJoined,
  StageLedgerLine,
  StageNeed,
  StagePage,
  StageRole,
  StageTeamAct,
  StageView,
} from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import { LiveStore } from '@xuekao/live';
import { shippedSheets } from '../src/core/stage/index.js';
import { http, TestClient, until } from './server/player.js';
import { hostUnit, memberId, portOf, startTestServer, testEntities, versionId } from './server/test-server.js';

interface Stage {
  readonly id: string;
  readonly code: string;
}

const judgeAccount = '01910000-0000-7000-8400-000000000007';

onEveryDatabase('a stage contest', testEntities, (database) => {
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
    const client = await TestClient.connect(port, token.startsWith('screen:') ? { screen: token.slice(7) } : { token });
    clients.push(client);
    return client;
  };
  const aTeam = (number: number) => ({
    name: `第${number}队`,
    members: [
      { memberId: memberId(number * 10), role: 'captain' },
      { memberId: memberId(number * 10 + 1), role: 'member' },
      { memberId: memberId(number * 10 + 2), role: 'substitute' },
    ],
  });
  const needsFor = async (sheetId: string, teams: number): Promise<readonly StageNeed[]> => {
    const sheet = await http(port, 'GET', `/live/stage-sheets/${sheetId}`, 'host:1');
    const check = await http(port, 'POST', '/live/stage-sheets/check', 'host:1', { sheet: sheet.body.sheet, teams });
    expect(check.body.faults).toEqual([]);
    return check.body.needs as readonly StageNeed[];
  };
  const aStageBody = async (sheetId: string, teams = 2, more: object = {}) => {
    let next = 1;
    const piles = (await needsFor(sheetId, teams)).map(({ round, pile, questions }) => {
      return { round, pile, versionIds: [...Array(questions + 1)].map(() => versionId(next++)) };
    });
    const list = [...Array(teams).keys()].map((index) => aTeam(index + 1));
    const judges = [judgeAccount];
    return { unitId: hostUnit, title: '十九大精神知识竞赛', sheetId, teams: list, piles, judges, ...more };
  };
  const aStage = async (sheetId: string, teams = 2, more: object = {}): Promise<Stage> => {
    const reply = await http(port, 'POST', '/live/stages', 'host:1', await aStageBody(sheetId, teams, more));
    expect([reply.status, reply.text.slice(0, 300)]).toEqual([201, expect.any(String)]);
    return reply.body as unknown as Stage;
  };
  const aHost = async ({ id }: Stage): Promise<TestClient> => {
    const host = await connect('host:1');
    await host.got('stage:watch', { roomId: id, role: 'host' });
    return host;
  };
  const act = (
    client: TestClient,
    stage: Stage,
    role: StageRole,
    body: StageHostAct | StageTeamAct,
    commandId = newId(),
  ) => client.got<RoomReceipt>('stage:act', { commandId, roomId: stage.id, role, console: 'c1', act: body });
  const viewOf = async (stage: Stage, role: StageRole, token = 'host:1'): Promise<StageView> => {
    const reply = await http(port, 'GET', `/live/stages/${stage.id}/view?role=${role}`, token);
    expect(reply.status).toBe(200);
    return reply.body.view as StageView;
  };
  const next = async (host: TestClient, stage: Stage, times = 1): Promise<void> => {
    for (let count = 0; count < times; count++) await act(host, stage, 'host', { type: 'next' });
  };

  it('is played by all roles from the lobby to results, event and exports', async () => {
    const stage = await aStage('branch');
    const preview = await http(port, 'GET', `/live/join/${stage.code}`, 'member:10');
    expect(preview.body).toMatchObject({ roomId: stage.id, kind: 'stage' });
    const host = await aHost(stage);
    const judge = await connect('member:7');
    expect((await judge.got<StageJoined>('stage:watch', { roomId: stage.id, role: 'judge' })).role).toBe('judge');
    const teams = await Promise.all(['member:10', 'member:20'].map(connect));
    const joined = await Promise.all(teams.map((team) => team.got<StageJoined>('stage:join', { code: stage.code })));
    expect(joined.map(({ role, view }) => [role, view.me])).toMatchObject([
      ['team', { as: 'team', team: 1, role: 'captain' }],
      ['team', { as: 'team', team: 2 }],
    ]);
    const guest = await connect('member:1');
    const seated = await guest.got<StageJoined>('stage:join', { code: stage.code });
    expect([seated.role, seated.view.me, seated.view.staff]).toMatchObject([
      'audience',
      { as: 'audience', seat: 1 },
      null,
    ]);
    const found = (who: string, role: string, q = '') =>
      http(port, 'GET', `/live/stages/${stage.id}/audience?role=${role}&q=${encodeURIComponent(q)}&limit=5`, who);
    const listed = { seat: 1, name: '党员1', unitName: expect.any(String) as string, right: 0 };
    expect((await found('host:1', 'host', '党员1')).body).toEqual({ items: [listed], next: null, total: 1 });
    expect((await found('member:7', 'judge', '1')).body).toMatchObject({ total: 1 });
    expect((await found('host:1', 'host', '无此人')).body).toMatchObject({ items: [], total: 0 });
    expect((await found('member:1', 'judge')).body).toMatchObject({ code: 'resource.not-found' });
    const token = await http(port, 'POST', `/live/stages/${stage.id}/screens`, 'host:1');
    const screen = await connect(`screen:${String(token.body.token)}`);
    await screen.got('stage:watch', { roomId: stage.id, role: 'screen' });
    await next(host, stage, 3);
    await act(host, stage, 'host', { type: 'judge', team: 1, verdict: 'right' });
    await next(host, stage, 3);
    const view = await viewOf(stage, 'host');
    expect(view.scene).toMatchObject({
      phase: 'answering',
      floor: { active: [2] },
      teams: [{ score: 11_000 }, { score: 10_000 }],
    });
    await act(judge, stage, 'judge', { type: 'judge', team: 2, verdict: 'wrong' });
    await act(judge, stage, 'judge', { type: 'override', line: 2, verdict: 'right', reason: '复核' });
    expect((await viewOf(stage, 'host')).scene.teams.map(({ score }) => score)).toEqual([11_000, 11_000]);
    await act(host, stage, 'host', { type: 'undo', reason: '误操作' });
    await next(host, stage);
    await act(host, stage, 'host', { type: 'go-round', round: 1, reason: '从这里开始' });
    await next(host, stage, 2);
    await until(async () => (await viewOf(stage, 'host')).scene.buzz?.phase === 'open', 'the opening');
    await new Promise((resolve) => setTimeout(resolve, 600));
    const { scene } = await viewOf(stage, 'host');
    const press = { commandId: newId(), roomId: stage.id, buzz: scene.buzz!.number, pressedAt: Date.now() };
    await teams[1]!.got('room:buzz', press);
    await until(async () => (await viewOf(stage, 'host')).scene.floor?.active[0] === 2, 'the decision');
    const { item } = (await viewOf(stage, 'host')).scene.question!;
    await act(teams[1]!, stage, 'team', { type: 'answer', item, choice: { options: [2] } });
    await act(teams[1]!, stage, 'team', { type: 'finish', item });
    await next(host, stage);
    expect((await viewOf(stage, 'host')).scene.reveal).toMatchObject({ key: { options: [2] }, boards: [{ team: 2 }] });
    await until(() => JSON.stringify(screen.frames).includes('"reveal":{'), 'the reveal on the screen');
    for (const type of ['standings', 'podium', 'end'] as const) await act(host, stage, 'host', { type });
    await until(async () => (await app.get(LiveStore).contest(stage.id))?.endedAt !== null, 'the end');
    const results = await http(port, 'GET', `/live/stages/${stage.id}/results`, 'host:1');
    expect(results.body.items).toMatchObject([
      { team: 1, score: 11_000, place: 1, right: 1, members: ['党员10', '党员11'] },
      { team: 2, score: 11_000, place: 1, right: 1, wrong: 1 },
    ]);
    expect(await app.get(LiveStore).results(stage.id)).toMatchObject([
      { memberId: memberId(10), points: 11_000, place: 1, unitName: '第1支部' },
      { memberId: memberId(11) },
      { memberId: memberId(20) },
      { memberId: memberId(21) },
    ]);
    const ended = { type: 'live.contest.ended', subjectId: stage.id };
    const [event] = await app.get(UnitOfWork).manager.findBy(OutboxEventRow, ended);
    expect(event).toMatchObject({ unitId: hostUnit, payload: { seats: 4 } });
    const file = await http(port, 'GET', `/live/stages/${stage.id}/results.xlsx`, 'host:1');
    expect([file.status, file.text.slice(0, 2)]).toEqual([200, 'PK']);
    const replay = await http(port, 'GET', `/live/stages/${stage.id}/replay`, 'host:1');
    expect(replay.body).toMatchObject({ view: { scene: { phase: 'lobby' } }, title: '十九大精神知识竞赛' });
    expect(JSON.stringify(replay.body.frames)).toContain('"phase":"podium"');
    const log = await http(port, 'GET', `/live/stages/${stage.id}/log`, 'host:1');
    expect(log.text.split('\n').length).toBeGreaterThan(10);
    expect((await app.get(Rooms).verify(stage.id)).ok).toBe(true);
  });

  it('lists who may judge, and refuses judges who are not among them', async () => {
    const listed = await http(port, 'GET', '/live/stages/judge-accounts?q=1', 'host:1');
    expect(listed.body).toMatchObject({ total: 9, nextCursor: null });
    expect(listed.body.items).toContainEqual({ accountId: judgeAccount, name: '党员7', unitName: '第一支部' });
    expect((await http(port, 'GET', '/live/stages/judge-accounts', 'member:1')).status).toBe(403);
    const unknown = newId();
    const body = await aStageBody('branch', 2, { judges: [judgeAccount, unknown] });
    const refused = await http(port, 'POST', '/live/stages', 'host:1', body);
    expect([refused.status, refused.body.code]).toEqual([400, 'live.stage.unknown-judges']);
    expect(refused.text).toContain(unknown);
    expect(refused.text).not.toContain(judgeAccount);
  });

  it('sends no key to anybody while somebody may still answer', async () => {
    const stage = await aStage('classic');
    const host = await aHost(stage);
    const judge = await connect('member:7');
    await judge.got('stage:watch', { roomId: stage.id, role: 'judge' });
    const team = await connect('member:10');
    await team.got('stage:join', { code: stage.code });
    const other = await connect('member:21');
    await other.got('stage:join', { code: stage.code });
    await act(host, stage, 'host', { type: 'go-round', round: 1, reason: '从这里开始' });
    await next(host, stage, 2);
    const { item } = (await viewOf(stage, 'host')).scene.question!;
    await act(team, stage, 'team', { type: 'answer', item, choice: { options: [2] } });
    await act(team, stage, 'team', { type: 'finish', item });
    const everything = (): string => JSON.stringify([host, judge, team, other].map((one) => [one.frames, one.others]));
    const views = await Promise.all([
      viewOf(stage, 'host'),
      viewOf(stage, 'judge', 'member:7'),
      viewOf(stage, 'team', 'member:21'),
    ]);
    for (const text of [everything(), JSON.stringify(views)]) {
      expect(text).not.toContain('EXPLANATION');
      expect(text).not.toMatch(/"key":(?!null)/);
      expect(text).not.toContain(versionId(10));
    }
    expect(JSON.stringify([host.frames, judge.frames, other.frames])).not.toContain('"options":[2]');
    expect((await http(port, 'GET', `/live/stages/${stage.id}/log`, 'host:1')).body.code).toBe('live.contest.not-over');
    await act(other, stage, 'team', { type: 'finish', item });
    await next(host, stage);
    await until(() => JSON.stringify(other.frames).includes('EXPLANATION'), 'the reveal');
  });

  it('lets nobody act for another team, sit at the judges’ table unnamed, or host without the right', async () => {
    const stage = await aStage('classic');
    await aHost(stage);
    const stranger = await connect('member:30');
    const asked = { commandId: newId(), roomId: stage.id, console: 'c' };
    const code = async (client: TestClient, role: StageRole, body: object): Promise<string> =>
      (await client.refused('stage:act', { ...asked, commandId: newId(), role, act: body })).code;
    for (const role of ['host', 'judge'] as const) {
      expect((await stranger.refused('stage:watch', { roomId: stage.id, role })).code).toBe('resource.not-found');
      expect(await code(stranger, role, { type: 'judge', team: 1, verdict: 'right' })).toBe('resource.not-found');
    }
    expect(await code(stranger, 'team', { type: 'finish', item: 1 })).toBe('live.seat.unknown');
    expect(await code(stranger, 'audience', { type: 'answer', item: 1, choice: { options: [0] } })).toBe(
      'live.seat.unknown',
    );
    expect((await stranger.refused('stage:resume', { roomId: stage.id, role: 'team', lastSeq: 0 })).code).toBe(
      'live.seat.unknown',
    );
    const judge = await connect('member:7');
    expect(await code(judge, 'judge', { type: 'next' })).toBe('request.invalid');
    expect(await code(judge, 'judge', { type: 'judge', team: 1, verdict: 'right', isAdmin: true })).toBe(
      'request.invalid',
    );
    expect(await code(stranger, 'team', { type: 'answer', item: 1, choice: { options: 'x' } })).toBe('request.invalid');
    expect((await stranger.refused('room:join', { code: stage.code })).code).toBe('live.room.other-kind');
    const foreign = { commandId: newId(), roomId: stage.id, question: 0, choice: { options: [0] } };
    expect((await stranger.refused('room:answer', foreign)).code).toBe('live.room.other-kind');
    expect((await http(port, 'GET', `/live/stages/${stage.id}`, 'member:10')).status).toBe(403);
    expect((await http(port, 'GET', '/live/stages/judged', 'member:7')).body.items).toContainEqual(
      expect.objectContaining({ id: stage.id }),
    );
  });

  it('tells what a view had no room for to those whose view it is, and the whole ledger to officials', async () => {
    const stage = await aStage('classic', 4);
    const host = await aHost(stage);
    for (let n = 1; n <= 9; n++) {
      const adjusted = { type: 'adjust', team: 1, points: 100 * n, discipline: false, reason: `第${n}次` } as const;
      await act(host, stage, 'host', adjusted);
    }
    const { view } = await host.got<StageJoined>('stage:watch', { roomId: stage.id, role: 'host' });
    expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThanOrEqual(4_096);
    expect([view.staff?.ledgerLines, view.staff?.ledger.length]).toEqual([9, 6]);
    const asked = { roomId: stage.id, role: 'host', part: 'ledger', from: 4 };
    const page = await host.got<StagePage>('stage:more', asked);
    expect((page.items as StageLedgerLine[]).map(({ line }) => line)).toEqual([5, 4, 3, 2, 1]);
    const roster = await http(port, 'GET', `/live/stages/${stage.id}/more?role=host&part=staff.roster`, 'host:1');
    expect(roster.body).toMatchObject({ total: 4, items: [{ team: 1 }, { team: 2 }, { team: 3 }, { team: 4 }] });
    const guest = await connect('member:1');
    await guest.got('stage:join', { code: stage.code });
    for (const part of ['ledger', 'staff.roster', 'staff.drafts']) {
      const seen = await guest.got<StagePage>('stage:more', { ...asked, role: 'audience', part });
      expect(seen).toMatchObject({ total: 0, items: [] });
      expect((await guest.refused('stage:more', { ...asked, part })).code).toBe('resource.not-found');
    }
    expect((await host.refused('stage:more', { ...asked, part: 'staff.key' })).code).toBe('request.invalid');
  });

  it('gives one receipt for one act, a returning page what it missed, and another console the baton', async () => {
    const stage = await aStage('classic');
    const host = await aHost(stage);
    const commandId = newId();
    const twice = await Promise.all([1, 2].map(() => act(host, stage, 'host', { type: 'next' }, commandId)));
    expect(twice[0]).toEqual(twice[1]);
    expect((await viewOf(stage, 'host')).scene.phase).toBe('intro');
    const caught = await host.got<StageCatchUp>('stage:resume', { roomId: stage.id, role: 'host', lastSeq: 1 });
    expect(caught).toMatchObject({ kind: 'frames', frames: [{ events: [{ type: 'scene' }, { type: 'staff' }] }] });
    const second = await connect('host:2');
    await second.got('stage:watch', { roomId: stage.id, role: 'host' });
    const body = { commandId: newId(), roomId: stage.id, role: 'host', console: 'c2', act: { type: 'next' } };
    expect((await second.refused('stage:act', body)).code).toBe('live.baton.elsewhere');
    const stale = { ...body, commandId: newId(), console: 'c1', expect: 1 };
    expect((await host.refused('stage:act', stale)).code).toBe('live.command.out-of-step');
    const over = await http(port, 'POST', `/live/stages/${stage.id}/acts`, 'host:1', {
      commandId: newId(),
      role: 'host',
      console: 'c1',
      act: { type: 'next' },
    });
    expect([over.status, (await viewOf(stage, 'host')).scene.phase]).toEqual([200, 'question']);
  });

  it('refuses teams, questions and sheets that do not fit, and says why', async () => {
    const refusedWith = async (change: (body: Awaited<ReturnType<typeof aStageBody>>) => object): Promise<unknown> =>
      (await http(port, 'POST', '/live/stages', 'host:1', change(await aStageBody('classic')))).body.code;
    expect(await refusedWith((body) => ({ ...body, teams: body.teams.slice(1) }))).toBe('live.stage.team-count');
    expect(await refusedWith((body) => ({ ...body, teams: [body.teams[0], body.teams[0]] }))).toBe(
      'live.stage.member-twice',
    );
    const noCaptain = { name: '无队长', members: [{ memberId: memberId(50), role: 'member' }] };
    expect(await refusedWith((body) => ({ ...body, teams: [body.teams[0], noCaptain] }))).toBe(
      'live.stage.team-members',
    );
    const unknown = { name: '外人', members: [{ memberId: memberId(950_000), role: 'captain' }] };
    expect(await refusedWith((body) => ({ ...body, teams: [body.teams[0], unknown] }))).toBe(
      'live.stage.unknown-members',
    );
    expect(await refusedWith((body) => ({ ...body, piles: body.piles.slice(1) }))).toBe(
      'live.stage.short-of-questions',
    );
    expect(
      await refusedWith((body) => ({ ...body, piles: [...body.piles, { round: 'x', pile: 0, versionIds: [] }] })),
    ).toBe('live.stage.no-such-pile');
    const sheet = { ...shippedSheets.classic!, baseScore: -1, rounds: [] };
    const check = await http(port, 'POST', '/live/stage-sheets/check', 'host:1', { sheet });
    expect((check.body.faults as { path: string }[]).map(({ path }) => path)).toEqual(['baseScore', 'rounds']);
    const create = await http(port, 'POST', '/live/stage-sheets', 'host:1', { unitId: hostUnit, sheet });
    expect([create.status, create.body.code]).toEqual([400, 'live.sheet.invalid']);
  });

  it('stores sheets of a unit under a version, and keeps those in use', async () => {
    const sheet = { ...shippedSheets.branch!, name: '本支部赛制' };
    const { body } = await http(port, 'POST', '/live/stage-sheets', 'host:1', { unitId: hostUnit, sheet });
    const id = String(body.id);
    const changed = { version: 1, sheet: { ...sheet, baseScore: 20_000 } };
    expect((await http(port, 'PUT', `/live/stage-sheets/${id}`, 'host:1', changed)).body).toEqual({ id, version: 2 });
    expect((await http(port, 'PUT', `/live/stage-sheets/${id}`, 'host:1', changed)).status).toBe(409);
    expect((await http(port, 'PUT', '/live/stage-sheets/classic', 'host:1', changed)).body.code).toBe(
      'live.sheet.shipped',
    );
    const stage = await aStage(id);
    expect((await viewOf(stage, 'host')).scene.teams.map(({ score }) => score)).toEqual([20_000, 20_000]);
    expect((await http(port, 'DELETE', `/live/stage-sheets/${id}`, 'host:1')).body.code).toBe('live.sheet.in-use');
    const list = (await http(port, 'GET', '/live/stage-sheets', 'host:1')).body.items as {
      id: string;
      shipped: boolean;
    }[];
    expect(list.filter(({ shipped }) => shipped)).toHaveLength(8);
    expect(list.map((one) => one.id)).toContain(id);
  });

  it('clears a rehearsal with all its data, and nothing but a rehearsal', async () => {
    const rehearsal = await aStage('branch', 2, { rehearsal: true });
    const host = await aHost(rehearsal);
    await next(host, rehearsal, 3);
    const real = await aStage('branch');
    expect((await http(port, 'DELETE', `/live/stages/${real.id}`, 'host:1')).body.code).toBe(
      'live.stage.not-rehearsal',
    );
    expect((await http(port, 'DELETE', `/live/stages/${rehearsal.id}`, 'host:1')).status).toBe(204);
    expect((await http(port, 'GET', `/live/stages/${rehearsal.id}`, 'host:1')).status).toBe(404);
    expect(await app.get(LiveStore).results(rehearsal.id)).toEqual([]);
    expect((await host.refused('stage:watch', { roomId: rehearsal.id, role: 'host' })).code).toBe('resource.not-found');
  });
});
