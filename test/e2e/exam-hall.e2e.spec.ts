import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { migratedDatabase } from '@xuekao/database/testing';
import type { ScratchDatabase } from '@xuekao/database/testing';
import { seededRng } from '@xuekao/kernel';
import { parseConfig, secretOfDataDir } from '@xuekao/platform';
import { AppProcess } from '../harness/app-process.js';
import { seedExamHall } from '../harness/exam-hall.js';
import type { ExamHall } from '../harness/exam-hall.js';
import { ExamBrowser } from '../harness/exam-browser.js';
import { freePort } from '../harness/ports.js';

/** The soak run has 500 people, 50 answers each, 20 kills of the server and 20 of browsers. */
const people = Number(process.env.HALL_PEOPLE ?? 24);
const answers = Number(process.env.HALL_ANSWERS ?? 15);
const crashes = Number(process.env.HALL_CRASHES ?? 1);
const browserKills = Number(process.env.HALL_BROWSERS ?? 4);
const seed = process.env.SOAK_SEED ?? 'hall';
jest.setTimeout(180_000 + crashes * 30_000 + people * 300);

const only = process.env.TEST_DATABASES?.split(',');
const servers = [
  ...(!only || only.includes('sqlite') ? [{ name: 'SQLite', server: undefined }] : []),
  ...(process.env.TEST_MYSQL_URL && (!only || only.includes('mysql'))
    ? [{ name: 'MySQL', server: process.env.TEST_MYSQL_URL }]
    : []),
];

describe.each(servers)('a hall of examinees on $name, whose server and browsers are killed', ({ server }) => {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-hall-'));
  const rng = seededRng(seed);
  let app: AppProcess;
  let scratch: ScratchDatabase | undefined;
  let hall: ExamHall;
  let url: string;
  let browsers: ExamBrowser[] = [];
  let kept = 0;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env: Record<string, string> = { PORT: String(port), XUEKAO_DATA_DIR: folder, XUEKAO_DEMO: '0' };
    scratch = server ? await migratedDatabase(server) : undefined;
    if (scratch) env.DATABASE_URL = scratch.url;
    hall = await seedExamHall(parseConfig(env, secretOfDataDir), people);
    app = new AppProcess('standalone', env);
    await app.start();
    browsers = hall.examinees.map(
      ({ token }, index) => new ExamBrowser(url, token, seededRng(`${seed}:${index}`), () => void (kept += 1)),
    );
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output);
    await app?.stop();
    await scratch?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const crash = async (): Promise<void> => {
    await app.kill();
    await app.start();
  };
  const faults = async (): Promise<string[]> => (await Promise.all(browsers.map((each) => each.faults()))).flat();

  it('starts one attempt each, although the start is cut off', async () => {
    const starts = browsers.map((browser) => browser.start(hall.startsExam));
    await pause(20);
    await crash();
    await Promise.all(starts);
    const ids = await Promise.all(browsers.map(async (browser) => (await browser.seen()).id));
    expect(new Set(ids).size).toBe(people);
  });

  it('loses and doubles no answer that it acknowledged', async () => {
    let isDone = false;
    const working = Promise.all(browsers.map((browser) => browser.work(answers))).finally(() => {
      isDone = true;
    });
    const total = people * answers;
    const events = [
      ...Array.from({ length: crashes }, (_, index) => ({ at: ((index + 1) * total) / (crashes + 1), kill: crash })),
      ...Array.from({ length: browserKills }, (_, index) => ({
        at: ((index + 0.5) * total) / (browserKills + 1),
        kill: async () => browsers[rng.int(browsers.length)]!.kill(),
      })),
    ].toSorted((a, b) => a.at - b.at);
    for (const { at, kill } of events) {
      while (kept < at && !isDone) await pause(1);
      await pause(rng.int(6));
      await kill();
    }
    await working;
    expect(browsers.reduce((sum, browser) => sum + browser.kills, 0)).toBe(browserKills);
    expect(await faults()).toEqual([]);
    expect(browsers.every((browser) => browser.acknowledged.size > 0)).toBe(true);
  });

  it('takes every paper in once, with all that it acknowledged', async () => {
    const handIns = browsers.map((browser) => browser.handIn());
    await pause(30);
    await crash();
    await Promise.all(handIns);
    expect(await faults()).toEqual([]);
    const states = await Promise.all(browsers.map(async (browser) => (await browser.seen()).state));
    expect(new Set(states)).toEqual(new Set(['handed-in']));
    const response = await fetch(`${url}/api/v1/exams/${hall.startsExam}/progress`, {
      headers: { authorization: `Bearer ${hall.officerToken}` },
    });
    expect(await response.json()).toMatchObject({ total: { working: 0, handedIn: people } });
  });
});
