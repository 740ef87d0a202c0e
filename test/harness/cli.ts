import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { owned } from './own-processes.js';

const main = join(import.meta.dirname, '../../dist/apps/cli/main.js');

/** Runs the built operator's tool; resolves with its output, rejects where it fails. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  const child = owned(
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      env: { PATH, NODE_COMPILE_CACHE, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`cli ${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}
