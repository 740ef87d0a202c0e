import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { seededRng } from '@xuekao/kernel';
import type { Rng } from '@xuekao/kernel';
import type { LiveReply } from '@xuekao/contracts';
import { gameActs, gameModes, problems, quizHostActs } from '@xuekao/contracts';
import { onEveryDatabase } from '@xuekao/database/testing';
import { LiveGateway } from '@xuekao/live';
import { socketMetrics } from '@xuekao/platform';
import { BattleGateway } from '../src/battle/battle.gateway.js';
import { BuzzGateway } from '../src/buzz/buzz.gateway.js';
import { needsOf, shippedSheets } from '../src/core/stage/index.js';
import { StageGateway } from '../src/stage/stage.gateway.js';
import { stageAct } from './server/fuzzed-acts.js';
import { http, TestClient } from './server/player.js';
import type { ClientMessages } from './server/player.js';
import { hostUnit, memberId, portOf, startTestServer, testEntities, versionId } from './server/test-server.js';

const runs = Number(process.env.FUZZ_RUNS ?? 1_200);
const seed = process.env.FUZZ_SEED ?? 'fuzz';
jest.setTimeout(60_000 + runs * 30);
/** Below the limit of a socket, so that the messages meet more than the limiter. */
const perSocket = 50;

type Message = keyof ClientMessages;
const messagesOf = ({ prototype }: { readonly prototype: object }): Message[] =>
  Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method = (prototype as Record<string, object>)[name]!;
    const message =
      typeof method === 'function' ? (Reflect.getMetadata('message', method) as Message | undefined) : undefined;
    return message ?? [];
  });
const messages = [LiveGateway, BuzzGateway, BattleGateway].flatMap(messagesOf);
const stageMessages = messagesOf(StageGateway);

const fields = [
  'roomId',
  'code',
  'role',
  'lastSeq',
  'commandId',
  'question',
  'choice',
  'console',
  'act',
  'expect',
  'sentAt',
  'buzz',
  'pressedAt',
  'mode',
  'options',
];
const inherited = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'toJSON'];

/** Anything that JSON can carry, bottomless and strange things among it. */
function anything(rng: Rng, depth = 0): unknown {
  const kinds = 13;
  switch (depth > 5 ? rng.int(8) : rng.int(kinds)) {
    case 0:
      return null;
    case 1:
      return rng.int(2) === 0;
    case 2:
      return [0, -1, 1.5, 1e308, -1e308, 2 ** 53, -0, 4_294_967_296][rng.int(8)];
    case 3:
      return '党'.repeat(rng.int(3_000));
    case 4:
      return ['', ' ', '\u0000', '🀄', '\ud800', "' OR 1=1 --", '<script>', '../../etc', '%00', '{{7*7}}'][rng.int(10)];
    case 5:
      return inherited[rng.int(inherited.length)];
    case 6:
      return randomUUID();
    case 7:
      return String(rng.int(1_000_000)).padStart(6, '0');
    case 8:
      return Array.from({ length: rng.int(40) }, () => anything(rng, depth + 1));
    case 9:
      return nested(rng.int(400));
    default:
      return Object.fromEntries(
        Array.from({ length: rng.int(8) }, () => {
          const names = rng.int(2) === 0 ? fields : inherited;
          return [names[rng.int(names.length)]!, anything(rng, depth + 1)];
        }),
      );
  }
}

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { choice: value };
  return value;
}

/** The rooms that well-formed messages are about. */
interface Rooms {
  readonly contest: string;
  readonly game: string;
  readonly stage: string;
  readonly code: string;
  readonly stageCode: string;
}

