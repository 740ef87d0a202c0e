// The start storm: everybody starts within some seconds, one in five clicks twice; measured from the click to the whole paper.
import { readFileSync } from 'node:fs';
import { Connection, percentile } from './connection.mjs';

const { url, seedFile, people, withinMs } = JSON.parse(process.argv[2]);
const { examinees, startsExam } = JSON.parse(readFileSync(seedFile, 'utf8'));
const { hostname, port } = new URL(url);
const latencies = [];
const attempts = new Map();
let failures = 0;
let firstFailure;
let doubled = 0;

const free = await Promise.all(
  Array.from({ length: 200 }, async () => {
    const connection = new Connection(hostname, Number(port));
    await connection.open();
    return connection;
  }),
);
const waiting = [];

async function on(work) {
  const connection = free.pop() ?? (await new Promise((resolve) => waiting.push(resolve)));
  try {
    return await work(connection);
  } finally {
    const next = waiting.shift();
    if (next) next(connection);
    else free.push(connection);
  }
}

function checked({ status, body }, wanted) {
  if (status === wanted) return body;
  failures += 1;
  firstFailure ??= `${status} ${body}`;
  return undefined;
}

async function start(person, index) {
  const from = performance.now();
  const body = JSON.stringify({ writer: person.writer });
  const click = () =>
    on((connection) =>
      connection.send(Connection.text('POST', `/api/v1/exams/${startsExam}/attempts`, person.token, body)),
    );
  const [first, second] = await Promise.all(index % 5 === 0 ? [click(), click()] : [click()]);
  const text = checked(first, 201);
  if (!text) return;
  const { id } = JSON.parse(text);
  if (attempts.has(id) || (second && JSON.parse(second.body).id !== id)) doubled += 1;
  attempts.set(id, person);
  const paper = await on((connection) =>
    connection.send(Connection.text('GET', `/api/v1/attempts/${id}`, person.token)),
  );
  if (checked(paper, 200)) latencies.push(performance.now() - from);
}

const startedAt = performance.now();
await Promise.all(
  examinees.slice(-people).map(async (person, index) => {
    await new Promise((resolve) => setTimeout(resolve, (index / people) * withinMs));
    await start(person, index);
  }),
);
const result = {
  p50: percentile(latencies, 0.5),
  p95: percentile(latencies, 0.95),
  started: attempts.size,
  tookMs: performance.now() - startedAt,
  doubled,
  failures,
  firstFailure,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
