import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { isEmbeddedTried } from '../harness/embedded-alone.js';
import { AppProcess } from '../harness/app-process.js';
import { Client, RequestRefused } from '../harness/client.js';
import { freePort } from '../harness/ports.js';
import { SmallDisk } from '../harness/small-disk.js';
import { passwordsOf } from '../harness/topology.js';

jest.setTimeout(120_000);

const disk = SmallDisk.mount(128);
const describeHere = disk && isEmbeddedTried ? describe : describe.skip;

describeHere('a data folder that is full (needs root on Linux, to mount a small disk)', () => {
  let app: AppProcess;
  let url: string;
  let member: Client;
  const kept: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    app = new AppProcess('standalone', { PORT: String(port), XUEKAO_DATA_DIR: disk!.folder });
    await app.start();
    const passwords = passwordsOf(join(disk!.folder, 'demo-accounts.txt'));
    member = await Client.signIn(url, 'member', passwords.get('member')!);
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output);
    await app?.stop();
    disk!.unmount();
  });

  const write = async (): Promise<string> => {
    const text = `${randomUUID()} ${'学'.repeat(800)}`;
    await member.post('/handbook/entries/f001/notes', { text });
    kept.push(text);
    return text;
  };
  const refusal = (work: () => Promise<unknown>): Promise<unknown> =>
    work().then(
      () => 'saved',
      (error: unknown) => (error instanceof RequestRefused ? error.problem : error),
    );
  /** Writes until something is not saved: the log of the database has some room of its own. */
  const firstRefusal = async (): Promise<unknown> => {
    let outcome: unknown = 'saved';
    for (let number = 0; number < 4000 && outcome === 'saved'; number++) outcome = await refusal(write);
    return outcome;
  };
  const notes = async (): Promise<string[]> => {
    const { items } = await member.get<{ items: { text: string }[] }>('/handbook/notes');
    return items.map(({ text }) => text).sort();
  };

  it('answers what cannot be kept as not saved, and lives on with every earlier row', async () => {
    for (let number = 0; number < 5; number++) await write();
    disk!.fill(64 * 1024);
    expect(await firstRefusal()).toMatchObject({ status: 507, code: 'storage.full', title: '未保存' });
    disk!.fill(0);
    for (let number = 0; number < 5; number++) {
      const outcome = await refusal(write);
      if (outcome !== 'saved') expect(outcome).toMatchObject({ code: expect.stringMatching(/^storage\./) });
    }
    expect(await notes()).toEqual([...kept].sort());
    expect((await member.get<{ question: string }>('/handbook/entries/f001')).question).toBeTruthy();
    expect(app.pid).toBeDefined();
  });

  it('saves again as soon as there is room, without a restart', async () => {
    disk!.makeRoom();
    await write();
    expect(await notes()).toEqual([...kept].sort());
  });

  it('survives its death on a full disk', async () => {
    disk!.fill(0);
    expect(await firstRefusal()).toMatchObject({ code: expect.stringMatching(/^storage\./) });
    await app.kill();
    disk!.makeRoom();
    await app.start();
    expect(await notes()).toEqual([...kept].sort());
    await write();
  });
});
