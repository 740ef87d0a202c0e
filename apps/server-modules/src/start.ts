import { ConfigError, parseConfig, secretOfDataDir } from '@xuekao/platform';
import type { AppConfig } from '@xuekao/platform';

export function readConfig(env: NodeJS.ProcessEnv = process.env): AppConfig {
  return parseConfig(env, secretOfDataDir);
}

/** Ends a boot that cannot go on with one line that says why, and exit code 1. */
export function stopWithSentence(error: unknown): never {
  const reason = error instanceof Error ? error : new Error(String(error));
  const code = (reason as NodeJS.ErrnoException).code;
  const sentence = reason instanceof ConfigError ? reason.message : `${reason.message}${code ? ` (${code})` : ''}`;
  process.stderr.write(`xuekao: cannot start: ${sentence || reason.name}\n`);
  if (process.env.XUEKAO_LOG_LEVEL === 'debug') process.stderr.write(`${reason.stack ?? ''}\n`);
  process.exit(1);
}