function wellFormed(
  rng: Rng,
  message: Message,
  { contest, game, stage, code, stageCode }: Rooms,
): Record<string, unknown> {
  const roomId = message.startsWith('battle:') ? game : message.startsWith('stage:') ? stage : contest;
  const modes = Object.keys(gameModes);
  const choices = [
    { options: [rng.int(6)] },
    { blanks: ['x'] },
    { order: [1, 0] },
    { pairs: [-1, 0] },
    {},
    { options: [], blanks: [] },
  ];
  const act = { type: quizHostActs[rng.int(quizHostActs.length)], seat: rng.int(4), percent: 90 + rng.int(130) };
  const bodies: Record<string, Record<string, unknown>> = {
    'room:join': { code },
    'room:watch': { roomId },
    'room:resume': { roomId, role: ['player', 'host', 'screen'][rng.int(3)], lastSeq: rng.int(1_000) },
    'room:answer': { commandId: randomUUID(), roomId, question: rng.int(4), choice: choices[rng.int(choices.length)] },
    'room:command': { commandId: randomUUID(), roomId, console: `c${rng.int(2)}`, act },
    'room:buzz-ready': { roomId },
    'room:buzz': { commandId: randomUUID(), roomId, buzz: 1 + rng.int(2), pressedAt: rng.int(1_000_000) },
    'battle:find': { mode: modes[rng.int(modes.length)] },
    'battle:cancel': { mode: modes[rng.int(2)] },
    'battle:enter': { roomId },
    'battle:resume': { roomId, lastSeq: rng.int(1_000) },
    'battle:answer': { commandId: randomUUID(), roomId, question: rng.int(4), options: [rng.int(6)] },
    'battle:act': { commandId: randomUUID(), roomId, act: gameActs[rng.int(gameActs.length)] },
  };
  return bodies[message] ? { ...bodies[message] } : stageBodyOf(rng, message, roomId, stageCode);
}

function stageBodyOf(rng: Rng, message: Message, roomId: string, code: string): Record<string, unknown> {
  const role = (['host', 'judge', 'team', 'audience', 'screen'] as const)[rng.int(5)]!;
  const bodies: Record<string, Record<string, unknown>> = {
    'stage:join': { code },
    'stage:watch': { roomId, role },
    'stage:resume': { roomId, role, lastSeq: rng.int(100) },
    'stage:more': { roomId, role, part: rng.int(2) ? 'ledger' : 'scene.teams', from: rng.int(300) },
    'stage:act': { commandId: randomUUID(), roomId, role, console: 'c', act: stageAct(rng, role) },
  };
  return bodies[message] ?? {};
}

/** A right body, one with a field spoilt, or anything at all. */
function bodyOf(rng: Rng, message: Message, rooms: Rooms): unknown {
  const body = wellFormed(rng, message, rooms);
  const how = rng.int(4);
  if (how === 0) return body;
  if (how === 1) return anything(rng);
  const names = [...Object.keys(body), ...(how === 2 ? [] : inherited)];
  const name = names[rng.int(names.length)] ?? 'surprise';
  // By way of text, so that `__proto__` is a field as any other.
  const parts = Object.entries({ ...body }).map(
    ([field, value]) => `${JSON.stringify(field)}:${JSON.stringify(value)}`,
  );
  parts.push(`${JSON.stringify(name)}:${JSON.stringify(anything(rng) ?? null)}`);
  return JSON.parse(`{${parts.join(',')}}`) as unknown;
}

/** A socket that sends more than it may is closed; here the messages are to arrive. */
const mostCharacters = 15_000;

function sendable(make: () => unknown): unknown {
  for (;;) {
    const body = make();
    if ((JSON.stringify(body) ?? '').length <= mostCharacters) return body;
  }
}

/** Two teams of one and a judge, with every round of the usual evening. */
const aStageBody = {
  unitId: hostUnit,
  title: '舞台竞赛',
  sheetId: 'classic',
  teams: [1, 2].map((number) => ({
    name: `第${number}队`,
    members: [{ memberId: memberId(number), role: 'captain' }],
  })),
  piles: needsOf(shippedSheets.classic!, 2).map(({ round, pile, questions }, at) => ({
    round,
    pile,
    versionIds: [...Array(questions + 3).keys()].map((index) => versionId(at * 20 + index + 1)),
  })),
  judges: ['01910000-0000-7000-8400-000000000007'],
};
const stageTokens = ['member:1', 'member:2', 'host:1', 'member:7', 'member:3', 'clerk:1'];

const refusals = async (): Promise<number> => {
  const { values } = await socketMetrics.refused.get();
  return values.reduce((sum, { value }) => sum + value, 0);
};

