import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { jest } from '@jest/globals';
import type { QuestionBody } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import type { Page } from 'playwright-core';
import { AppProcess } from '../harness/app-process.js';
import { fillDataFolder } from '../harness/demo-template.js';
import { freePort } from '../harness/ports.js';
import { passwordsOf } from '../harness/topology.js';
import { Chromium } from './browser.js';
import { scrollsSideways, seriousFaults } from './faults.js';

jest.setTimeout(180_000);

interface Choice {
  readonly questionId: string;
  readonly versionId: string;
  readonly body: Extract<QuestionBody, { options: unknown }>;
  readonly right: readonly string[];
}

/** The single choices of the bank with their keys, which no page and no route of a member tells. */
function choicesOf(database: DatabaseSync): Choice[] {
  const rows = database
    .prepare(
      `SELECT q.id, v.id AS version_id, v.body, k.answer_key FROM question q
       JOIN question_version v ON v.id = q.published_version_id JOIN question_key k ON k.version_id = v.id
       WHERE q.state = 'published' AND q.type IN ('single', 'multiple', 'true-false')`,
    )
    .all() as { id: string; version_id: string; body: string; answer_key: string }[];
  return rows.map((row) => {
    const body = JSON.parse(row.body) as Choice['body'];
    const { optionIds } = JSON.parse(row.answer_key) as { optionIds: string[] };
    const right = body.options.filter(({ id }) => optionIds.includes(id)).map(({ text }) => text);
    return { questionId: row.id, versionId: row.version_id, body, right };
  });
}

/** A four that three other members played to its end some time ago: what a ghost replays. */
function recordGame(database: DatabaseSync, questions: readonly Choice[], memberIds: readonly string[]): void {
  const id = newId();
  const shown = questions.map(({ questionId, versionId }) => ({ questionId, versionId }));
  database
    .prepare("INSERT INTO battle_game VALUES (?, 'four', 'played', ?, ?, 0, ?)")
    .run(id, Date.now(), memberIds.length, JSON.stringify(shown));
  const seat = database.prepare('INSERT INTO battle_seat VALUES (?, ?, ?, 1000, ?, ?, ?, 0, ?)');
  for (const [index, memberId] of memberIds.entries()) {
    const answers = shown.map((_, question) => ({ question, elapsedMs: 600 + 400 * index, correct: index === 0 }));
    const correct = index === 0 ? shown.length : 0;
    seat.run(id, index + 1, memberId, correct, correct * 600, index + 1, JSON.stringify(answers));
  }
}

