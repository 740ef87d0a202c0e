import { backupCommand } from './backup.command.js';
import { createAdminCommand } from './create-admin.command.js';
import { demoCommand } from './demo.command.js';
import { migrateCommand } from './migrate.command.js';
import { openApiCommand } from './openapi.command.js';
import { verifyLogCommand } from './verify-log.command.js';

export interface Command {
  readonly name: string;
  readonly help: string;
  /** Returns the exit code. */
  run(args: readonly string[]): Promise<number>;
}

export const commands: readonly Command[] = [
  migrateCommand,
  demoCommand,
  createAdminCommand,
  backupCommand,
  verifyLogCommand,
  openApiCommand,
];

export function usage(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.help}`);
  return `Usage: npm run cli -- <command>\n\n${lines.join('\n')}\n`;
}
