import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { QuizView, StageHostAct, StageNeed, StageView } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import { onEveryDatabase } from '@xuekao/database/testing';
import { http, TestClient } from './server/player.js';
import type { HttpReply } from './server/player.js';
import {
  hostUnit,
  memberId,
  otherTypes,
  pictureOf,
  portOf,
  startTestServer,
  testEntities,
  versionId,
} from './server/test-server.js';

onEveryDatabase('questions with pictures and materials in a room', testEntities, (database) => {
  let app: NestFastifyApplication;
  let port: number;

  beforeAll(async () => {
    app = await startTestServer({ file: database.file, url: database.url });
    port = portOf(app);
  });
  afterAll(() => app.close());

  const contestOf = async (numbers: readonly number[]) => {
    const set = { unitId: hostUnit, title: '题组', versionIds: numbers.map(versionId) };
    const { id: setId } = (await http(port, 'POST', '/live/question-sets', 'host:1', set)).body;
    const options = { readingMs: 300, limitMs: 60_000 };
    const body = { setId, unitId: hostUnit, title: '竞赛', options };
    return (await http(port, 'POST', '/live/rooms', 'host:1', body)).body as { id: string; code: string };
  };

  it('shows them with their question, to who has it before him, to nobody else at no other time, and to hosts in the replay', async () => {
    const { id: roomId, code } = await contestOf([otherTypes.material, otherTypes.pictures]);
    const path = `/live/rooms/${roomId}`;
    const screen = String((await http(port, 'POST', `${path}/screens`, 'host:1')).body.token);
    const elsewhere = await contestOf([1]);
    const foreign = String((await http(port, 'POST', `/live/rooms/${elsewhere.id}/screens`, 'host:1')).body.token);
    const player = await TestClient.connect(port, { token: 'member:1' });
    const host = await TestClient.connect(port, { token: 'host:1' });
    await player.join(code);
    await host.got('room:watch', { roomId });
    const tab = newId();
    const act = (type: 'open' | 'reveal' | 'podium' | 'end') =>
      host.got('room:command', { commandId: newId(), roomId, console: tab, act: { type } });
    const asked = (name: string, token: string | null, query = ''): Promise<HttpReply> =>
      http(port, 'GET', `${path}/pictures/${pictureOf(name).id}${query}`, token);
    const onScreen = (name: string, token: string): Promise<HttpReply> =>
      http(port, 'GET', `/live/screen/pictures/${pictureOf(name).id}`, null, undefined, { 'x-screen-token': token });
    const statuses = async (name: string): Promise<number[]> => {
      const replies = [
        asked(name, 'member:1'),
        asked(name, 'host:1', '?role=host'),
        onScreen(name, screen),
        asked(name, 'member:2'),
        asked(name, 'member:1', '?role=host'),
        asked(name, null),
        onScreen(name, foreign),
        onScreen(name, 'forged'),
      ];
      return (await Promise.all(replies)).map(({ status }) => status);
    };
    const kept = [404, 401, 404, 401];
    const nobody = [404, 404, 404, 403, ...kept];
    const theirs = [200, 200, 200, 403, ...kept];

    expect(await statuses('material')).toEqual(nobody);
    await act('open');
    const { view } = (await http(port, 'GET', `${path}/view`, 'member:1')).body as { view: QuizView };
    expect(view.question!.material).toEqual({ title: '材料一', text: '材料正文', pictures: [pictureOf('material')] });
    expect(await statuses('material')).toEqual(theirs);
    expect(await statuses('stem')).toEqual(nobody);
    const { headers, text } = await asked('material', 'member:1');
    expect(text).toBe(`PICTURE ${pictureOf('material').id}`);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');

    for (const type of ['reveal', 'open'] as const) await act(type);
    expect(await statuses('material')).toEqual(nobody);
    for (const name of ['stem', 'o1', 'o3']) expect(await statuses(name)).toEqual(theirs);
    expect(await statuses('none')).toEqual(nobody);
    for (const type of ['reveal', 'podium'] as const) await act(type);
    expect(await statuses('stem')).toEqual(nobody);

    await act('end');
    const replayed = [404, 200, 404, 403, ...kept];
    for (const name of ['material', 'stem', 'o1']) expect(await statuses(name)).toEqual(replayed);
    expect(await statuses('none')).toEqual(nobody);
    expect(await statuses('of another contest')).toEqual(nobody);
    player.close();
    host.close();
  });

  /** A contest whose first questions have a material and pictures; the others are plain. */
  const stageOf = async (): Promise<{ id: string; code: string }> => {
    const { sheet } = (await http(port, 'GET', '/live/stage-sheets/branch', 'host:1')).body;
    const { needs } = (await http(port, 'POST', '/live/stage-sheets/check', 'host:1', { sheet, teams: 2 })).body;
    const numbers = [otherTypes.material, otherTypes.pictures, ...Array.from({ length: 60 }, (_, index) => index + 1)];
    const piles = (needs as StageNeed[]).map(({ round, pile, questions }) => {
      return { round, pile, versionIds: numbers.splice(0, questions).map(versionId) };
    });
    const teams = [1, 2].map((team) => {
      return { name: `第${team}队`, members: [{ memberId: memberId(team * 10), role: 'captain' }] };
    });
    const judges = ['01910000-0000-7000-8400-000000000007'];
    const body = { unitId: hostUnit, title: '识图竞赛', sheetId: 'branch', teams, piles, judges };
    const made = await http(port, 'POST', '/live/stages', 'host:1', body);
    expect([made.status, made.text.slice(0, 400)]).toEqual([201, expect.any(String)]);
    return made.body as { id: string; code: string };
  };

  it('shows them on a stage to contestants, audience, officials and screen, with their question alone', async () => {
    const { id: roomId, code } = await stageOf();
    const path = `/live/stages/${roomId}`;
    const screen = { 'x-screen-token': String((await http(port, 'POST', `${path}/screens`, 'host:1')).body.token) };
    for (const who of ['member:10', 'member:1']) await http(port, 'POST', '/live/stages/join', who, { code });
    const host = await TestClient.connect(port, { token: 'host:1' });
    const act = (given: StageHostAct) =>
      host.got('stage:act', { commandId: newId(), roomId, role: 'host', console: 'c1', act: given });
    const statuses = async (name: string): Promise<number[]> => {
      const asked = (role: string, who: string) =>
        http(port, 'GET', `${path}/pictures/${pictureOf(name).id}?role=${role}`, who);
      const replies = [
        asked('team', 'member:10'),
        asked('audience', 'member:1'),
        asked('host', 'host:1'),
        asked('judge', 'member:7'),
        http(port, 'GET', `/live/screen/pictures/${pictureOf(name).id}`, null, undefined, screen),
        asked('team', 'member:1'),
        asked('audience', 'member:2'),
        asked('judge', 'member:1'),
      ];
      return (await Promise.all(replies)).map(({ status }) => status);
    };
    const nobody = [404, 404, 404, 404, 404, 403, 403, 404];
    const theirs = [200, 200, 200, 200, 200, 403, 403, 404];
    expect(await statuses('material')).toEqual(nobody);
    for (const _step of ['intro', 'show']) await act({ type: 'next' });
    const { view } = (await http(port, 'GET', `${path}/view?role=audience`, 'member:1')).body as { view: StageView };
    expect(view.scene.question!.material).toEqual({
      title: '材料一',
      text: '材料正文',
      pictures: [pictureOf('material')],
    });
    expect(await statuses('material')).toEqual(theirs);
    expect(await statuses('stem')).toEqual(nobody);
    await act({ type: 'next' });
    await act({ type: 'judge', team: 1, verdict: 'right' });
    for (const _step of ['reveal', 'show']) await act({ type: 'next' });
    expect(await statuses('material')).toEqual(nobody);
    for (const name of ['stem', 'o1', 'o3']) expect(await statuses(name)).toEqual(theirs);
    await act({ type: 'void-question', reason: '图片有误' });
    await act({ type: 'end' });
    expect((await statuses('material')).slice(0, 5)).toEqual([404, 404, 200, 404, 404]);
    host.close();
  });
});