describe('games of members without a host', () => {
  let folder: string;
  let app: AppProcess;
  let chromium: Chromium;
  let pair: readonly [Page, Page];
  let alone: Page;
  let runner: Page;
  let choices: Choice[];
  /** The run of `runner`, which begins with the first test. */
  let survived: Promise<void>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xuekao-battle-'));
    await fillDataFolder(folder);
    const port = await freePort();
    app = new AppProcess('standalone', { PORT: String(port), XUEKAO_DATA_DIR: folder });
    await app.start();
    const database = new DatabaseSync(join(folder, 'xuekao.db'), { timeout: 10_000 });
    choices = choicesOf(database);
    const others = database.prepare("SELECT id FROM member WHERE name NOT IN ('戚立新', '谢宏斌', '邹建国') LIMIT 3");
    const memberIds = (others.all() as { id: string }[]).map(({ id }) => id);
    recordGame(database, choices.slice(0, 5), memberIds);
    database.close();
    chromium = await Chromium.launch(`http://127.0.0.1:${port}`, passwordsOf(join(folder, 'demo-accounts.txt')));
    const withoutSockets = await chromium.device('phone');
    await withoutSockets.context().routeWebSocket(/\/socket\.io\//, (socket) => socket.close());
    alone = withoutSockets;
    [pair, runner] = await Promise.all([
      Promise.all([chromium.signedIn('member', 'phone'), chromium.signedIn('member2', 'narrow')]),
      chromium.signedIn('organiser', 'phone'),
      chromium.signIn(withoutSockets, 'member3'),
    ]);
  }, 120_000);
  afterEach(() => chromium.expectNoFaults());
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(phone: Page, mode: string): Promise<void> {
    await phone.goto('/battle');
    await phone.getByRole('link', { name: `开始${mode}` }).click();
  }
  const options = (phone: Page) => phone.locator('.options button:enabled');
  const agree = (phone: Page) => phone.locator('dialog[open] .button.primary').click();

  /** Answers the open question rightly or wrongly, as its key says. */
  async function answer(phone: Page, isRight: boolean): Promise<void> {
    await options(phone).first().waitFor();
    const stem = (await phone.locator('.stem').innerText()).trim();
    const texts = (await options(phone).locator('.text').allInnerTexts()).map((text) => text.trim());
    const asked = choices.find(
      ({ body }) => body.stem.trim() === stem && body.options.every(({ text }) => texts.includes(text.trim())),
    );
    if (!asked) throw new Error(`no such question in the bank: ${stem}`);
    const isAmong = (text: string): boolean => asked.right.some((one) => one.trim() === text);
    const chosen = isRight ? texts.filter(isAmong) : [texts.find((text) => !isAmong(text)) ?? texts[0]!];
    for (const text of chosen) await options(phone).nth(texts.indexOf(text)).click();
    if (asked.body.type === 'multiple') await phone.getByRole('button', { name: '提交答案' }).click();
  }

  async function survive(): Promise<void> {
    await start(runner, '挑战答题');
    await options(runner).first().waitFor();
    expect(await seriousFaults(runner)).toEqual([]);
    await answer(runner, false);
    await runner.getByRole('button', { name: '复活', exact: true }).click();
    await answer(runner, true);
    await runner.getByText('已答对 1 题').waitFor();
    await answer(runner, false);
    // The answer to the last mistake can be looked at before the result.
    await runner.locator('.isRight', { hasText: '正确答案' }).first().waitFor();
    await runner.getByRole('button', { name: '查看成绩' }).click();
  }

  it('bring two members together, take their answers, and go on after a reload and on a second device', async () => {
    // These two play by themselves meanwhile: most of a game is waiting for its clock.
    await start(alone, '四人对战');
    survived = survive();
    survived.catch(() => undefined);
    const [one, other] = pair;
    await start(one, '双人对战');
    await one.getByText('正在找一位对手').waitFor();
    await start(other, '双人对战');
    await Promise.all(pair.map((phone) => phone.waitForURL('**/battle/play/*')));
    await one.getByText('谢宏斌').waitFor();
    await answer(one, true);
    await one.locator('.answer.saved').waitFor();
    const revealed = Promise.all([
      other.locator('.verdict.wrong').waitFor(),
      other.locator('.isRight', { hasText: '正确答案' }).first().waitFor(),
      other.locator('.seats li', { hasText: '戚立新' }).getByText('答对 1').waitFor(),
    ]);
    const reloaded = one.reload().then(() => one.locator('.answer.saved, .verdict.right').waitFor());
    await Promise.all([reloaded, answer(other, false), revealed]);
    await one.getByText('第 2 / 10 题').waitFor();
    await Promise.all([answer(one, true), answer(other, true)]);
    await one.locator('.seats li.me').getByText('答对 2').waitFor();
    const second = await chromium.page(one.context());
    await start(second, '四人对战');
    await second.waitForURL(one.url());
    await second.close();
    await other.getByRole('button', { name: '退出' }).click();
    await agree(other);
    await other.waitForURL('**/battle');
    await one.getByText('其他人已退出，本局结束').waitFor();
    await one.getByText('我答对 2 题').waitFor();
    await one.getByText('解析：').first().waitFor();
    expect(await one.locator('a[href^="/handbook/"]').count()).toBeGreaterThan(0);
    expect(await seriousFaults(one)).toEqual([]);
    expect(await scrollsSideways(other)).toBe(false);
  });

  it('fill empty seats with recorded games that are called so, also for a phone without sockets', async () => {
    await alone.locator('[data-connection=polling]').waitFor();
    await alone.locator('.seats .ghost', { hasText: '往局记录' }).nth(2).waitFor();
    expect(await alone.locator('.seats li:not(.ghost)').allInnerTexts()).toEqual([expect.stringContaining('我')]);
    await answer(alone, true);
    await alone.locator('.verdict.right').waitFor();
    await alone.getByRole('button', { name: '退出' }).click();
    await agree(alone);
    await alone.waitForURL('**/battle');
    await alone.getByText('含往局记录 3 个').waitFor();
  });

  it('let a member survive his first mistake, and keep his best for himself', async () => {
    await survived;
    await runner.getByText('第二次答错，挑战结束').waitFor();
    await runner.getByText('本次答对 1 题').waitFor();
    await runner.getByText('这是您的最好成绩').waitFor();
    await runner.getByRole('link', { name: '返回' }).click();
    await runner.getByText('最好成绩：答对 1 题').waitFor();
  });
});
