import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { scratchDatabase } from '@xuekao/database/testing';
import { runCli } from './cli.js';
import { madeOnce } from './made-once.js';

/** A folder of this test run in which the demo year is kept once it was played; without it every start plays its own. */
const templates = process.env.TEST_TEMPLATES;

/** Fills a data folder with the embedded database of the demo year, or leaves it empty for the first start to do so. */
export async function fillDataFolder(folder: string): Promise<void> {
  if (!templates) return;
  const template = await madeOnce(join(templates, 'embedded'), async (making) => {
    await runCli(['demo'], { XUEKAO_DATA_DIR: making });
  });
  cpSync(template, folder, { recursive: true });
}

/** Plays the demo year into the migrated empty server database of `env`, or copies it from this run's template. */
export async function fillServerDatabase(server: string, env: Readonly<Record<string, string>>): Promise<void> {
  if (!templates) {
    await runCli(['demo'], env);
    return;
  }
  const folder = await serverTemplate(server, templates, env.XUEKAO_SECRET!);
  await copyRows(readFileSync(join(folder, 'database'), 'utf8'), env.DATABASE_URL!);
  cpSync(join(folder, 'demo-accounts.txt'), join(env.XUEKAO_DATA_DIR!, 'demo-accounts.txt'));
}

function serverTemplate(server: string, root: string, secret: string): Promise<string> {
  return madeOnce(join(root, `server-${new URL(server).port}`), async (making) => {
    const { url } = await scratchDatabase(server);
    // Its name alone, for the end of the run.
    writeFileSync(join(making, new URL(url).pathname.slice(1)), '');
    await runCli(['demo'], { DATABASE_URL: url, XUEKAO_DATA_DIR: making, XUEKAO_SECRET: secret });
    writeFileSync(join(making, 'database'), url);
  });
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
