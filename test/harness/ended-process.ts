import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { owned } from './own-processes.js';

const root = join(import.meta.dirname, '../..');

export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a built app that is expected to end by itself; kills it after a while, with code null. */
export function endingOf(
  app: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Ending> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  const main = join(root, 'dist/apps', app, 'main.js');
  const child = owned(
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      cwd: root,
      env: { PATH, NODE_COMPILE_CACHE, HOST: '127.0.0.1', PORT: '0', XUEKAO_DEMO: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
