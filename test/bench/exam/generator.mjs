// Sends saves over raw keep-alive connections and measures them. Reads its task from argv, answers with one line of JSON.
import { readFileSync } from 'node:fs';
import { Connection, percentile } from './connection.mjs';

const { url, seedFile, connections, warmMs, runMs, perSecond } = JSON.parse(process.argv[2]);
const examinees = JSON.parse(readFileSync(seedFile, 'utf8')).examinees.filter(({ attemptId }) => attemptId);
const { hostname, port } = new URL(url);
const latencies = [];
let failures = 0;
let firstFailure;
let isMeasured = false;
let isOver = false;

/** Rises from run to run on the same attempts. */
const firstSeq = Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 1000) * 50;
let turns = 0;
const senders = Array.from({ length: connections }, (_, index) => {
  const person = examinees[index % examinees.length];
  let seq = firstSeq;
  return {
    connection: new Connection(hostname, Number(port)),
    request() {
      seq += 1;
      const place = (turns++ * 7 + index) % person.contents.length;
      const content = person.contents[place][seq % 2];
      const body = `{"writer":"${person.writer}","clientSeq":${seq},"content":${content}}`;
      return Connection.text('PUT', `/api/v1/attempts/${person.attemptId}/answers/${place + 1}`, person.token, body);
    },
  };
});

async function send(sender, from = performance.now()) {
  const { status, body } = await sender.connection.send(sender.request());
  if (status !== 200) {
    failures += 1;
    firstFailure ??= `${status} ${body}`;
  } else if (isMeasured) latencies.push(performance.now() - from);
}

/** Every connection sends the next as soon as it has the answer. */
async function closedLoop(sender) {
  while (!isOver) await send(sender);
}

/** So many a second, whatever the answers do; a save waits for a free connection, and its wait counts. */
async function openLoop() {
  const free = [...senders];
  const due = [];
  const startedAt = performance.now();
  let sent = 0;
  const pump = () => {
    while (free.length > 0 && due.length > 0) {
      const sender = free.pop();
      void send(sender, due.shift()).then(() => {
        free.push(sender);
        pump();
      });
    }
  };
  while (!isOver) {
    const now = performance.now();
    for (const until = ((now - startedAt) / 1000) * perSecond; sent < until; sent++) {
      due.push(startedAt + (sent / perSecond) * 1000);
    }
    pump();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

await Promise.all(senders.map(({ connection }) => connection.open()));
let startedAt;
setTimeout(() => {
  isMeasured = true;
  startedAt = performance.now();
}, warmMs);
setTimeout(() => (isOver = true), warmMs + runMs);
await (perSecond ? openLoop() : Promise.all(senders.map(closedLoop)));
const tookMs = performance.now() - startedAt;
for (const { connection } of senders) connection.close();
const result = {
  perSecond: (latencies.length / tookMs) * 1000,
  p50: percentile(latencies, 0.5),
  p99: percentile(latencies, 0.99),
  failures,
  firstFailure,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
