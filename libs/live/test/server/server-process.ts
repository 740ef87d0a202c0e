import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import type { Fall } from './scripted-fall.js';

const folder = import.meta.dirname;

/** The test server in a process of its own, always on the port it got first. */
export class ServerProcess {
  port = 0;
  private child: ChildProcess | null = null;
  private lines: Interface | null = null;

  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  /** Resolves when it listens. */
  async start(): Promise<void> {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const script = ['--import', join(folder, 'register-swc.mjs'), join(folder, 'main.ts')];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...script], {
      env: { PATH, NODE_COMPILE_CACHE, ...this.environment, TEST_PORT: String(this.port) },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child = child;
    this.lines = createInterface(child.stdout!);
    const [line] = (await Promise.race([
      once(this.lines, 'line'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`The test server ended with ${String(code)}`))),
    ])) as [string];
    this.port = (JSON.parse(line) as { port: number }).port;
  }

  /** Resolves when the server knows at which write it is to die. */
  async planFall(fall: Fall): Promise<void> {
    const heard = once(this.lines!, 'line');
    this.child!.stdin!.write(`${JSON.stringify(fall)}\n`);
    await heard;
  }

  /** Resolves when the server is gone, by whatever hand. */
  async gone(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** Starts it again once it is gone. Whoever awaits this hears of a start that failed; a test that failed before need not. */
  risen(): Promise<void> {
    const rising = this.gone().then(() => this.start());
    rising.catch(() => undefined);
    return rising;
  }

  /** As a power cut: nothing is closed or flushed. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** As in a rolling restart. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
