import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { owned } from './own-processes.js';

const root = join(import.meta.dirname, '../..');

/** A built app as a process of its own on loopback. */
export class AppProcess {
  private child: ChildProcess | undefined;
  /** All that it has printed. */
  output = '';

  constructor(
    private readonly app: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Resolves when the process says that it listens (or is ready); rejects with its output when it ends before. */
  start(timeoutMs = 90_000): Promise<void> {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const main = join(root, 'dist/apps', this.app, 'main.js');
    const child = owned(
      spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
        cwd: root,
        env: { PATH, NODE_COMPILE_CACHE, HOST: '127.0.0.1', ...this.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    this.child = child;
    const from = this.output.length;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`${this.app} was not ready in ${timeoutMs} ms:\n${this.output}`));
      }, timeoutMs);
      const read = (chunk: Buffer): void => {
        this.output += chunk.toString();
        if (!/^Xuekao .*(?:listens on|is ready)/m.test(this.output.slice(from))) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`${this.app} ended with ${code ?? signal}:\n${this.output}`));
      });
    });
  }

  get pid(): number | undefined {
    return this.child?.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }

  /** `kill -9`. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  }
}
