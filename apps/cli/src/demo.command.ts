import { playDemo, readConfig } from '../../server-modules/src/index.js';
import type { Command } from './commands.js';

export const demoCommand: Command = {
  name: 'demo',
  help: 'play the demo bureau into the configured empty database, and print its accounts',
  async run() {
    const { accounts, accountsFile } = await playDemo(readConfig());
    for (const { loginName, password, who } of accounts) {
      process.stdout.write(`${loginName.padEnd(10)} ${password}   ${who}\n`);
    }
    process.stdout.write(`Also in ${accountsFile}\n`);
    return 0;
  },
};
