// The floor: a bare Fastify endpoint that gathers saves for 5 ms and writes them with one durable multi-row statement.
import Fastify from 'fastify';
import { DatabaseSync } from 'node:sqlite';
import { createPool } from 'mysql2/promise';

const [kind, place] = process.argv.slice(2);
const columns = 'attempt_id, number, content, client_seq, saved_at, late_ms';
const table = (text, int) =>
  `CREATE TABLE floor_answer (attempt_id varchar(36) NOT NULL, number ${int} NOT NULL, content ${text} NOT NULL,
   client_seq ${int} NOT NULL, saved_at bigint NOT NULL, late_ms ${int} NOT NULL, PRIMARY KEY (attempt_id, number))`;

async function sqlite() {
  const database = new DatabaseSync(place);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(table('text', 'integer'));
  const insert = database.prepare(
    `INSERT INTO floor_answer (${columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (attempt_id, number) DO UPDATE SET
     content = excluded.content, client_seq = excluded.client_seq, saved_at = excluded.saved_at WHERE excluded.client_seq > client_seq`,
  );
  return (rows) => {
    database.exec('BEGIN');
    for (const row of rows) insert.run(...row);
    database.exec('COMMIT');
  };
}

async function mysql() {
  const pool = createPool({ uri: place, connectionLimit: 4 });
  await pool.query('DROP TABLE IF EXISTS floor_answer');
  await pool.query(table('longtext', 'int'));
  return (rows) =>
    pool.query(
      `INSERT INTO floor_answer (${columns}) VALUES ? ON DUPLICATE KEY UPDATE
       content = IF(VALUES(client_seq) > client_seq, VALUES(content), content),
       saved_at = IF(VALUES(client_seq) > client_seq, VALUES(saved_at), saved_at),
       client_seq = GREATEST(client_seq, VALUES(client_seq))`,
      [rows],
    );
}

const write = await (kind === 'mysql' ? mysql() : sqlite());
let waiting = [];
async function flush() {
  const batch = waiting;
  waiting = [];
  try {
    await write(batch.map(({ row }) => row));
    for (const { resolve } of batch) resolve();
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

const app = Fastify();
app.put('/api/v1/attempts/:id/answers/:number', async (request) => {
  const { id, number } = request.params;
  const { clientSeq, content } = request.body;
  const now = Date.now();
  await new Promise((resolve, reject) => {
    waiting.push({ row: [id, Number(number), JSON.stringify(content), clientSeq, now, 0], resolve, reject });
    if (waiting.length === 1) setTimeout(() => void flush(), 5);
  });
  return { number: Number(number), clientSeq, savedAt: now, lateMs: 0, deadlineAt: now, serverNow: now };
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`Floor listens on http://127.0.0.1:${app.server.address().port}\n`);
