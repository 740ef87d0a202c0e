// The generator of bench:live, a process of its own: takes one task at a time over IPC and answers with figures.
import { randomUUID } from 'node:crypto';
import { nowMs } from './clock.mjs';
import { Phone } from './phone.mjs';
import { tokenOf } from './live-seed.mjs';

const crowds = new Map();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const openedMark = Buffer.from('"type":"question-opened"');
const lockedMark = Buffer.from('"type":"answers-locked"');

export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? null };
}

class Crowd {
  /** Arrival of the question that is awaited, per phone. */
  arrivals = [];
  lockedAt = 0;
  phones = [];

  constructor({ port, secret, first, count, isFloor }) {
    Object.assign(this, { port, isFloor });
    const onEvent = (data, from, to) => this.#seen(data, from, to);
    for (let n = first; n < first + count; n++) {
      this.phones.push(new Phone(port, '/live', isFloor ? {} : { token: tokenOf(n, secret) }, onEvent));
    }
  }

  #seen(data, from, to) {
    // The name comes first; only room events are looked into.
    if (data[from + 7] !== 0x65) return;
    const text = data.subarray(from, to);
    if (text.includes(openedMark)) this.arrivals.push(performance.now());
    else if (text.includes(lockedMark)) this.lockedAt = performance.now();
  }

  get deliveries() {
    return this.phones.reduce((sum, phone) => sum + phone.deliveries, 0);
  }
}

/** Runs `act` for every phone, started evenly over `overMs`; 0 = all in one turn. */
async function overTime(phones, overMs, act) {
  const startedAt = performance.now();
  const running = [];
  let next = 0;
  while (next < phones.length) {
    const due = overMs === 0 ? phones.length : Math.ceil(((performance.now() - startedAt) / overMs) * phones.length);
    while (next < Math.min(due, phones.length)) running.push(act(phones[next], next++));
    if (next < phones.length) await sleep(1);
  }
  return Promise.all(running);
}

/** Each phone once, in an order that has nothing to do with that of joining. */
function shuffled(phones) {
  return phones
    .map((phone) => [Math.random(), phone])
    .sort((a, b) => a[0] - b[0])
    .map(([, phone]) => phone);
}

/** Connections that were refused or reset, and tried again as a page would. */
let triedAgain = 0;

async function reach(phone) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await phone.connect();
    } catch (error) {
      if (attempt === 4) throw error;
      triedAgain += 1;
      await sleep(200 * attempt);
    }
  }
}

async function answerOnce(phone, body, tally) {
  const sentAt = performance.now();
  const { reply, at } = await phone.ask('room:answer', body);
  if (reply.ok) return at - sentAt;
  tally[reply.problem.code] = (tally[reply.problem.code] ?? 0) + 1;
  return null;
}

