import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@xuekao/kernel';
import type {
  BattleEntered,
  BattleStanding,
  BattleView,
  GameCatchUp,
  GameReview,
  GameView,
  MyBattles,
  RoomReceipt,
  SurvivalView,
} from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import { ContestResultRow, LiveMembers } from '../src/index.js';
import { BattleKeeper } from '../src/battle/battle-keeper.js';
import { BattleMaker } from '../src/battle/battle-maker.js';
import { BattleQuestions } from '../src/battle/battle-questions.js';
import { BattlePlaceRow, BattleRatingRow, BattleSeatRow } from '../src/battle/battle.entity.js';
import { BattleStore } from '../src/battle/battle.store.js';
import type { BattleEvent, BattleSetup } from '../src/core/battle/battle-state.js';
import { ghostsAfterMs } from '../src/core/battle/matching.js';
import { AppClock } from '@xuekao/platform';
import { answerOf, playBattle } from '../src/testing/battle-builders.js';
import { http, TestClient, until } from './server/player.js';
import { memberId, portOf, startTestServer, testEntities } from './server/test-server.js';

onEveryDatabase('battles', testEntities, (database) => {
  let app: NestFastifyApplication;
  let port: number;
  let uow: UnitOfWork;
  let rooms: Rooms;
  let store: BattleStore;
  const clients: TestClient[] = [];

  beforeAll(async () => {
    app = await startTestServer({ file: database.file, url: database.url });
    port = portOf(app);
    [uow, rooms, store] = [app.get(UnitOfWork), app.get(Rooms), app.get(BattleStore)];
  });
  afterAll(() => app.close());
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  /** Members of their own for each test, so that no test meets another one's waiting players. */
  let numbers = 100;
  const aMember = (): number => (numbers += 1);
  const connect = async (number: number): Promise<TestClient> => {
    const client = await TestClient.connect(port, { token: `member:${number}` });
    clients.push(client);
    return client;
  };
  const find = (client: TestClient): Promise<BattleStanding> => client.got('battle:find', { mode: 'duel' });
  const viewOf = async (client: TestClient, roomId: string): Promise<BattleView> =>
    (await client.got<BattleEntered>('battle:enter', { roomId })).view as BattleView;
  const seen = async (number: number, roomId: string): Promise<GameView> =>
    ((await rooms.view(roomId, { audience: 'player', seat: memberId(number) })) as BattleEntered).view;
  const act = (client: TestClient, roomId: string, what: 'leave' | 'revive'): Promise<RoomReceipt> =>
    client.got('battle:act', { commandId: newId(), roomId, act: what });
  const mine = async (number: number): Promise<MyBattles> =>
    (await http(port, 'GET', '/live/battles/mine', `member:${number}`)).body as unknown as MyBattles;
  const review = async (number: number, roomId: string): Promise<GameReview> =>
    (await http(port, 'GET', `/live/battles/${roomId}/review`, `member:${number}`)).body as unknown as GameReview;
  const roomOf = (standing: BattleStanding): string => {
    if (standing.state !== 'playing') throw new Error(`Not in a game: ${JSON.stringify(standing)}`);
    return standing.roomId;
  };
  const matched = async (client: TestClient): Promise<string> => {
    await until(() => client.standings.length > 0, 'a battle');
    return roomOf(client.standings[0]!);
  };
  const aDuel = async (): Promise<{ numbers: [number, number]; a: TestClient; b: TestClient; roomId: string }> => {
    const both: [number, number] = [aMember(), aMember()];
    const [a, b] = [await connect(both[0]), await connect(both[1])];
    expect(await find(a)).toMatchObject({ state: 'waiting', mode: 'duel' });
    const roomId = roomOf(await find(b));
    expect(await matched(a)).toBe(roomId);
    return { numbers: both, a, b, roomId };
  };
  const isFree = (number: number) => until(async () => !(await store.place(memberId(number))), 'a free place');
  const setupOf = async (roomId: string): Promise<BattleSetup> => {
    for await (const row of rooms.rows(roomId)) {
      const [event] = (JSON.parse(row.payload) as { events: BattleEvent[] }).events;
      if (event?.type === 'battle-prepared') return event.setup;
    }
    throw new Error('No first row');
  };
  /** Waits alone since long enough ago to be given ghosts, and is. */
  const alone = async (number: number, mode: 'duel' | 'four' = 'duel'): Promise<string> => {
    const since = Date.now() - ghostsAfterMs;
    const place = { memberId: memberId(number), state: 'waiting' as const, mode, since, rating: 1_000, roomId: null };
    await uow.run(() => store.addPlace(place));
    const standing = (await http(port, 'GET', '/live/battles/place', `member:${number}`)).body;
    return roomOf(standing as unknown as BattleStanding);
  };
  /** The record of a duel that two members played to its end with these questions. */
  const recorded = async (one: number, other: number, from: number): Promise<string> => {
    const game = playBattle({
      mode: 'duel',
      questions: Array.from({ length: 5 }, (_, index) => ({
        questionId: `01910000-0000-7000-8600-${String(from + index).padStart(12, '0')}`,
        versionId: `01910000-0000-7000-8200-${String(from + index).padStart(12, '0')}`,
        type: 'single' as const,
        stem: 'x',
        options: ['a', 'b', 'c'],
        key: [2],
        explanation: null,
      })),
      seats: [one, other].map((number, index) => ({
        seat: index + 1,
        memberId: memberId(number),
        name: `党员${number}`,
        unitName: '第一支部',
        ghost: null,
      })),
    });
    game.after(4_000);
    for (let question = 0; question < 5; question++) {
      game.after(1_000);
      game.do({ ...answerOf(1, question, 2), memberId: memberId(one) });
      game.after(500);
      game.do({ ...answerOf(2, question, 1), memberId: memberId(other) });
      game.after(4_000);
    }
    const roomId = newId();
    const setup = game.state.setup!;
    await uow.run(() => rooms.create(roomId, 'live.battle', { id: 'prepare', command: { type: 'prepare', setup } }));
    await app.get(BattleKeeper).keepBattle(roomId, game.state);
    return roomId;
  };

  it('bring two together, show no key before the reveal, and end when one leaves', async () => {
    const { numbers: both, a, b, roomId } = await aDuel();
    const [mineFirst, theirs] = [await viewOf(a, roomId), await viewOf(b, roomId)];
    expect(mineFirst).toMatchObject({ phase: 'ready', total: 10, me: { seat: 1 }, question: null });
    expect(theirs.seats.map(({ name, isGhost }) => [name, isGhost])).toEqual(
      both.map((number) => [`党员${number}`, false]),
    );
    await a.seen('battle-opened');
    const { timing } = (await seen(both[0], roomId)) as BattleView;
    await until(() => timing!.openAt <= Date.now(), 'the opening');
    const answer = { commandId: newId(), roomId, question: 0, options: [2] };
    const receipt = await a.got<RoomReceipt>('battle:answer', answer);
    expect(await a.got<RoomReceipt>('battle:answer', answer)).toEqual(receipt);
    await b.seen('battle-answered');
    expect(JSON.stringify([b.frames, await viewOf(b, roomId)])).not.toMatch(/EXPLANATION|"key":\[/);
    await b.got('battle:answer', { ...answer, commandId: newId(), options: [0] });
    await a.seen('battle-revealed');
    expect(await viewOf(a, roomId)).toMatchObject({ reveal: { key: [2] }, seats: [{ correct: 1 }, { correct: 0 }] });
    b.socket.disconnect();
    const back = await connect(both[1]);
    const caught = await back.got<GameCatchUp>('battle:resume', { roomId, lastSeq: 1 });
    expect(caught).toMatchObject({ kind: 'view', view: { phase: 'revealed', me: { seat: 2, choice: [0] } } });
    const early = await http(port, 'GET', `/live/battles/${roomId}/review`, `member:${both[0]}`);
    expect(early.body).toMatchObject({ status: 409, code: 'live.battle.not-over' });
    await act(back, roomId, 'leave');
    await a.seen('battle-ended');
    await isFree(both[0]);
    expect((await mine(both[0])).games).toMatchObject([{ roomId, correct: 1, questions: 1, persons: 2, place: 1 }]);
    expect((await mine(both[1])).games).toMatchObject([{ roomId, correct: 0, place: 2 }]);
    const own = await review(both[0], roomId);
    expect(own).toMatchObject({
      end: 'left',
      hasLeft: false,
      correct: 1,
      place: 1,
      items: [{ key: [2], choice: [2], correct: true }],
    });
    expect(own.items[0]!.optionOrder).toHaveLength(4);
    expect(await review(both[1], roomId)).toMatchObject({ hasLeft: true, items: [{ choice: [0], correct: false }] });
    const ratings = await uow.manager.findBy(BattleRatingRow, { mode: 'duel' });
    expect(ratings.map(({ rating }) => rating).sort()).toEqual([1_020, 980].sort());
    expect(JSON.stringify(await mine(both[0]))).not.toContain('rating');
  });

  it('leave nothing in statistics or the outbox', async () => {
    expect(await uow.manager.count(ContestResultRow)).toBe(0);
    expect(await uow.manager.count(OutboxEventRow)).toBe(0);
  });

  it('give a member one game at a time, on all his devices', async () => {
    const { numbers: both, a, b, roomId } = await aDuel();
    const second = await connect(both[0]);
    expect(roomOf(await find(second))).toBe(roomId);
    expect(await second.got('battle:find', { mode: 'survival' })).toMatchObject({ mode: 'duel', roomId });
    expect(await a.got('battle:cancel', { mode: 'duel' })).toMatchObject({ state: 'playing', roomId });
    await act(b, roomId, 'leave');
    await isFree(both[0]);
    expect((await viewOf(a, roomId)).end).toBe('left');
  });

  it('let one who left the others play again at once, and keep his part of the game that goes on', async () => {
    const three = [aMember(), aMember(), aMember()];
    const since = Date.now() - ghostsAfterMs;
    await uow.run(async () => {
      for (const number of three) {
        const place = { memberId: memberId(number), state: 'waiting' as const, mode: 'four' as const, since };
        await store.addPlace({ ...place, rating: 1_000, roomId: null });
      }
    });
    await app.get(BattleMaker).matchNow();
    const [leaver, ...others] = await Promise.all(three.map(connect));
    const roomId = roomOf(await leaver!.got<BattleStanding>('battle:find', { mode: 'four' }));
    await act(leaver!, roomId, 'leave');
    expect(await find(leaver!)).toMatchObject({ state: 'waiting', mode: 'duel' });
    expect(await leaver!.got('battle:cancel', { mode: 'duel' })).toEqual({ state: 'none' });
    expect(await seen(three[1]!, roomId)).toMatchObject({ end: null, seats: expect.any(Array) });
    await act(others[0]!, roomId, 'leave');
    await isFree(three[2]!);
    expect((await mine(three[0]!)).games).toMatchObject([{ roomId, mode: 'four', persons: 3 }]);
  });

  it('take a waiting member out when he cancels and when his socket ends', async () => {
    const number = aMember();
    const a = await connect(number);
    await find(a);
    expect(await a.got('battle:cancel', { mode: 'four' })).toMatchObject({ state: 'waiting' });
    expect(await a.got('battle:cancel', { mode: 'duel' })).toEqual({ state: 'none' });
    await find(a);
    a.socket.disconnect();
    await isFree(number);
  });

  it('let one who is alone play without opponents while there is no record', async () => {
    const number = aMember();
    const roomId = await alone(number, 'four');
    const client = await connect(number);
    expect((await viewOf(client, roomId)).seats).toMatchObject([{ seat: 1, isGhost: false }]);
    await act(client, roomId, 'leave');
    await isFree(number);
    expect((await mine(number)).games).toMatchObject([{ mode: 'four', persons: 1, ghosts: 0, place: null }]);
  });

  it('replay a recorded game to one who is alone, without a name, and give him nothing for it', async () => {
    const [one, other, player] = [aMember(), aMember(), aMember()];
    await recorded(one, other, 21);
    const roomId = await alone(player);
    const client = await connect(player);
    const view = await viewOf(client, roomId);
    expect(view.seats).toMatchObject([{ isGhost: false }, { isGhost: true, name: null, unitName: null }]);
    const setup = await setupOf(roomId);
    expect(setup.seats[1]!.ghost).toHaveLength(5);
    expect(JSON.stringify(setup.seats[1])).not.toMatch(/党员|支部|choice/);
    await client.seen('battle-opened');
    await act(client, roomId, 'leave');
    await isFree(player);
    expect(await uow.manager.countBy(BattleRatingRow, { memberId: memberId(player) })).toBe(0);
    expect(await uow.manager.countBy(BattleSeatRow, { gameId: roomId })).toBe(1);
    expect((await mine(player)).games).toMatchObject([{ persons: 1, ghosts: 1 }]);
    // The same questions do not come to him again, and one who does not lend his records is not replayed.
    expect((await setupOf(await alone(player))).seats).toHaveLength(1);
    for (const number of [one, other]) {
      const body = { lendsRecords: false };
      expect((await http(port, 'PUT', '/live/battles/mine', `member:${number}`, body)).body).toMatchObject(body);
    }
    expect((await setupOf(await alone(aMember()))).seats).toHaveLength(1);
  });

  it('draw no question of a player’s last games', async () => {
    const [one, other] = [aMember(), aMember()];
    await recorded(one, other, 40);
    await recorded(one, other, 45);
    const a = await connect(one);
    const b = await connect(aMember());
    await find(a);
    const roomId = roomOf(await find(b));
    const drawn = (await setupOf(roomId)).questions.map(({ questionId }) => Number(questionId.slice(-12)));
    expect(new Set(drawn).size).toBe(10);
    expect(drawn.filter((number) => number >= 40 && number < 50)).toEqual([]);
    await act(b, roomId, 'leave');
  });

  it('start once, whichever process finds the two first', async () => {
    const waiting = [aMember(), aMember()].map((number) => ({
      memberId: memberId(number),
      state: 'waiting' as const,
      mode: 'duel' as const,
      since: Date.now(),
      rating: 1_000,
      roomId: null,
    }));
    await uow.run(async () => {
      for (const place of waiting) await store.addPlace(place);
    });
    const questions = app.get(BattleQuestions);
    const makers = Array.from(
      { length: 4 },
      () => new BattleMaker(store, questions, app.get(LiveMembers), rooms, uow, app.get(AppClock)),
    );
    await Promise.all(makers.map((maker) => maker.matchNow()));
    const places = await store.places(waiting.map((place) => place.memberId));
    expect(places.map(({ state }) => state)).toEqual(['playing', 'playing']);
    expect(new Set(places.map(({ roomId }) => roomId)).size).toBe(1);
    expect(await uow.manager.countBy(BattlePlaceRow, { roomId: places[0]!.roomId! })).toBe(2);
  });

  it('go on over HTTP alone, for their players only', async () => {
    const { numbers: both, a, roomId } = await aDuel();
    const token = `member:${both[1]}`;
    const view = await http(port, 'GET', `/live/battles/${roomId}/view`, token);
    expect(view.body).toMatchObject({ roomId, view: { game: 'battle', me: { seat: 2 } } });
    const etag = view.headers.get('etag')!;
    const again = await http(port, 'GET', `/live/battles/${roomId}/view`, token, undefined, { 'if-none-match': etag });
    expect([200, 304]).toContain(again.status);
    const early = { commandId: newId(), question: 7, options: [0] };
    expect((await http(port, 'POST', `/live/battles/${roomId}/answers`, token, early)).body.code).toBe(
      'live.answer.closed',
    );
    const stranger = `member:${aMember()}`;
    for (const [method, path, body] of [
      ['GET', 'view', undefined],
      ['GET', 'review', undefined],
      ['POST', 'answers', early],
      ['POST', 'acts', { commandId: newId(), act: 'leave' }],
    ] as const) {
      const reply = await http(port, method, `/live/battles/${roomId}/${path}`, stranger, body);
      expect([path, reply.status]).toEqual([path, 404]);
    }
    const left = await http(port, 'POST', `/live/battles/${roomId}/acts`, token, { commandId: newId(), act: 'leave' });
    expect(left.status).toBe(200);
    await a.got('battle:enter', { roomId });
    await until(async () => (await seen(both[0], roomId)).phase === 'ended', 'the end');
    expect((await http(port, 'POST', '/live/battles/place', token, { mode: 'chess' })).status).toBe(400);
    const found = await http(port, 'POST', '/live/battles/place', token, { mode: 'four' });
    expect(found.body).toMatchObject({ state: 'waiting', mode: 'four' });
    expect((await http(port, 'DELETE', '/live/battles/place', token)).body).toEqual({ state: 'none' });
  });

  it('let a member survive alone, with one revive and a best that is his own', async () => {
    const number = aMember();
    const client = await connect(number);
    const start = (): Promise<BattleStanding> => client.got('battle:find', { mode: 'survival' });
    const roomId = roomOf(await start());
    expect(await start()).toMatchObject({ state: 'playing', mode: 'survival', roomId });
    const entered = async (): Promise<SurvivalView> => (await seen(number, roomId)) as SurvivalView;
    await until(async () => ((await entered()).timing?.openAt ?? Infinity) <= Date.now(), 'the first question');
    await client.got('battle:answer', { commandId: newId(), roomId, question: 0, options: [0] });
    expect(await entered()).toMatchObject({ phase: 'revive', streak: 0, reveal: { key: [2], correct: false } });
    await act(client, roomId, 'revive');
    await until(async () => {
      const { timing, question } = await entered();
      return question?.index === 1 && timing !== null && timing.openAt <= Date.now();
    }, 'the second question');
    await client.got('battle:answer', { commandId: newId(), roomId, question: 1, options: [2] });
    await act(client, roomId, 'leave');
    await isFree(number);
    const own = await review(number, roomId);
    expect(own).toMatchObject({ mode: 'survival', end: 'gave-up', correct: 1, place: null });
    expect(own.items.map(({ choice, correct }) => [choice, correct])).toEqual([
      [[0], false],
      [[2], true],
    ]);
    const { survival, games } = await mine(number);
    expect(survival).toMatchObject({ best: 1, runs: 1 });
    expect(games).toMatchObject([{ mode: 'survival', correct: 1, questions: 2, place: null }]);
    expect((await mine(aMember())).survival).toEqual({ best: 0, bestAt: null, runs: 0 });
  });
});
