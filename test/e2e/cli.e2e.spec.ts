import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../harness/cli.js';
import { fillDataFolder } from '../harness/demo-template.js';

describe("the operator's tool", () => {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-cli-'));
  const env = { XUEKAO_DATA_DIR: join(folder, 'data') };
  const admin = ['create-admin', '--name', '王五', '--staff-number', 'X1', '--login', 'boss', '--password'];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('lists its commands, and names an unknown one by exit code', async () => {
    expect(await runCli(['help'], env)).toContain('backup');
    await expect(runCli(['no-such-command'], env)).rejects.toThrow('ended with 2');
  });

  it('migrates an empty database, and again without harm', async () => {
    for (const _ of [1, 2]) expect(await runCli(['migrate'], env)).toContain('up to date');
  });

  it('makes an administrator whose password obeys the policy, and stores no weak one', async () => {
    const demo = { XUEKAO_DATA_DIR: join(folder, 'demo') };
    await fillDataFolder(demo.XUEKAO_DATA_DIR);
    if (!existsSync(join(demo.XUEKAO_DATA_DIR, 'xuekao.db'))) await runCli(['demo'], demo);
    await expect(runCli([...admin, 'short'], demo)).rejects.toThrow('auth.password.weak');
    expect(await runCli([...admin, 'Str0ng-pass-word'], demo)).toContain('boss is ready');
    await expect(runCli([...admin, 'Str0ng-pass-word'], demo)).rejects.toThrow('ended with 1');
    await expect(runCli(['create-admin', '--name', '王五'], demo)).rejects.toThrow('Missing: --staff-number');
  });

  it('copies the database into a new file that is whole, and never over one', async () => {
    const file = join(folder, 'copy.db');
    await runCli(['backup', file], env);
    const copy = new DatabaseSync(file, { readOnly: true });
    expect(copy.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(copy.prepare('SELECT count(*) AS n FROM schema_migration').get()!.n).toBeGreaterThan(10);
    copy.close();
    await expect(runCli(['backup', file], env)).rejects.toThrow('is there already');
    expect(existsSync(file)).toBe(true);
  });

  it('finds the audit log of an empty installation whole', async () => {
    expect(await runCli(['verify-log'], env)).toContain('"kind":"whole"');
  });

  it('verifies one room alone, and says so where there is none of that id', async () => {
    await expect(runCli(['verify-log', '--room', 'no-such-room'], env)).rejects.toThrow(
      'There is no room no-such-room',
    );
    await expect(runCli(['verify-log', '--rooms'], env)).rejects.toThrow('Usage: verify-log');
  });
});
