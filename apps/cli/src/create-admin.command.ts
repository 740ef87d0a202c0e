import { parseArgs } from 'node:util';
import { SetupService } from '@xuekao/auth';
import { refusalText } from './refusal-text.js';
import type { Command } from './commands.js';
import { withApp } from './context.js';

const asked = ['name', 'staff-number', 'login', 'password'] as const;

export const createAdminCommand: Command = {
  name: 'create-admin',
  help: 'make a system administrator: --name 张三 --staff-number 0001 --login admin --password …',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: Object.fromEntries(asked.map((name) => [name, { type: 'string' as const }])),
    });
    const missing = asked.filter((name) => !values[name]);
    if (missing.length > 0) {
      process.stderr.write(`Missing: ${missing.map((name) => `--${name}`).join(', ')}\n`);
      return 2;
    }
    return withApp(async (app) => {
      const { name, login, password } = values as Record<string, string>;
      const administrator = {
        name: name!,
        staffNumber: values['staff-number'] as string,
        loginName: login!,
        password: password!,
      };
      try {
        const account = await app.get(SetupService).createAdministrator(administrator);
        process.stdout.write(`System administrator ${account.loginName} is ready.\n`);
        return 0;
      } catch (error) {
        const text = refusalText(error);
        if (!text) throw error;
        process.stderr.write(`${text}\n`);
        return 1;
      }
    });
  },
};
