// The buzzer of bench:live: a stage contest with a 抢答 round, whose contestants press while a broadcast goes out.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { memberOf, rootUnit } from './live-seed.mjs';

const teams = 8;
const perTeam = 3;
const rounds = 4;
export const contestants = teams * perTeam;

const stake = { right: 1000, wrong: 0, none: 0, limitMs: 30_000 };
const sheet = {
  format: 1,
  name: '压力测试',
  baseScore: 10_000,
  teams: { least: teams, most: teams },
  members: { least: perTeam, most: perTeam, substitutes: 0 },
  judging: { by: 'host', confirm: 'one' },
  ranking: 'points',
  rounds: Array.from({ length: rounds }, (_, number) => ({
    id: `buzz-${number}`,
    title: `抢答题${number + 1}`,
    turns: { kind: 'together', count: 1 },
    answer: 'buzz',
    via: 'spoken',
    speaker: 'any',
    staking: 'fixed',
    stakes: [stake],
    buzz: { openMs: 15_000, startMs: 10_000, fouls: 'V3', foulPoints: -1000 },
    pools: 'one',
  })),
};

export const shares = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? NaN };
};

/**
 * What presses waited for: `client` from sending to hearing, as the generator's process has it; `served` from sending until the
 * server handed the receipt to the system; `read` is the part of it before the server read the press.
 */
function figuresOf(presses, probe) {
  const stamps = new Map();
  for (const line of readFileSync(probe, 'utf8').trim().split('\n')) {
    const [what, id, at] = line.split(' ');
    stamps.set(id, { ...stamps.get(id), [what]: Number(at) });
  }
  const stamped = presses.filter(({ id }) => stamps.get(id)?.written !== undefined);
  if (stamped.length < presses.length) throw new Error(`${presses.length - stamped.length} presses left no trace`);
  const of = (take) => shares(stamped.map((press) => take(press, stamps.get(press.id))));
  return {
    client: of(({ sentAt, heardAt }) => heardAt - sentAt),
    served: of(({ sentAt }, { written }) => written - sentAt),
    read: of(({ sentAt }, { read }) => read - sentAt),
  };
}

/**
 * `desk` is a process of its own with nothing but host and contestants: one that also reads thousands of phones' frames would
 * measure its own queue.
 */
export class Stage {
  #desk;
  #json;
  #app;
  #floor;
  #secret;
  #first;

  /** Contestants are the people from `first` on. */
  constructor({ desk, json, app, floor, secret, first }) {
    this.#desk = desk;
    this.#json = json;
    this.#app = app;
    this.#floor = floor;
    this.#secret = secret;
    this.#first = first;
  }

  async open() {
    const { items } = await this.#json('GET', '/questions?type=single&state=published&limit=20');
    const versionIds = items.map((item) => item.publishedVersionId ?? item.versionId).slice(0, 15);
    const { id: sheetId } = await this.#json('POST', '/live/stage-sheets', { unitId: rootUnit, sheet });
    const made = await this.#json('POST', '/live/stages', {
      unitId: rootUnit,
      title: '压力测试',
      sheetId,
      teams: Array.from({ length: teams }, (_, team) => ({
        name: `第${team + 1}队`,
        members: Array.from({ length: perTeam }, (_, n) => ({
          memberId: memberOf(this.#first + team * perTeam + n),
          role: n === 0 ? 'captain' : 'member',
        })),
      })),
      piles: sheet.rounds.map(({ id: round }) => ({ round, pile: 0, versionIds })),
      judges: [],
    });
    this.id = made.id;
    this.code = made.code;
    const desk = this.#desk;
    const secret = this.#secret;
    await desk.call('connect', { name: 'host', port: this.#app.port, secret, first: 0, count: 1, overMs: 0 });
    for (const [name, { port }, isFloor] of [
      ['team', this.#app, false],
      ['floor-team', this.#floor, true],
    ]) {
      await desk.call('connect', { name, port, secret, isFloor, first: this.#first, count: contestants, overMs: 200 });
    }
    await desk.call('connect', {
      name: 'floor-host',
      port: this.#floor.port,
      secret,
      isFloor: true,
      first: 0,
      count: 1,
      overMs: 0,
    });
    await desk.call('askAll', { name: 'team', message: 'stage:join', body: { code: this.code }, overMs: 500 });
    await desk.call('askAll', { name: 'team', message: 'room:buzz-ready', body: { roomId: this.id }, overMs: 200 });
    await this.#say('host', 'stage:watch', { roomId: this.id, role: 'host' });
    await sleep(1500);
  }

  async #say(name, message, body) {
    const { reply } = await this.#desk.call('act', { host: name, message, body });
    if (!reply.ok) throw new Error(`${message} ${JSON.stringify(body)} was refused: ${JSON.stringify(reply.problem)}`);
    return reply.value;
  }

  #act(act) {
    return { commandId: randomUUID(), roomId: this.id, role: 'host', console: 'bench', act };
  }

  async #scene() {
    const { view } = await this.#json('GET', `/live/stages/${this.id}/view?role=host`);
    return view.scene;
  }

  /** Clears the question before, and goes on until 请抢答 has been said and the buzzer is open. */
  async #untilOpen() {
    for (let step = 0; step < 12; step++) {
      const scene = await this.#scene();
      const { phase, buzz } = scene;
      if (phase === 'buzzing' && buzz.phase === 'open') {
        await sleep(Math.max(0, scene.clock.from - Date.now()) + 50);
        return buzz.number;
      }
      const isTaken = ['answering', 'judging', 'buzzing'].includes(phase);
      await this.#say(
        'host',
        'stage:act',
        this.#act(isTaken ? { type: 'void-question', reason: '压力测试' } : { type: 'next' }),
      );
      await sleep(50);
    }
    throw new Error('The stage did not come to an open buzzer');
  }

  /** A movement of points: a broadcast to everybody in the stage's room. */
  broadcast() {
    return {
      message: 'stage:act',
      body: this.#act({ type: 'adjust', team: 1, points: 100, discipline: false, reason: '压力测试' }),
    };
  }

  /**
   * In each turn every contestant presses once, at a random moment within `overMs` of the order that sets off a broadcast:
   * `order(turn)` makes it, `before(turn)` what it needs. The same on the floor, where presses are echoed and a broadcast is
   * written in one go.
   */
  async presses({ turns, overMs, order, before = async () => undefined, frame }) {
    const real = [];
    const bare = [];
    const refused = {};
    for (let turn = 0; turn < turns; turn++) {
      await before(turn);
      const buzz = await this.#untilOpen();
      const bodies = Array.from({ length: contestants }, () => ({ commandId: randomUUID(), roomId: this.id, buzz }));
      const some = await this.#desk.call('rush', {
        name: 'team',
        message: 'room:buzz',
        bodies,
        overMs,
        host: 'host',
        order: order(turn),
      });
      real.push(...some.presses);
      for (const [code, count] of Object.entries(some.refused)) refused[code] = (refused[code] ?? 0) + count;
      await sleep(250);
      const echo = await this.#desk.call('rush', {
        name: 'floor-team',
        message: 'room:buzz',
        bodies,
        overMs,
        host: 'floor-host',
        order: { message: 'floor:broadcast', body: frame },
      });
      bare.push(...echo.presses);
      await sleep(250);
    }
    // The probes write at once, but not in the same turn.
    await sleep(300);
    return { real: figuresOf(real, this.#app.probe), bare: figuresOf(bare, this.#floor.probe), refused };
  }
}
