// npm run bench:live: a hall of phones on the built app, beside a bare socket.io server in the same run.
//   -- --quick              100, 600 and 1,000 phones, about a minute; a smaller hall is held to the 60 ms of 600 players
//   -- --players N          the largest room (default 5,000)
//   -- --database mysql://… the app on a server database instead of the embedded one
//   -- --rounds N           questions per room, 5 where not told otherwise: figures are their median, and the first warms up
//   -- --only buzz          the presses alone
//   -- --only answers       questions and their acknowledgements alone
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs, fileLimit, residentKb, secret, startApp, startFloor, startPhones } from './live-server.mjs';
import { rootUnit, tokenOf } from './live-seed.mjs';
import { Stage } from './live-stage.mjs';

const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : process.argv[at + 1];
};
const quick = process.argv.includes('--quick');
const most = Number(option('players') ?? (quick ? 1000 : 5000));
const rounds = Number(option('rounds') ?? (quick ? 2 : 5));
const database = option('database');
const only = option('only');
const sizes = [...new Set(quick ? [100, most] : [100, 1000, most])]
  .filter((size) => size <= most && (only === null || size === most))
  .toSorted((a, b) => (a === 100 ? -1 : b === 100 ? 1 : b - a));
const nodeArgs = option('node-args')?.split(' ') ?? [];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const checks = [];
function check(name, value, limit, unit, floor = null) {
  const rounded = Math.round(value * 10) / 10;
  const ok = Number.isFinite(value) && value <= limit;
  const beside = floor === null ? null : Math.round(floor * 10) / 10;
  checks.push({ name, value: rounded, limit: Math.round(limit * 10) / 10, unit, floor: beside, ok });
  const bare = beside === null ? 'no floor' : `bare server ${beside} ${unit}`.trim();
  process.stdout.write(
    `${ok ? 'met    ' : 'NOT met'} ${name.padEnd(66)} ${String(rounded).padStart(8)} ${unit.padEnd(4)} limit ${checks.at(-1).limit}   ${bare}\n`,
  );
}
const note = (text) => process.stdout.write(`        ${text}\n`);

if (fileLimit() < most * 2 + 500) {
  throw new Error(
    `Open files are limited to ${fileLimit()}, and ${most} phones need ${most * 2 + 500}: ulimit -n ${most * 2 + 500}`,
  );
}

const app = await startApp({ database, people: most + 700, nodeArgs });
const floor = await startFloor();
const phones = startPhones();
/** Host and contestants of the stage: figures of presses must not wait for the crowd's frames. */
const desk = startPhones();

const hostToken = tokenOf(0, secret);
async function http(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${app.port}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${hostToken}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text;
}
const json = async (...given) => JSON.parse(await http(...given));

async function questionSet() {
  const { items } = await json('GET', '/questions?type=single&state=published&limit=20');
  const versionIds = items.map((item) => item.publishedVersionId ?? item.versionId);
  const { id } = await json('POST', '/live/question-sets', { unitId: rootUnit, title: '压力测试', versionIds });
  return id;
}

async function newRoom(setId, options = {}) {
  const room = await json('POST', '/live/rooms', {
    setId,
    unitId: rootUnit,
    title: '压力测试',
    options: { readingMs: 300, limitMs: 60_000, ...options },
  });
  return { id: room.id, code: room.code };
}

const act = (room, type) => ({ commandId: randomUUID(), roomId: room.id, console: 'bench', act: { type } });
async function command(room, type) {
  const { reply } = await phones.call('act', { host: 'host', message: 'room:command', body: act(room, type) });
  if (!reply.ok) throw new Error(`${type} was refused: ${JSON.stringify(reply.problem)}`);
}

/** A frame for the floor that is as long as the real one. */
let frame = null;

/** Puts one question to the crowd of the app, then the same text to that of the floor. */
async function fanOut(room, crowd) {
  const real = await phones.call('fanOut', {
    name: crowd,
    host: 'host',
    message: 'room:command',
    body: act(room, 'open'),
  });
  const bare = await phones.call('fanOut', {
    name: `floor-${crowd}`,
    host: `floor-${crowd}`,
    message: 'floor:broadcast',
    body: frame,
  });
  return { real, bare };
}

async function answers(room, crowd, question, overMs, twice) {
  const startedMs = cpuMs(app.pid);
  const real = await phones.call('answers', { name: crowd, roomId: room.id, question, overMs, twice });
  real.cpuMs = cpuMs(app.pid) - startedMs;
  const bareStartedMs = cpuMs(floor.pid);
  const bare = await phones.call('answers', { name: `floor-${crowd}`, roomId: room.id, question, overMs, twice });
  bare.cpuMs = cpuMs(floor.pid) - bareStartedMs;
  return { real, bare };
}

