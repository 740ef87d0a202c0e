import { newId } from '@xuekao/kernel';
import type { RoomReceipt, StageAct, StageNeed, StageRole, StageVerdict, StageView } from '@xuekao/contracts';
import type { LogRow } from '@xuekao/rooms';
import { patiently } from './hall.js';
import { http, TestClient, until } from './player.js';
import type { ServerProcess } from './server-process.js';
import { hostUnit, memberId, versionId } from './test-server.js';

const judge = 'member:7';
const judgeAccount = '01910000-0000-7000-8400-000000000007';
const captainOf = (team: number): string => `member:${team * 10}`;
export const rightOption = 2;

type Sent = { readonly commandId: string } & Readonly<Record<string, unknown>>;

/** A stage contest of two teams whose people do not give up while the server is away. */
export class StageHall {
  id = '';
  /** By command id. */
  readonly receipts = new Map<string, RoomReceipt>();
  private code = '';
  private readonly seated = new Set<string>();
  private readonly clients = new Map<string, TestClient>();

  constructor(private readonly server: ServerProcess) {}

  async prepare(sheetId: string): Promise<void> {
    const { port } = this.server;
    const { sheet } = (await http(port, 'GET', `/live/stage-sheets/${sheetId}`, 'host:1')).body;
    const check = await http(port, 'POST', '/live/stage-sheets/check', 'host:1', { sheet, teams: 2 });
    let next = 1;
    const piles = (check.body.needs as StageNeed[]).map(({ round, pile, questions }) => {
      return { round, pile, versionIds: Array.from({ length: questions }, () => versionId(next++)) };
    });
    const teams = [1, 2].map((team) => {
      return { name: `第${team}队`, members: [{ memberId: memberId(team * 10), role: 'captain' }] };
    });
    const body = { unitId: hostUnit, title: '知识竞赛', sheetId, teams, piles, judges: [judgeAccount] };
    const made = await http(port, 'POST', '/live/stages', 'host:1', body);
    if (made.status !== 201) throw new Error(`No stage contest: ${made.text}`);
    this.id = String(made.body.id);
    this.code = String(made.body.code);
  }

  /** The team's captain signs in. */
  async join(team: number): Promise<void> {
    this.seated.add(captainOf(team));
    await patiently(() => this.clientOf(captainOf(team)));
  }

  host(act: StageAct): Promise<void> {
    return this.act('host:1', 'host', act);
  }
  async next(times = 1): Promise<void> {
    for (let count = 0; count < times; count++) await this.host({ type: 'next' });
  }
  judge(act: StageAct): Promise<void> {
    return this.act(judge, 'judge', act);
  }
  verdict(team: number, verdict: StageVerdict): Promise<void> {
    return this.host({ type: 'judge', team, verdict });
  }

  /** Enters an answer and says that it is finished. */
  async answer(team: number, option: number): Promise<void> {
    const { item } = (await this.view()).scene.question!;
    await this.act(captainOf(team), 'team', { type: 'answer', item, choice: { options: [option] } });
    await this.act(captainOf(team), 'team', { type: 'finish', item });
  }

  /** 请抢答, and the team presses: it has won when this resolves. */
  async buzz(team: number): Promise<void> {
    await this.next();
    await until(async () => (await this.view()).scene.buzz?.phase === 'open', 'the opening');
    await until(async () => Date.now() > ((await this.view()).scene.clock?.from ?? Infinity) + 50, 'the start');
    const { number } = (await this.view()).scene.buzz!;
    const body = { commandId: newId(), roomId: this.id, buzz: number, pressedAt: Date.now() };
    await this.sent(captainOf(team), 'room:buzz', body);
    await until(async () => (await this.view()).scene.floor?.active[0] === team, 'the decision');
  }

  async view(): Promise<StageView> {
    return (await this.get(`/live/stages/${this.id}/view?role=host`)).view as StageView;
  }

  /** By team: score and place as they are kept. */
  async results(): Promise<readonly object[]> {
    const found = (): Promise<Record<string, unknown>> => this.get(`/live/stages/${this.id}/results`);
    await until(async () => Array.isArray((await found()).items), 'the results');
    return (await found()).items as object[];
  }

  async log(): Promise<LogRow[]> {
    const { text } = await patiently(() => http(this.server.port, 'GET', `/live/stages/${this.id}/log`, 'host:1'));
    const lines = text.trim().split('\n');
    return lines.map((line) => JSON.parse(line) as LogRow);
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private async get(path: string): Promise<Record<string, unknown>> {
    const found = await patiently(async () => {
      const reply = await http(this.server.port, 'GET', path, 'host:1');
      if (reply.status >= 500) throw new Error(`Not served now: ${reply.status}`);
      return reply;
    });
    return found.body;
  }

  private async act(who: string, role: StageRole, act: StageAct): Promise<void> {
    await this.sent(who, 'stage:act', { commandId: newId(), roomId: this.id, role, console: 'c1', act });
  }

  /** Twice at once and again until there is a receipt, under one id. */
  private async sent(who: string, message: 'stage:act' | 'room:buzz', body: Sent): Promise<void> {
    await patiently(async () => {
      const client = await this.clientOf(who);
      const twice = [1, 2].map(() => client.got<RoomReceipt>(message, body));
      const [first, second] = await Promise.all(twice);
      expect(second).toEqual(first);
      this.receipts.set(body.commandId, first!);
    });
  }

  private async clientOf(token: string): Promise<TestClient> {
    const former = this.clients.get(token);
    if (former?.socket.connected) return former;
    former?.close();
    const client = await TestClient.connect(this.server.port, { token });
    // As a page does after every return: a buzzer is known by its socket's seat.
    if (this.seated.has(token)) await client.got('stage:join', { code: this.code });
    this.clients.set(token, client);
    return client;
  }
}
