import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { owned } from './own-processes.js';
import { freePort } from './ports.js';

/** How this run gets a Redis: an address, a program to start, or neither. */
export const redisProgram = ['/usr/sbin', '/usr/local/sbin', '/sbin', ...(process.env.PATH ?? '').split(':')]
  .map((folder) => join(folder, 'redis-server'))
  .find((path) => existsSync(path));

export const hasRedis = process.env.TEST_REDIS_URL !== undefined || redisProgram !== undefined;

export interface TestRedis {
  readonly url: string;
  /** The private server's process id; undefined where the address was given. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** The Redis of `TEST_REDIS_URL`, or a private one on a free loopback port. */
export async function testRedis(): Promise<TestRedis> {
  const given = process.env.TEST_REDIS_URL;
  return given ? { url: given, pid: undefined, stop: async () => undefined } : privateRedis();
}

/** A Redis of one's own, for tests that stop or empty it. `port` brings a stopped one back at its old place. */
export async function privateRedis(port?: number): Promise<TestRedis> {
  if (!redisProgram) throw new Error('No redis-server found');
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-redis-'));
  const at = port ?? (await freePort());
  const settings = ['--port', String(at), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const server = owned(spawn(redisProgram, settings, { stdio: 'ignore' }));
  await untilOpen(at, server);
  return {
    url: `redis://127.0.0.1:${at}`,
    pid: server.pid,
    async stop() {
      await endProcess(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ends one process of ours: asked first, then killed. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM', withinMs = 10_000) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await ended;
  clearTimeout(timer);
}

async function untilOpen(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const ending = server.exitCode ?? server.signalCode;
    if (ending !== null) throw new Error(`redis-server ended with ${ending}`);
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`redis-server did not open port ${port}`);
}
