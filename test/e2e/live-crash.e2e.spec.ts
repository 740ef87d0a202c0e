import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { RoomReceipt } from '@xuekao/contracts';
import { seededRng } from '@xuekao/kernel';
import { Client } from '../harness/client.js';
import { ReturningDevice } from '../harness/returning-device.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

/** Where in a question the server dies; a longer run goes round them with other moments. */
const instants = ['answering', 'after the first answer', 'after all answers', 'locking', 'revealing'] as const;
const rounds = Math.max(instants.length, Number(process.env.SOAK_CRASHES ?? 0));
const seed = process.env.SOAK_SEED ?? 'crash';
jest.setTimeout(120_000 + rounds * 30_000);

interface Question {
  readonly id: string;
  readonly publishedVersionId: string;
  readonly body: { readonly options: readonly { readonly id: string }[] };
  readonly key: { readonly optionIds: readonly string[] } | null;
}
interface ResultRow {
  readonly memberId: string;
  readonly points: number;
  readonly correct: number;
  readonly answered: number;
}
interface Player {
  readonly memberId: string;
  readonly phone: ReturningDevice;
  correct: number;
}

describe.each(topologies)('a live room on $name whose server is killed', ({ start }) => {
  let app: Topology;
  let host: ReturningDevice;
  let hostClient: Client;
  let roomId: string;
  let questions: Question[];
  const players: Player[] = [];
  const rng = seededRng(`${seed}:live`);

  beforeAll(async () => {
    app = await start();
    const signIn = (who: string): Promise<Client> => Client.signIn(app.url, who, app.passwords.get(who)!);
    hostClient = await signIn('committee');
    questions = await singleChoices(hostClient, rounds);
    const room = await openRoom(hostClient, questions);
    roomId = room.id;
    host = new ReturningDevice(app.url, hostClient.token);
    await host.watch(roomId);
    await host.act('take-baton');
    for (const who of ['member', 'member2', 'member3']) {
      const client = await signIn(who);
      const phone = new ReturningDevice(app.url, client.token);
      await phone.join(room.code);
      players.push({ memberId: (await client.get<{ memberId: string }>('/auth/me')).memberId, phone, correct: 0 });
    }
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    for (const { phone } of players) phone.close();
    host?.close();
    await app?.stop();
  });

  const rightOption = (index: number): number => {
    const { body, key } = questions[index]!;
    return body.options.findIndex(({ id }) => id === key!.optionIds[0]);
  };
  const crashSoon = async (): Promise<void> => {
    await pause(rng.int(6));
    await app.crash();
  };

  it.each(Array.from({ length: rounds }, (_, index) => [index, instants[index % instants.length]!] as const))(
    'counts every acknowledged answer once in question %i, killed %s',
    async (index, instant) => {
      await host.act('next');
      const { timing } = await host.view();
      await pause(timing!.openAt - Date.now() + 30);
      const chosen = players.map(() => rng.int(questions[index]!.body.options.length));
      const ids = players.map(() => randomUUID());
      const answer = (seat: number): Promise<RoomReceipt> =>
        players[seat]!.phone.answer(index, chosen[seat]!, ids[seat]!);
      const seats = players.map((_, seat) => seat);

      const receipts: RoomReceipt[] = [];
      if (instant === 'after the first answer') receipts.push(await answer(0));
      const answering = Promise.all(seats.slice(receipts.length).map(answer));
      if (instant === 'answering' || instant === 'after the first answer') await crashSoon();
      receipts.push(...(await answering));
      if (instant === 'after all answers') await app.crash();
      for (const seat of seats) {
        expect(await answer(seat)).toEqual(receipts[seat]);
        const { me } = await players[seat]!.phone.view();
        expect(me?.choice).toEqual({ options: [chosen[seat]] });
      }
      expect((await host.view()).answered).toBe(players.length);

      for (const step of ['lock', 'reveal', 'scoreboard'] as const) {
        const acting = host.act(step);
        if ((step === 'lock' && instant === 'locking') || (step === 'reveal' && instant === 'revealing')) {
          await crashSoon();
        }
        await acting;
      }
      const { reveal } = await host.view();
      const right = chosen.filter((option) => option === rightOption(index)).length;
      expect(reveal).toMatchObject({ question: index, histogram: { answered: players.length, correct: right } });
      seats.forEach((seat) => (players[seat]!.correct += chosen[seat] === rightOption(index) ? 1 : 0));
    },
  );

  it('goes on to the end, killed there too, and keeps the results of the acknowledged answers', async () => {
    await host.act('podium');
    const ending = host.act('end');
    await crashSoon();
    await ending;
    expect((await host.view()).phase).toBe('ended');
    const items = await results(hostClient, roomId);
    expect(items).toHaveLength(players.length);
    for (const { memberId, correct } of players) {
      const row = items.find((each) => each.memberId === memberId);
      expect(row).toMatchObject({ correct, points: correct * 1000, answered: rounds });
    }
  });

  it('brought every device back without a gap, under the token from before the crashes', async () => {
    for (const device of [host, ...players.map(({ phone }) => phone)]) {
      // A phone that nobody asked since the last crash may still be on its way back.
      await device.view();
      expect(device.returns).toBeGreaterThanOrEqual(rounds);
      expect(device.gaps).toBe(0);
    }
  });

  it('gives a log whose chain is whole and holds each answer once', async () => {
    const text = (await hostClient.file(`/live/rooms/${roomId}/log`)).toString();
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LogRow);
    const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
    let hash = sha256(`room:${roomId}`);
    rows.forEach((row, index) => {
      expect(row.seq).toBe(index + 1);
      hash = sha256(`${hash}\n${row.roomId}\n${row.seq}\n${row.epoch}\n${row.at}\n${row.payload}`);
      expect(row.hash).toBe(hash);
    });
    const events = rows.flatMap(({ payload }) => (JSON.parse(payload) as { events: LoggedEvent[] }).events);
    const answered = events.filter(({ type }) => type === 'answered');
    expect(answered).toHaveLength(rounds * players.length);
    expect(new Set(answered.map(({ seat, question }) => `${seat}/${question}`)).size).toBe(answered.length);
  });
});

