import { AuditService } from '@xuekao/audit';
import { withApp } from './context.js';
import type { Command } from './commands.js';

export const verifyLogCommand: Command = {
  name: 'verify-log',
  help: 'check the hash chain of the audit log',
  run: () =>
    withApp(async (app) => {
      const verdict = await app.get(AuditService).verifyAudit();
      process.stdout.write(`${JSON.stringify(verdict)}\n`);
      return verdict.kind === 'whole' ? 0 : 1;
    }),
};
