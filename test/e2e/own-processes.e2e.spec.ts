import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEmbedded } from '../harness/embedded-alone.js';
import { eventually } from '../harness/eventually.js';
import { owned } from '../harness/own-processes.js';

const root = join(import.meta.dirname, '../..');

interface Config {
  readonly projects: readonly object[];
}

/** Neither ended nor only waiting for its parent to ask how it ended. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}

describeEmbedded('processes that a spec started', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'xuekao-unfinished-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A jest with the one spec whose hook never ends by itself, and the process which that hook started. */
  async function startUnfinished(hookMs: number) {
    const { default: config } = (await import(join(root, 'jest.config.mjs'))) as { default: Config };
    const alone = { ...config.projects[0], testMatch: ['**/test/fixtures/processes/unfinished-start.ts'] };
    const pidFile = join(folder, 'pid');
    const program = ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js')];
    const args = ['--config', JSON.stringify(alone), '--runInBand', '--forceExit'];
    const jest = owned(
      spawn(process.execPath, [...program, ...args], {
        cwd: root,
        env: { ...process.env, PID_FILE: pidFile, DATA_DIR: folder, HOOK_MS: String(hookMs) },
        stdio: 'ignore',
      }),
    );
    const ended = new Promise<number | null>((resolve) => jest.once('exit', resolve));
    await eventually(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', 50_000);
    return { jest, ended, pid: Number(readFileSync(pidFile, 'utf8')) };
  }

  it('end with the spec, also where its hook timed out before it held them', async () => {
    const { ended, pid } = await startUnfinished(500);
    expect(await ended).toBe(1);
    expect(isRunning(pid)).toBe(false);
  });

  it('end when the run itself is killed', async () => {
    const { jest, ended, pid } = await startUnfinished(300_000);
    expect(isRunning(pid)).toBe(true);
    jest.kill('SIGKILL');
    await ended;
    await eventually(() => !isRunning(pid));
  });
});