async function verdictOf(room, acked) {
  const rows = (await http('GET', `/live/rooms/${room.id}/log`))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const seen = new Map();
  for (const row of rows) {
    for (const event of JSON.parse(row.payload).events) {
      if (event.type === 'answered') {
        const key = `${event.question}:${event.seat}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
  }
  const doubled = [...seen.values()].filter((count) => count > 1).length;
  return { lost: Math.max(0, acked - seen.size), doubled, rows: rows.length };
}

/** One room of `size` phones: questions, answers, results, and what all of it cost. */
async function playRoom(setId, size, { turns = rounds, overMs = 1000, label = size, twice = 0.1, after } = {}) {
  const room = await newRoom(setId);
  const crowd = `crowd-${label}`;
  const beforeKb = residentKb(app.pid);
  const joined = await phones.call('connect', {
    name: crowd,
    port: app.port,
    secret,
    first: 1,
    count: size,
    join: room.code,
    overMs: size * 2,
  });
  const beforeFloorKb = residentKb(floor.pid);
  await phones.call('connect', {
    name: `floor-${crowd}`,
    port: floor.port,
    secret,
    first: 1,
    count: size,
    isFloor: true,
    overMs: size,
  });
  await sleep(2000);
  const kb = { real: (residentKb(app.pid) - beforeKb) / size, bare: (residentKb(floor.pid) - beforeFloorKb) / size };
  const { reply } = await phones.call('act', { host: 'host', message: 'room:watch', body: { roomId: room.id } });
  if (!reply.ok) throw new Error(JSON.stringify(reply.problem));
  const again = await phones.call('triedAgain');
  if (again > 0) note(`connections tried again, the floor's among them: ${again}`);
  const startDeliveries = await phones.call('deliveries', { name: crowd });
  const played = { fan: [], answered: [], acked: 0, unacknowledged: 0 };
  for (let question = 0; question < turns; question++) {
    played.fan.push(await fanOut(room, crowd));
    await sleep(500);
    const { real, bare } = await answers(room, crowd, question, overMs, twice);
    if (Object.keys(real.refused).length > 0) note(`refused: ${JSON.stringify(real.refused)}`);
    played.answered.push({ real, bare });
    played.acked += real.count;
    played.unacknowledged += real.sent - real.count;
    await sleep(300);
    await command(room, 'next');
    await sleep(300 + size / 10);
    await command(room, 'next');
    await sleep(300 + size / 10);
  }
  const deliveries = ((await phones.call('deliveries', { name: crowd })) - startDeliveries) / size / turns;
  const more = after ? await after(room, crowd, p99(played.fan, 'real')) : {};
  for (const type of more.buzz ? ['lock', 'reveal', 'podium', 'end'] : ['podium', 'end']) await command(room, type);
  await sleep(200);
  const verdict = await verdictOf(room, played.acked);
  for (const name of [crowd, `floor-${crowd}`]) await phones.call('close', { name });
  await sleep(300);
  return { ...played, deliveries, verdict, joined, kb, ...more };
}

const p99 = (list, side) => median(list.map((each) => each[side].p99));
const cpuEach = (list, side) => (median(list.map((each) => each[side].cpuMs / each[side].count)) * 1000).toFixed(0);

/** Presses of a stage's contestants while the hall gets its question, then while the stage's own audience, as large, gets news. */
async function presses(room, crowd, size, overMs) {
  const stage = new Stage({ desk, json, app, floor, secret, first: most + 1 });
  await stage.open();
  const turns = quick ? 2 : 10;
  const hall = await stage.presses({
    turns,
    overMs,
    frame,
    // The question before is locked and revealed; the next one is the order.
    before: async () => {
      await command(room, 'next');
      await sleep(300);
      await command(room, 'next');
      await sleep(300 + size / 10);
    },
    order: () => ({ message: 'room:command', body: act(room, 'open') }),
  });
  await phones.call('askAll', { name: crowd, message: 'stage:join', body: { code: stage.code }, overMs: size * 2 });
  await sleep(1000);
  const own = await stage.presses({ turns, overMs, frame, order: () => stage.broadcast() });
  return { hall, own };
}

const three = ({ p50, p95, p99, max }) => [p50, p95, p99, max].map((each) => each.toFixed(1)).join(', ');

/**
 * Served is what the server can answer for: from the press on its way to the receipt handed to the system. What the phone's
 * process waits after that stands beside it, for the app and for the floor.
 */
/** What the percentiles leave out: a phone that the question or an acknowledgement never reached has no time. */
function checkReached(who, { fan, unacknowledged }) {
  const missing = fan.reduce((sum, each) => sum + each.real.missing, 0);
  check(`${who}: phones that a question did not reach`, missing, 0, '');
  check(`${who}: answers without an acknowledgement`, unacknowledged, 0, '');
}

function checkPresses(where, { real, bare, refused }) {
  check(`a buzz during ${where} is served, p99`, real.served.p99, 30, 'ms', bare.served.p99);
  note(
    `${real.served.count} presses, p50, p95, p99 and most: served ${three(real.served)}; bare ${three(bare.served)}`,
  );
  note(`of it until the server read them ${three(real.read)}; bare ${three(bare.read)}`);
  note(`until heard by a generator on the same cores ${three(real.client)}; bare ${three(bare.client)}`);
  if (Object.keys(refused).length > 0) note(`presses refused: ${JSON.stringify(refused)}`);
  const late = Object.values(refused).reduce((sum, count) => sum + count, 0);
  check(`presses refused during ${where}`, late, 0, '');
}

async function run() {
  const setId = await questionSet();
  await phones.call('connect', { name: 'host', port: app.port, secret, first: 0, count: 1, overMs: 0 });
  const sample = {
    type: 'question-opened',
    question: { index: 0, stem: '题'.repeat(60), options: Array(4).fill('选项的文字，若干') },
    timing: { shownAt: 0, openAt: 0, closeAt: 0 },
  };
  frame = { roomId: rootUnit, seq: 1, after: 0, at: Date.now(), events: [sample] };
  const where = database ? 'server database' : 'SQLite';

  let lost = 0;
  let doubled = 0;

  for (const size of sizes) {
    const isLargest = size === most;
    const after =
      isLargest && only !== 'answers'
        ? async (room, crowd, fanMs) => {
            await command(room, 'open');
            await sleep(600);
            const buzz = await presses(room, crowd, size, Math.min(200, fanMs));
            if (only === 'buzz') return { buzz };
            const back = await phones.call('comeBack', { name: crowd, roomId: room.id, overMs: quick ? 4000 : 10_000 });
            const bareBack = await phones.call('comeBack', { name: `floor-${crowd}`, overMs: quick ? 4000 : 10_000 });
            return { buzz, back, bareBack };
          }
        : undefined;
    const played = await playRoom(setId, size, { turns: isLargest ? rounds : 1, after });
    lost += played.verdict.lost;
    doubled += played.verdict.doubled;
    check(`${size} players: deliveries per question and player`, played.deliveries, 8, '');
    checkReached(`${size} players`, played);
    if (!isLargest) continue;
    const bareFan = p99(played.fan, 'bare');
    check(`${size} players: question reaches phones, p99`, p99(played.fan, 'real'), bareFan * 1.5, 'ms', bareFan);
    const bareAck = p99(played.answered, 'bare');
    check(
      `${size} players within one second: acknowledgement p99`,
      p99(played.answered, 'real'),
      size < 5000 ? 60 : Math.min(600, bareAck * 3),
      'ms',
      bareAck,
    );
    note(
      `server CPU per answer ${cpuEach(played.answered, 'real')} µs, bare ${cpuEach(played.answered, 'bare')} µs; p50 ${median(played.answered.map((each) => each.real.p50)).toFixed(1)} ms`,
    );
    note(
      `p50 and p99 by question: ${played.answered.map(({ real }) => `${real.p50.toFixed(1)}/${real.p99.toFixed(1)}`).join(', ')}; bare ${played.answered.map(({ bare }) => `${bare.p50.toFixed(1)}/${bare.p99.toFixed(1)}`).join(', ')}`,
    );
    note(`log rows ${played.verdict.rows}`);
    if (only === 'answers') continue;
    for (const [where, figures] of [
      [`the hall's question to ${size} phones`, played.buzz.hall],
      [`a broadcast to ${size} phones of its own room`, played.buzz.own],
    ]) {
      checkPresses(where, figures);
    }
    if (only !== null) continue;
    check(
      `${size} phones come back in ${quick ? 4 : 10} s: p95 until the screen is right`,
      played.back.p95,
      3000,
      'ms',
      played.bareBack.p95,
    );
    check(`${size} phones come back: refused`, played.back.refused, 0, '');
    check('memory per connected phone', played.kb.real, 60, 'KB', played.kb.bare);
    check('largest view of a player', Math.max(played.joined.viewBytes, played.back.viewBytes), 4096, 'B');
  }
  if (only !== null) return;
  const six = await playRoom(setId, Math.min(600, most), { label: 'six' });
  check(
    `600 players within one second: acknowledgement p99 (${where})`,
    p99(six.answered, 'real'),
    60,
    'ms',
    p99(six.answered, 'bare'),
  );
  note(`server CPU per answer ${cpuEach(six.answered, 'real')} µs, bare ${cpuEach(six.answered, 'bare')} µs`);
  const burst = await playRoom(setId, Math.min(600, most), { label: 'burst', overMs: 0 });
  check(
    '600 players in the same instant: acknowledgement p99',
    p99(burst.answered, 'real'),
    150,
    'ms',
    p99(burst.answered, 'bare'),
  );
  checkReached('600 players within one second', six);
  checkReached('600 players in one instant', burst);
  lost += six.verdict.lost + burst.verdict.lost;
  doubled += six.verdict.doubled + burst.verdict.doubled;
  check(`acknowledged answers that are not in the log (${where})`, lost, 0, '');
  check(`answers counted twice (${where})`, doubled, 0, '');
}

try {
  await run();
  process.stdout.write(`${JSON.stringify({ bench: 'live', checks })}\n`);
  process.exitCode = checks.every((each) => each.ok) ? 0 : 1;
} finally {
  await phones.stop();
  await desk.stop();
  await floor.stop();
  await app.stop();
}
