import { newId } from '@xuekao/kernel';
import type { LiveJoined, QuizHostAct, QuizView, RoomReceipt } from '@xuekao/contracts';
import type { LogRow } from '@xuekao/rooms';
import { http, TestClient } from './player.js';
import type { ServerProcess } from './server-process.js';
import { hostUnit, versionId } from './test-server.js';

/** A phone that does not give up: it joins, answers twice at once, and sends again until it has a receipt. */
export class StubbornPlayer {
  readonly receipts = new Map<number, RoomReceipt>();
  private client: TestClient | null = null;

  constructor(
    private readonly hall: Hall,
    readonly number: number,
    /** The node this phone was led to. */
    public node: ServerProcess = hall.server,
  ) {}

  async join(): Promise<void> {
    await this.hall.patiently(async () => {
      await (await this.connected()).join(this.hall.code);
    });
  }

  async answer(question: number, option: number): Promise<void> {
    const commandId = newId();
    const body = { commandId, roomId: this.hall.roomId, question, choice: { options: [option] } };
    await this.hall.patiently(async () => {
      const client = await this.connected();
      const twice = [1, 2].map(() => client.got<RoomReceipt>('room:answer', body));
      const [first, second] = await Promise.all(twice);
      expect(second).toEqual(first);
      const former = this.receipts.get(question);
      if (former) expect(first).toEqual(former);
      this.receipts.set(question, first!);
    });
  }

  close(): void {
    this.client?.close();
  }

  private async connected(): Promise<TestClient> {
    if (!this.client?.socket.connected) {
      this.client?.close();
      this.client = await TestClient.connect(this.node.port, { token: `member:${this.number}` });
    }
    return this.client;
  }
}

/** Refusals that end by themselves; after an outage the opening lies ahead again. */
const isPassing = /rooms\.unreachable|live\.answer\.too-early/;

/** Does the work again until it succeeds, as clients do while a server is gone. Refusals are not tried again. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  // For a machine that has much else to do: the outages themselves are short.
  const giveUpAt = Date.now() + 120_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isOffline = !/refused|expect\(/.test(String(error)) || isPassing.test(String(error));
      if (!isOffline || Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export class Hall {
  roomId = '';
  code = '';
  kills = 0;
  private host: TestClient | null = null;

  constructor(public server: ServerProcess) {}

  readonly patiently = patiently;

  async prepare(questions = 2): Promise<void> {
    const { port } = this.server;
    const set = {
      unitId: hostUnit,
      title: '题组',
      versionIds: Array.from({ length: questions }, (_, index) => versionId(index + 1)),
    };
    const { id: setId } = (await http(port, 'POST', '/live/question-sets', 'host:1', set)).body;
    const options = { readingMs: 300, limitMs: 60_000, lockWhenAllAnswered: false };
    const contest = await http(port, 'POST', '/live/rooms', 'host:1', {
      setId,
      unitId: hostUnit,
      title: '竞赛',
      options,
    });
    this.roomId = String(contest.body.id);
    this.code = String(contest.body.code);
  }

  async crash(): Promise<void> {
    this.kills += 1;
    await this.server.kill();
    await this.server.start();
  }

  act(type: Exclude<QuizHostAct['type'], 'kick' | 'unkick' | 'time-factor'>): Promise<unknown> {
    const body = { commandId: newId(), roomId: this.roomId, console: 'console-1', act: { type } };
    return this.patiently(async () => (await this.console()).got('room:command', body));
  }

  view(): Promise<QuizView> {
    return this.patiently(async () => {
      const host = await this.console();
      return (await host.got<LiveJoined>('room:watch', { roomId: this.roomId })).view;
    });
  }

  async log(): Promise<LogRow[]> {
    const { text } = await http(this.server.port, 'GET', `/live/rooms/${this.roomId}/log`, 'host:1');
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LogRow);
  }

  close(): void {
    this.host?.close();
  }

  private async console(): Promise<TestClient> {
    if (!this.host?.socket.connected) {
      this.host?.close();
      this.host = await TestClient.connect(this.server.port, { token: 'host:1' });
    }
    return this.host;
  }
}
