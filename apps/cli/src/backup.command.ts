import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openDatabase } from '@xuekao/database';
import { readConfig } from '../../server-modules/src/index.js';
import type { Command } from './commands.js';

export const backupCommand: Command = {
  name: 'backup',
  help: 'copy the embedded database to a new file while the app runs: backup FILE',
  async run([file]) {
    const config = readConfig();
    if (config.databaseUrl) {
      process.stderr.write(
        'With DATABASE_URL set, back up with the tools of the server (mysqldump, mariadb-backup).\n',
      );
      return 2;
    }
    if (!file || existsSync(file)) {
      process.stderr.write(file ? `${file} is there already; nothing was written.\n` : 'Name the file to write.\n');
      return 2;
    }
    if (!existsSync(config.databaseFile)) {
      process.stderr.write(`There is no database at ${config.databaseFile}.\n`);
      return 1;
    }
    const database = await openDatabase({ file: config.databaseFile, entities: [], migrate: false });
    await database.writer.query('VACUUM INTO ?', [resolve(file)]);
    await database.close();
    process.stdout.write(`Wrote ${resolve(file)}.\n`);
    return 0;
  },
};
