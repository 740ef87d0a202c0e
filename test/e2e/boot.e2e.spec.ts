import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { jest } from '@jest/globals';
import { describeEmbedded } from '../harness/embedded-alone.js';
import { Client } from '../harness/client.js';
import { endingOf } from '../harness/ended-process.js';
import { startStandalone } from '../harness/topology.js';

jest.setTimeout(60_000);

type Env = Readonly<Record<string, string>>;

describeEmbedded('a boot that cannot go on', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'xuekao-boot-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Exactly one line that says why, nothing else, and exit code 1. */
  const expectRefused = async (
    env: Env,
    why: RegExp,
    [app, ...args]: readonly string[] = ['standalone'],
  ): Promise<void> => {
    const { code, stdout, stderr } = await endingOf(app!, { XUEKAO_DATA_DIR: folder, ...env }, args);
    expect(stderr.split('\n')).toEqual([expect.stringMatching(why), '']);
    expect(stderr).toMatch(/^xuekao: cannot start: /);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  };

  it.each<[string, Env, RegExp]>([
    ['an unknown setting', { XUEKAO_SECRT: 'x' }, /Unknown setting XUEKAO_SECRT/],
    ['a short secret', { XUEKAO_SECRET: 'short' }, /XUEKAO_SECRET .* 32/],
    ['a port that is none', { PORT: 'http' }, /PORT .* not http/],
    ['a zone that is none', { XUEKAO_ZONE: 'Mars/Olympus' }, /XUEKAO_ZONE .* Mars\/Olympus/],
    ['a flag that is none', { XUEKAO_DEMO: 'yes' }, /XUEKAO_DEMO .* not yes/],
    ['a database address that is none', { DATABASE_URL: 'postgres://localhost/x' }, /DATABASE_URL .*mysql:\/\//],
    ['a database that nobody answers for', { DATABASE_URL: 'mysql://root@127.0.0.1:1/x' }, /127\.0\.0\.1:1/],
    ['a host that does not exist', { DATABASE_URL: 'mysql://root@db.invalid/x' }, /db\.invalid/],
  ])('stops with %s', async (_what, env, why) => {
    await expectRefused(env, why);
  });

  it('stops at a database that is ahead of the program', async () => {
    const app = await startStandalone({ XUEKAO_DEMO: '0', XUEKAO_DATA_DIR: folder });
    await app.stop();
    const database = new DatabaseSync(join(folder, 'xuekao.db'));
    database.exec(`INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (999, 'future', 'x', 0)`);
    database.close();
    await expectRefused({}, /999 \(future\)/);
  });

  it('says the same of the operator’s tool', async () => {
    await expectRefused({ DATABASE_URL: 'mysql://root@127.0.0.1:1/x' }, /127\.0\.0\.1:1/, ['cli', 'verify-log']);
  });

  it('stops at a database file that is none, and leaves it as it is', async () => {
    const file = join(folder, 'xuekao.db');
    writeFileSync(file, 'a text that somebody put here'.repeat(100));
    const { size } = statSync(file);
    await expectRefused({}, /xuekao\.db|not a database/);
    expect(statSync(file).size).toBe(size);
  });

  it('stops at a secret file that is too short', async () => {
    const app = await startStandalone({ XUEKAO_DEMO: '0', XUEKAO_DATA_DIR: folder });
    await app.stop();
    writeFileSync(join(folder, 'secret'), 'short\n');
    await expectRefused({}, /secret/i);
  });

  it('stops where the data folder is a file', async () => {
    const file = join(folder, 'taken');
    writeFileSync(file, '');
    await expectRefused({ XUEKAO_DATA_DIR: file }, /taken/);
    mkdirSync(join(folder, 'xuekao.db'));
    await expectRefused({}, /xuekao\.db|open/);
  });

  it('stops at a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    // Nest logs this one besides, as a line of JSON on standard output.
    const { code, stderr } = await endingOf('standalone', { XUEKAO_DATA_DIR: folder, PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^xuekao: cannot start: .*EADDRINUSE.*${port}.*\n$`));
  });
});

describeEmbedded('a first start without the demo', () => {
  it('asks for the first administrator, once, and signs him in', async () => {
    const app = await startStandalone({ XUEKAO_DEMO: '0' });
    try {
      const nobody = new Client(app.url);
      expect(await nobody.get('/setup')).toEqual({ needed: true });
      const administrator = {
        name: '张三',
        staffNumber: 'A001',
        loginName: 'first.admin',
        password: 'Xk-2026-long-enough',
      };
      const setup = { bureauName: '示例市某局', partyName: '示例市某局党组', partyKind: 'party-group', administrator };
      const weak = { ...setup, administrator: { ...administrator, password: '123456' } };
      await expect(nobody.post('/setup', weak)).rejects.toMatchObject({ problem: { code: 'auth.password.weak' } });
      expect(await nobody.get('/setup')).toEqual({ needed: true });
      const answers = await Promise.allSettled([nobody.post('/setup', setup), nobody.post('/setup', setup)]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await nobody.get('/setup')).toEqual({ needed: false });
      await expect(nobody.post('/setup', setup)).rejects.toMatchObject({ status: 409 });
      const admin = await Client.signIn(app.url, administrator.loginName, administrator.password);
      expect(await admin.get('/auth/me')).toMatchObject({ name: '张三', isAdministrator: true });
      expect((await admin.get<{ items: unknown[] }>('/units')).items.length).toBeGreaterThanOrEqual(2);
    } finally {
      await app.stop();
    }
  });
});
