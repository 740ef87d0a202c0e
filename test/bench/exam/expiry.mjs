// Everybody's time runs out at once: answers to all questions are laid in, the deadlines moved into the past, and the time
// until all are handed in and marked is taken. The floor puts as many rows of marks into a table of its own.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createConnection } from 'mysql2/promise';

const { place, seedFile } = JSON.parse(process.argv[2]);
const { startsExam } = JSON.parse(readFileSync(seedFile, 'utf8'));
const graceMs = 10_000;
const patienceMs = 60_000;
const rowsAtOnce = 250;

function sqlite() {
  const database = new DatabaseSync(place);
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL');
  return {
    all: async (sql, values = []) => database.prepare(sql).all(...values),
    run: async (sql, values = []) => void database.prepare(sql).run(...values),
    close: async () => database.close(),
  };
}

async function mysql() {
  const connection = await createConnection(place);
  return {
    all: async (sql, values = []) => (await connection.query(sql, values))[0],
    run: async (sql, values = []) => void (await connection.query(sql, values)),
    close: () => connection.end(),
  };
}

const database = await (place.startsWith('mysql:') ? mysql() : sqlite());

async function insert(table, columns, rows) {
  const row = `(${columns.map(() => '?').join(', ')})`;
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    await database.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => row).join(', ')}`,
      some.flat(),
    );
  }
}

/** A hundred attempts in one transaction, as the sweep has them. */
async function insertByAttempts(table, columns, attempts, rowsOf) {
  for (let start = 0; start < attempts.length; start += 100) {
    await database.run('BEGIN');
    await insert(table, columns, attempts.slice(start, start + 100).flatMap(rowsOf));
    await database.run('COMMIT');
  }
}

const attempts = (
  await database.all("SELECT id, layout FROM exam_attempt WHERE exam_id = ? AND state = 'open'", [startsExam])
).map(({ id, layout }) => ({ id, layout: JSON.parse(layout) }));
const now = Date.now();
const answer = (optionIds) => JSON.stringify({ kind: 'choice', optionIds: optionIds.slice(0, 1) });
await insertByAttempts(
  'exam_answer',
  ['attempt_id', 'number', 'content', 'client_seq', 'saved_at', 'late_ms'],
  attempts,
  ({ id, layout }) => layout.map(({ number, optionIds }) => [id, number, answer(optionIds), 1, now, 0]),
);

await database.run(
  `CREATE TABLE floor_mark (attempt_id varchar(36) NOT NULL, number int NOT NULL, marks int, total int NOT NULL,
   source varchar(40) NOT NULL, is_answered int NOT NULL, PRIMARY KEY (attempt_id, number))`,
);
const floorFrom = performance.now();
await insertByAttempts(
  'floor_mark',
  ['attempt_id', 'number', 'marks', 'total', 'source', 'is_answered'],
  attempts,
  ({ id, layout }) => layout.map(({ number }) => [id, number, 200, 200, 'machine', 1]),
);
const floorMs = performance.now() - floorFrom;

const countOf = async (sql) => Number((await database.all(sql, [startsExam]))[0].n);
const from = performance.now();
await database.run("UPDATE exam_attempt SET deadline_at = ? WHERE exam_id = ? AND state = 'open'", [
  Date.now() - graceMs,
  startsExam,
]);
let left = attempts.length;
while (left > 0 && performance.now() - from < patienceMs) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  left = await countOf("SELECT COUNT(*) AS n FROM exam_attempt WHERE exam_id = ? AND state = 'open'");
}
const tookMs = performance.now() - from;
const marks = await countOf(
  'SELECT COUNT(*) AS n FROM exam_mark m JOIN exam_attempt a ON a.id = m.attempt_id WHERE a.exam_id = ?',
);
const wanted = attempts.reduce((sum, { layout }) => sum + layout.length, 0);
await database.close();
const failures = left + Math.abs(wanted - marks);
const firstFailure = `${left} left, ${marks} marks of ${wanted}`;
process.stdout.write(
  `${JSON.stringify({ attempts: attempts.length, tookMs, floorMs, marks, failures, firstFailure })}\n`,
);
