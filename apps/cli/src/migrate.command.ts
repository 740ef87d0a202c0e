import { openDatabase } from '@xuekao/database';
import { entities, readConfig } from '../../server-modules/src/index.js';
import type { Command } from './commands.js';

export const migrateCommand: Command = {
  name: 'migrate',
  help: 'bring the schema to this version',
  async run() {
    const config = readConfig();
    const database = await openDatabase({ url: config.databaseUrl, file: config.databaseFile, entities });
    await database.close();
    process.stdout.write('The schema is up to date.\n');
    return 0;
  },
};
