import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { checksumOf } from '../migrate.js';
import { migrations } from '../migrations/index.js';
import { openDatabase } from '../open.js';

/** A folder of this test run that `npm test` empties at its end; without it nothing is kept from one spec file to the next. */
const kept = process.env.TEST_TEMPLATES;
const freeMark = '.free';
const schema = createHash('sha256').update(migrations.map(checksumOf).join()).digest('hex').slice(0, 12);

export interface ScratchDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database without tables on a server. */
export async function scratchDatabase(serverUrl: string): Promise<ScratchDatabase> {
  const name = `xk_${process.pid}_${randomBytes(4).toString('hex')}`;
  const execute = (sql: string): Promise<unknown> => connected(serverUrl, (connection) => connection.query(sql));
  await execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  return { url: urlOf(serverUrl, name), drop: async () => void (await execute(`DROP DATABASE IF EXISTS ${name}`)) };
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/**
 * A database on a server with all migrations and no rows. To migrate takes seconds there, so within a run of `npm test` a
 * dropped one is emptied and given out again.
 */
export async function migratedDatabase(serverUrl: string): Promise<ScratchDatabase> {
  if (!kept) return migrated(serverUrl);
  const folder = join(kept, `schema-${schema}-${new URL(serverUrl).port}`);
  mkdirSync(folder, { recursive: true });
  for (const note of readdirSync(folder).filter((each) => each.endsWith(freeMark))) {
    if (!taken(join(folder, note))) continue;
    const name = note.replace(freeMark, '');
    const url = urlOf(serverUrl, name);
    if (await connected(url, isEmptied)) return { url, drop: async () => free(folder, name) };
    free(folder, name);
  }
  const { url } = await migrated(serverUrl);
  const name = new URL(url).pathname.slice(1);
  // For the end of the run: scripts/test.mjs drops what is noted here.
  writeFileSync(join(folder, name), '');
  return { url, drop: async () => free(folder, name) };
}

/** Copies an embedded database with all migrations and no rows to this path. */
export async function copyMigratedFile(file: string): Promise<void> {
  if (!kept) return;
  const template = join(kept, `schema-${schema}.db`);
  if (!existsSync(template)) {
    const making = `${template}.${process.pid}-${randomBytes(4).toString('hex')}`;
    await (await openDatabase({ file: making, entities: [] })).close();
    renameSync(making, template);
    for (const rest of ['-wal', '-shm']) rmSync(`${making}${rest}`, { force: true });
  }
  cpSync(template, file);
}

async function migrated(serverUrl: string): Promise<ScratchDatabase> {
  const scratch = await scratchDatabase(serverUrl);
  await (await openDatabase({ url: scratch.url, entities: [] })).close();
  return scratch;
}

function free(folder: string, name: string): void {
  writeFileSync(join(folder, `${name}${freeMark}`), '');
}

/** Whether this process is the one that gets it: of two that try, one finds the note gone. */
function taken(note: string): boolean {
  try {
    rmSync(note);
    return true;
  } catch {
    return false;
  }
}

/** Deletes all rows and whatever a spec created; false where somebody is still connected. */
async function isEmptied(connection: Connection): Promise<boolean> {
  const { database } = connection.config;
  const [sessions] = await connection.query<RowDataPacket[]>('SHOW PROCESSLIST');
  if (sessions.some(({ Id, db }) => db === database && Number(Id) !== connection.threadId)) return false;
  const [found] = await connection.query<RowDataPacket[]>(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  const names = found.map(({ name }) => String(name)).filter((name) => name !== 'schema_migration');
  const ours = new Set(migrations.flatMap(({ tables }) => tables.map(({ name }) => name)));
  await connection.query('SET FOREIGN_KEY_CHECKS = 0');
  for (const name of names.filter((each) => !ours.has(each))) await connection.query(`DROP TABLE \`${name}\``);
  const known = names.filter((name) => ours.has(name));
  const filled = known.map((name) => `EXISTS (SELECT 1 FROM \`${name}\`) AS \`${name}\``);
  const [[row]] = await connection.query<RowDataPacket[]>(`SELECT ${filled.join(', ')}`);
  for (const name of known.filter((each) => Number(row![each]) === 1))
    await connection.query(`DELETE FROM \`${name}\``);
  return true;
}

async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection(url);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
