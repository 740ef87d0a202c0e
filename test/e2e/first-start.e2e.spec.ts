import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEmbedded } from '../harness/embedded-alone.js';
import { AppProcess } from '../harness/app-process.js';
import { Client } from '../harness/client.js';
import { freePort } from '../harness/ports.js';
import { passwordsOf } from '../harness/topology.js';

describeEmbedded('the first start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-first-'));
  let app: AppProcess;
  let url: string;
  const accounts = join(folder, 'demo-accounts.txt');

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    app = new AppProcess('standalone', { PORT: String(port), XUEKAO_DATA_DIR: folder });
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('begins anew after a kill in the middle of loading the demo', async () => {
    const cut = app.start().catch(() => undefined);
    while (!existsSync(join(folder, 'xuekao.db.loading'))) await new Promise((resolve) => setTimeout(resolve, 50));
    await app.kill();
    await cut;
    expect(existsSync(join(folder, 'xuekao.db'))).toBe(false);
    await app.start();
    expect(readdirSync(folder).filter((name) => name.includes('loading'))).toEqual([]);
    expect(app.output).toContain('member');
  }, 120_000);

  it('prints accounts that can sign in, and keeps them at the next start', async () => {
    const passwords = passwordsOf(accounts);
    expect([...passwords.keys()]).toEqual(
      expect.arrayContaining(['committee', 'organiser', 'member', 'sysadmin', 'secadmin', 'auditor']),
    );
    await Client.signIn(url, 'member', passwords.get('member')!);
    await app.stop();
    const before = app.output.length;
    await app.start();
    expect(app.output.slice(before)).not.toContain('First start');
    await Client.signIn(url, 'member', passwordsOf(accounts).get('member')!);
  });
});
