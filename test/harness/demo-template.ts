import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { openDatabase } from '@xuekao/database';
import { scratchDatabase } from '@xuekao/database/testing';
import { runCli } from './cli.js';

/** A folder of this test run in which the demo year is kept once it was played; without it every start plays its own. */
const templates = process.env.TEST_TEMPLATES;

/** Fills a data folder with the embedded database of the demo year, or leaves it empty for the first start to do so. */
export async function fillDataFolder(folder: string): Promise<void> {
  if (!templates) return;
  const template = join(templates, 'embedded');
  if (!existsSync(template)) {
    const making = `${template}.making`;
    mkdirSync(making, { recursive: true });
    await runCli(['demo'], { XUEKAO_DATA_DIR: making });
    renameSync(making, template);
  }
  cpSync(template, folder, { recursive: true });
}

interface ServerTemplate {
  readonly url: string;
  readonly folder: string;
}

/** Plays the demo year into the empty server database of `env`, or copies it from this run's template. */
export async function fillServerDatabase(server: string, env: Readonly<Record<string, string>>): Promise<void> {
  if (!templates) {
    await runCli(['demo'], env);
    return;
  }
  const { url, folder } = await serverTemplate(server, templates, env.XUEKAO_SECRET!);
  const empty = await openDatabase({ url: env.DATABASE_URL!, entities: [] });
  await empty.close();
  await copyRows(url, env.DATABASE_URL!);
  cpSync(join(folder, 'demo-accounts.txt'), join(env.XUEKAO_DATA_DIR!, 'demo-accounts.txt'));
}

async function serverTemplate(server: string, root: string, secret: string): Promise<ServerTemplate> {
  const note = join(root, `${new URL(server).port}.json`);
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as ServerTemplate;
  const folder = join(root, `server-${new URL(server).port}`);
  mkdirSync(folder, { recursive: true });
  const { url } = await scratchDatabase(server);
  await runCli(['demo'], { DATABASE_URL: url, XUEKAO_DATA_DIR: folder, XUEKAO_SECRET: secret });
  const template = { url, folder };
  writeFileSync(note, JSON.stringify(template));
  return template;
}

async function copyRows(from: string, to: string): Promise<void> {
  const source = new URL(from).pathname.slice(1);
  const connection = await createConnection(to);
  try {
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    const [tables] = await connection.query<RowDataPacket[]>(
      'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?',
      [source],
    );
    for (const { name } of tables) {
      if (name !== 'schema_migration')
        await connection.query(`INSERT INTO \`${name}\` SELECT * FROM \`${source}\`.\`${name}\``);
    }
  } finally {
    await connection.end();
  }
}