const tasks = {
  async connect({ name, overMs, join, ...rest }) {
    const crowd = new Crowd(rest);
    crowds.set(name, crowd);
    const times = await overTime(crowd.phones, overMs, async (phone) => {
      const startedAt = performance.now();
      await reach(phone);
      if (join) {
        const { reply } = await phone.ask('room:join', { code: join });
        if (!reply.ok) throw new Error(`room:join was refused: ${JSON.stringify(reply.problem)}`);
        phone.viewBytes = JSON.stringify(reply).length;
      }
      return performance.now() - startedAt;
    });
    return { ...spread(times), viewBytes: Math.max(0, ...crowd.phones.map((phone) => phone.viewBytes ?? 0)) };
  },

  close({ name }) {
    for (const phone of crowds.get(name).phones) phone.close();
    crowds.delete(name);
  },

  /** All phones lose their sockets at once, and come back over a time with their last number. */
  async comeBack({ name, roomId, overMs }) {
    const { phones } = crowds.get(name);
    for (const phone of phones) phone.close();
    await sleep(1500);
    let refused = 0;
    const times = await overTime(shuffled(phones), overMs, async (phone) => {
      const startedAt = performance.now();
      await reach(phone);
      if (roomId) {
        const { reply } = await phone.ask('room:resume', { roomId, role: 'player', lastSeq: 0 });
        if (!reply.ok) refused += 1;
        else phone.viewBytes = JSON.stringify(reply).length;
      }
      return performance.now() - startedAt;
    });
    return { ...spread(times), refused, viewBytes: Math.max(0, ...phones.map((phone) => phone.viewBytes ?? 0)) };
  },

  /** One question put to a crowd by `host`, and how long it took to reach each phone from the host's press on. */
  async fanOut({ name, host, message, body }) {
    const crowd = crowds.get(name);
    crowd.arrivals = [];
    crowd.lockedAt = 0;
    const startedAt = performance.now();
    const { reply } = await crowds.get(host).phones[0].ask(message, body);
    if (!reply.ok) throw new Error(`${message} was refused: ${JSON.stringify(reply.problem)}`);
    const giveUpAt = startedAt + 10_000;
    while (crowd.arrivals.length < crowd.phones.length && performance.now() < giveUpAt) await sleep(2);
    return {
      ...spread(crowd.arrivals.map((at) => at - startedAt)),
      missing: crowd.phones.length - crowd.arrivals.length,
    };
  },

  async act({ host, message, body }) {
    const { reply, at } = await crowds.get(host).phones[0].ask(message, body);
    return { reply, at };
  },

  /** Every phone answers once; `twice` of them send the same message again at once, as a phone without patience does. */
  async answers({ name, roomId, question, overMs, twice = 0, from = 0, count = Infinity }) {
    const phones = shuffled(crowds.get(name).phones.slice(from, from + count));
    const tally = {};
    const acked = await overTime(phones, overMs, async (phone, index) => {
      const body = { commandId: randomUUID(), roomId, question, choice: { options: [index % 3] } };
      const first = answerOnce(phone, body, tally);
      const again = index < phones.length * twice ? answerOnce(phone, body, tally) : null;
      const took = await first;
      await again;
      return took;
    });
    const counted = acked.filter((took) => took !== null);
    return { ...spread(counted), sent: phones.length, refused: tally };
  },

  /** Every phone says the same, evenly over a time. */
  async askAll({ name, message, body, overMs }) {
    await overTime(crowds.get(name).phones, overMs, async (phone) => {
      const { reply } = await phone.ask(message, body);
      if (!reply.ok) throw new Error(`${message} was refused: ${JSON.stringify(reply.problem)}`);
    });
  },

  /** The host gives an order that sets off a broadcast; each phone sends its body once, at a random moment of `overMs` after. */
  async rush({ name, message, bodies, overMs, host, order }) {
    const refused = {};
    const ordered = crowds.get(host).phones[0].ask(order.message, order.body);
    const press = async (phone, body) => {
      await sleep(Math.random() * overMs);
      const sentAt = nowMs();
      const { reply } = await phone.ask(message, body);
      // A press that came too late is timed as well: leaving out the slowest would flatter the figure.
      if (!reply.ok) refused[reply.problem.code] = (refused[reply.problem.code] ?? 0) + 1;
      return { id: body.commandId, sentAt, heardAt: nowMs() };
    };
    const { phones } = crowds.get(name);
    const presses = await Promise.all(bodies.map((body, index) => press(phones[index], body)));
    const { reply } = await ordered;
    if (!reply.ok) throw new Error(`${order.message} was refused: ${JSON.stringify(reply.problem)}`);
    return { presses, refused };
  },

  /** How often a connection had to be tried again since this was asked last. */
  triedAgain() {
    const count = triedAgain;
    triedAgain = 0;
    return count;
  },

  deliveries({ name }) {
    return crowds.get(name).deliveries;
  },
};

if (process.send) {
  process.on('message', async ({ id, task, given }) => {
    try {
      process.send({ id, value: (await tasks[task](given)) ?? null });
    } catch (error) {
      process.send({ id, error: `${task} of ${given.name ?? given.host}: ${error.stack}` });
    }
  });
}