onEveryDatabase('whatever is sent', testEntities, (database) => {
  let app: NestFastifyApplication;
  let port: number;
  let roomId: string;
  let code: string;
  let screen: string;
  let game: string;
  let stage: string;
  let stageCode: string;

  beforeAll(async () => {
    app = await startTestServer({ file: database.file, url: database.url });
    port = portOf(app);
    const set = { unitId: hostUnit, title: '题组', versionIds: [1, 2, 3].map(versionId) };
    const { id: setId } = (await http(port, 'POST', '/live/question-sets', 'host:1', set)).body;
    const contest = { setId, unitId: hostUnit, title: '竞赛', options: { readingMs: 300, advanceUnattended: true } };
    const { body } = await http(port, 'POST', '/live/rooms', 'host:1', contest);
    [roomId, code] = [String(body.id), String(body.code)];
    game = String((await http(port, 'POST', '/live/battles/place', 'member:1', { mode: 'survival' })).body.roomId);
    const played = (await http(port, 'POST', '/live/stages', 'host:1', aStageBody)).body;
    [stage, stageCode] = [String(played.id), String(played.code)];
    screen = String((await http(port, 'POST', `/live/rooms/${roomId}/screens`, 'host:1')).body.token);
  });
  afterAll(() => app.close());

  it('is answered with a value or a problem that has a code, is counted, and ends no process', async () => {
    const rng = seededRng(seed);
    const codes = new Map<string, number>();
    const before = await refusals();
    let refused = 0;
    const count = (message: Message, body: unknown, reply: LiveReply<unknown>): void => {
      const name = outcomeOf(reply);
      const isKnown = name === 'ok' || (problems[name]?.status ?? 500) < 500;
      if (!isKnown) throw new Error(`${message} ${JSON.stringify(body)?.slice(0, 400)} was answered with ${name}`);
      codes.set(name, (codes.get(name) ?? 0) + 1);
      refused += name === 'ok' ? 0 : 1;
    };
    // What chance meets with some seeds and speeds only: a second console of the host, a revival of who is not out.
    const [host, player] = await Promise.all(
      ['host:1', 'member:1'].map((token) => TestClient.connect(port, { token })),
    );
    const desk = (console: string, type: string) => ({ roomId, console, act: { type } });
    for (const [client, message, given] of [
      [player!, 'battle:act', { roomId: game, act: 'revive' }],
      [host!, 'room:command', desk('c0', 'take-baton')],
      [host!, 'room:command', desk('c1', 'open')],
    ] as const) {
      const body = { commandId: randomUUID(), ...given };
      count(message, body, await client.ask(message, body));
    }
    for (const client of [host!, player!]) client.close();
    for (let sent = 0; sent < runs; sent += perSocket) {
      const token = ['member:1', 'member:2', 'host:1', 'clerk:1'][rng.int(5)];
      const client = await TestClient.connect(port, token ? { token } : { screen });
      const replies = Array.from({ length: perSocket }, async () => {
        const message = messages[rng.int(messages.length)]!;
        const isOff = rng.int(8) === 0;
        const rooms = {
          contest: isOff ? randomUUID() : roomId,
          game: isOff ? randomUUID() : game,
          stage: isOff ? randomUUID() : stage,
          stageCode,
          code: rng.int(4) === 0 ? '000000' : code,
        };
        const body = sendable(() => bodyOf(rng, message, rooms));
        return { message, body, reply: await client.ask(message, body) };
      });
      for (const { message, body, reply } of await Promise.all(replies)) count(message, body, reply);
      client.close();
    }
    expect(await refusals()).toBe(before + refused);
    // It has met more than the doorkeeper.
    for (const name of [
      'ok',
      'request.invalid',
      'auth.forbidden',
      'live.answer.invalid',
      'live.baton.elsewhere',
      'live.battle.not-now',
    ]) {
      expect([name, codes.get(name) ?? 0]).not.toEqual([name, 0]);
    }
    expect((await http(port, 'GET', `/live/rooms/${roomId}/view?role=host`, 'host:1')).status).toBe(200);
  });

  it('is answered with a code by the stage too, to any act of any role, and counted', async () => {
    const rng = seededRng(`${seed} stage`);
    const codes = new Set<string>();
    const before = await refusals();
    let refused = 0;
    const count = (message: Message, body: unknown, reply: LiveReply<unknown>): void => {
      const name = outcomeOf(reply);
      const isKnown = name === 'ok' || (problems[name]?.status ?? 500) < 500;
      if (!isKnown) throw new Error(`${message} ${JSON.stringify(body)?.slice(0, 400)} was answered with ${name}`);
      codes.add(name);
      refused += name === 'ok' ? 0 : 1;
    };
    const sent = async (token: string | undefined, given: readonly (readonly [Message, unknown])[]): Promise<void> => {
      const client = await TestClient.connect(port, token ? { token } : { screen });
      // A press is heard from a device in the room.
      const entry = { code: stageCode };
      count('stage:join', entry, await client.ask('stage:join', entry));
      const replies = given.map(async ([message, body]) => ({ message, body, reply: await client.ask(message, body) }));
      for (const { message, body, reply } of await Promise.all(replies)) count(message, body, reply);
      client.close();
    };
    const act = (role: string, type: string, more = {}) =>
      ['stage:act', { commandId: randomUUID(), roomId: stage, role, console: 'c', act: { type, ...more } }] as const;
    const press = (buzz: number) => ['room:buzz', { commandId: randomUUID(), roomId: stage, buzz }] as const;
    // What chance may miss: a judge who would go on, presses for no buzzer, a team and a listener out of turn.
    await sent('host:1', [act('host', 'next')]);
    await sent('member:7', [act('judge', 'next'), act('judge', 'judge', { team: 1, verdict: 'right' })]);
    const forged = [...[1, 0, -1, 1e9].map(press), act('team', 'finish', { item: 1 }), act('host', 'next')];
    await sent('member:1', forged);
    await sent('member:3', [act('audience', 'answer', { item: 1, choice: { options: [0] } }), press(1)]);
    for (let done = 0; done < runs / 3; done += perSocket) {
      const given = Array.from({ length: perSocket - 1 }, () => {
        const message = rng.int(6) === 0 ? 'room:buzz' : stageMessages[rng.int(stageMessages.length)]!;
        const rooms = { contest: stage, game, stage: rng.int(8) === 0 ? roomId : stage, code, stageCode };
        return [message, sendable(() => bodyOf(rng, message, rooms))] as const;
      });
      await sent(stageTokens[rng.int(stageTokens.length + 1)], given);
    }
    expect(await refusals()).toBe(before + refused);
    for (const name of ['ok', 'request.invalid', 'resource.not-found', 'live.command.not-now', 'live.buzz.closed']) {
      expect([...codes]).toContain(name);
    }
    expect((await http(port, 'GET', `/live/stages/${stage}/view?role=host`, 'host:1')).status).toBe(200);
  });

  it('forged, early, late or twice is refused with its code, and counted under it', async () => {
    const { body } = await http(port, 'GET', `/live/rooms/${roomId}`, 'host:1');
    const more = { setId: body.setId, unitId: hostUnit, title: '竞赛', options: { readingMs: 400, limitMs: 60_000 } };
    const contest = (await http(port, 'POST', '/live/rooms', 'host:1', more)).body as { id: string; code: string };
    const [host, player, other] = await Promise.all(
      ['host:1', 'member:11', 'member:12'].map((token) => TestClient.connect(port, { token })),
    );
    const answer = (option: number, question = 0, room = contest.id) => ({
      commandId: randomUUID(),
      roomId: room,
      question,
      choice: { options: [option] },
    });
    const refusedAs = async (client: TestClient, given: object, expected: string): Promise<void> => {
      const count = async () =>
        (await socketMetrics.refused.get()).values.find(({ labels }) => labels.code === expected);
      const before = (await count())?.value ?? 0;
      expect(await client.refused('room:answer', given)).toMatchObject({ code: expected });
      expect((await count())!.value).toBe(before + 1);
    };
    await player!.join(contest.code);
    await refusedAs(other!, answer(2), 'live.seat.unknown');
    await other!.join(contest.code);
    await refusedAs(player!, answer(2), 'live.answer.closed');
    await host!.act(contest.id, { type: 'open' });
    await refusedAs(player!, answer(2), 'live.answer.too-early');
    await new Promise((resolve) => setTimeout(resolve, 450));
    await player!.got('room:answer', answer(2));
    await refusedAs(player!, answer(1), 'live.answer.already');
    await refusedAs(player!, answer(1, 2), 'live.answer.closed');
    await refusedAs(other!, answer(9), 'live.answer.invalid');
    await refusedAs(other!, answer(1, 0, randomUUID()), 'rooms.not-found');
    await host!.act(contest.id, { type: 'pause' });
    await refusedAs(other!, answer(1), 'live.room.paused');
    await host!.act(contest.id, { type: 'resume' });
    await host!.act(contest.id, { type: 'kick', seat: 2 });
    await refusedAs(other!, answer(1), 'live.seat.kicked');
    await host!.act(contest.id, { type: 'lock' });
    await refusedAs(player!, answer(2), 'live.answer.closed');
    for (const client of [host!, player!, other!]) client.close();
  });
});

function outcomeOf(reply: LiveReply<unknown>): string {
  return reply.ok ? 'ok' : reply.problem.code;
}