interface LogRow {
  readonly roomId: string;
  readonly seq: number;
  readonly epoch: number;
  readonly at: number;
  readonly payload: string;
  readonly hash: string;
}
interface LoggedEvent {
  readonly type: string;
  readonly seat?: number;
  readonly question?: number;
}

async function singleChoices(host: Client, count: number): Promise<Question[]> {
  const { items } = await host.get<{ items: Question[] }>(`/questions?type=single&state=published&limit=${count}`);
  return Promise.all(items.map(({ id }) => host.get<Question>(`/questions/${id}`)));
}

async function openRoom(host: Client, questions: readonly Question[]): Promise<{ id: string; code: string }> {
  const { items } = await host.get<{ items: { id: string; kind: string }[] }>('/units');
  const unitId = items.find(({ kind }) => kind === 'general-branch')!.id;
  const versionIds = questions.map(({ publishedVersionId }) => publishedVersionId);
  const set = await host.post<{ id: string }>('/live/question-sets', { title: '断电小测', versionIds, unitId });
  const options = { limitMs: 600_000, readingMs: 300, lockWhenAllAnswered: false };
  return host.post('/live/rooms', { setId: set.id, unitId, title: '断电也能继续', options });
}

/** Written within a moment after the end, again after a crash in between. */
async function results(host: Client, roomId: string): Promise<readonly ResultRow[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      return (await host.get<{ items: ResultRow[] }>(`/live/rooms/${roomId}/results`)).items;
    } catch (error) {
      if (attempt === 50) throw error;
      await pause(100);
    }
  }
}
