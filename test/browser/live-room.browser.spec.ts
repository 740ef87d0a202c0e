import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addOrdering } from './arrangements.js';
import { scrollsSideways, seriousFaults } from './faults.js';
import { addQuestions, consoleSize, Hall, phoneSize, screenSize } from './hall.js';

jest.setTimeout(180_000);

const options = '.options button:enabled';
/** In their right order. */
const meetings = ['中共一大', '遵义会议', '中共七大', '十一届三中全会'];

describe('a contest in the hall', () => {
  let hall: Hall;
  let host: Page;
  let screen: Page;
  let phones: Page[];
  let code = '';
  let roomUrl = '';
  let rightOfMultiple: readonly string[] = [];
  let isWell = false;

  const everyone = async (claim: (phone: Page) => Promise<unknown>): Promise<void> => {
    await Promise.all(phones.map(claim));
  };
  const shots = async (name: string): Promise<void> => {
    await hall.shot(phones[0]!, `phone-${name}`);
    await hall.shot(screen, `screen-${name}`);
    await hall.shot(host, `host-${name}`);
  };
  const press = (key: string): Promise<void> => host.keyboard.press(key);
  /** The one big button once it says so: until then a key would be lost, or would do what came before. */
  const next = async (says: string, key = 'ArrowRight', desk = host): Promise<void> => {
    await desk.locator('.steps .big:enabled', { hasText: says }).waitFor();
    await desk.keyboard.press(key);
  };
  const confirm = (page: Page): Promise<void> => page.locator('dialog[open] .button.primary').click();
  const tap = (phone: Page, place: number): Promise<void> => phone.locator(options).nth(place).click();
  const named = (phone: Page, text: string) => phone.locator(options, { has: phone.getByText(text, { exact: true }) });
  const isSaved = (phone: Page): Promise<void> => phone.locator('.answer.saved').waitFor();

  beforeAll(async () => {
    hall = await Hall.open();
  }, 300_000);
  afterAll(async () => hall?.close(isWell), 60_000);

  it('is prepared from published questions of the bank', async () => {
    host = await hall.signedIn('committee', consoleSize, '/console/contests/sets/new');
    await host.locator('.rows li').first().waitFor();
    await addQuestions(host, '党章知识', '单选', 2);
    await addQuestions(host, '党章知识', '多选', 1);
    await host.getByRole('button', { name: '第 3 题上移' }).click();
    await hall.shot(host, 'host-set');
    await host.getByRole('button', { name: '保存题组' }).click();
    await host.waitForURL(/contests\/sets$/);
    const [committee, reviewer] = [await hall.client('committee'), await hall.reviewer()];
    rightOfMultiple = await addOrdering(committee, reviewer, '党章知识', meetings);
    await host.goto(`${hall.url}/console/contests`);
    await host.getByRole('button', { name: '新建竞赛' }).click();
    await host.locator('.el-drawer__body input').first().fill('党章知识竞赛');
    await host.locator('.el-drawer__body .el-select').first().click();
    await host.locator('.el-select-dropdown__item:visible', { hasText: '党章知识' }).click();
    // Long enough for a slow machine to go through the fall of the server within one question.
    await host.locator('.el-drawer__body .el-input-number input').first().fill('40');
    // As generous as a room may be: a phone on a slow machine sends what was left unsent a moment late.
    await host.route('**/live/rooms', (route) => {
      const made = route.request().postDataJSON() as { options?: object };
      return route.continue({ postData: { ...made, options: { ...made.options, graceMs: 3000 } } });
    });
    await host.getByRole('button', { name: '创建并打开主持台' }).click();
    await host.waitForURL(/contests\/[0-9a-f-]{36}$/);
    await host.unroute('**/live/rooms');
    roomUrl = host.url();
    code = (await host.locator('.join strong').innerText()).replace(/\s/g, '');
    expect(code).toMatch(/^\d{6}$/);
  });

  it('seats members who come by the field at home, the page of the code, and the QR code’s address', async () => {
    phones = await Promise.all([
      hall.signedIn('member', phoneSize),
      hall.signedIn('member2', phoneSize, '/join'),
      hall.signedIn('member3', { ...phoneSize, withoutSockets: true }, `/join/${code}`),
    ]);
    await phones[0]!.fill('#contest-code', code);
    await phones[0]!.keyboard.press('Enter');
    await phones[1]!.fill('#join-code', '000001');
    await phones[1]!.keyboard.press('Enter');
    await phones[1]!.getByText('没有这个竞赛码').waitFor();
    await phones[1]!.fill('#join-code', code);
    await phones[1]!.keyboard.press('Enter');
    await everyone((phone) => phone.getByText('请等待主持人开始').waitFor());
    await phones[0]!.locator('[data-connection=live]').waitFor();
    await phones[2]!.locator('[data-connection=polling]').waitFor();
  });

  it('shows the code, the QR code and who has come on the big screen', async () => {
    const opened = host.context().waitForEvent('page');
    await host.getByRole('button', { name: '打开大屏' }).click();
    const tab = await opened;
    await tab.waitForURL(/\/screen\//);
    screen = await hall.device(screenSize);
    await screen.goto(tab.url());
    await tab.close();
    await screen.getByText('已到 3 人').waitFor();
    expect(await screen.locator('.door strong').innerText()).toBe(`${code.slice(0, 3)} ${code.slice(3)}`);
    await screen.locator('li', { hasText: '第二党支部' }).waitFor();
    expect(await screen.locator('.arrivals b').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\S+（第二党支部）$/u)]),
    );
    const sounds = screen.getByRole('button', { name: '大屏声音' });
    await sounds.click();
    await screen.locator('[data-sounds][aria-pressed=true]').waitFor();
    await host.getByText('3 / 22 人').waitFor();
    await shots('lobby');
    for (const page of [host, screen, phones[0]!]) expect(await seriousFaults(page)).toEqual([]);
  });

  it('opens a question to all at once and says 已提交 after the server took the answer', async () => {
    await next('开始第 1 题');
    await phones[0]!.getByText('秒后开始作答').waitFor();
    await shots('reading');
    await everyone((phone) => phone.locator(options).first().waitFor());
    await shots('open');
    expect(await seriousFaults(phones[0]!)).toEqual([]);
    expect(await seriousFaults(screen)).toEqual([]);
    await tap(phones[0]!, 0);
    await isSaved(phones[0]!);
    await hall.shot(phones[0]!, 'phone-saved');
    await screen.getByText('1 / 3 人已作答').waitFor();
  });

  it('gives a reloaded phone and a reloaded console the same question back', async () => {
    await phones[0]!.reload();
    await isSaved(phones[0]!);
    await host.reload();
    await host.getByText('由本主持台控制').waitFor();
    await host.locator('.steps .big', { hasText: '停止作答' }).waitFor();
  });

  it('survives kill -9 in the open question: the clock stands still, and an answer given meanwhile counts', async () => {
    const clock = async (): Promise<number> => Number(await screen.locator('.clock').innerText());
    await hall.app.kill();
    const before = await clock();
    await screen.locator('[data-connection=lost]').waitFor();
    await phones[1]!.locator('[data-connection=lost]').waitFor();
    await tap(phones[1]!, 1);
    await phones[1]!.getByText('未提交，连上后自动发送').waitFor();
    await shots('down');
    const risesAt = Date.now();
    await hall.app.start();
    await isSaved(phones[1]!);
    await screen.locator('[data-connection]').waitFor({ state: 'detached' });
    // At most the time since it rises has run off, and what a busy page shows late; none of the time that it was down.
    expect(await clock()).toBeGreaterThanOrEqual(before - (Date.now() - risesAt) / 1000 - 2);
    await host.locator('.link-badge[data-connection=live]').waitFor();
    await shots('back');
  });

  it('takes the answer of a phone without sockets, and locks when all have answered', async () => {
    await phones[2]!.locator(options).first().waitFor();
    await tap(phones[2]!, 2);
    await everyone((phone) => phone.locator('.locked').getByText('已停止作答').waitFor());
    await screen.getByText('3 / 3 人已作答').waitFor();
    await shots('locked');
  });

  it('reveals the key to everybody and his own result to each', async () => {
    expect(await screen.getByText('正确').count()).toBe(0);
    await next('公布答案');
    await everyone((phone) => phone.locator('.verdict.right, .verdict.wrong').waitFor());
    await everyone((phone) => phone.getByText('正确答案').waitFor());
    await screen.getByText('正确', { exact: false }).first().waitFor();
    await shots('revealed');
    await next('显示排行榜', 'PageDown');
    await everyone((phone) => phone.getByText('我的名次').waitFor());
    await screen.getByText('人均', { exact: false }).first().waitFor();
    await shots('scoreboard');
    for (const page of [host, screen, phones[0]!]) expect(await seriousFaults(page)).toEqual([]);
  });

  it('pauses, removes a member and lets him back in', async () => {
    await next('第 2 题');
    await everyone((phone) => phone.locator(options).first().waitFor());
    await press('p');
    await everyone((phone) => phone.getByText('已暂停').waitFor());
    await shots('paused');
    await next('继续', 'p');
    await everyone((phone) => phone.locator(options).first().waitFor());
    const row = host.locator('.seats tbody tr').nth(1);
    await row.getByRole('button', { name: '移出' }).click();
    await confirm(host);
    await everyoneBut(phones, async (phone) => (await phone.getByText('您已被主持人移出本场竞赛').count()) === 1, 1);
    await host.getByRole('button', { name: '恢复', exact: true }).click();
    await everyone((phone) => phone.locator(options).first().waitFor());
  });

  it('sends a multiple choice that was left unsent when the time is up', async () => {
    await phones[0]!.setViewportSize({ width: 320, height: 568 });
    await tap(phones[0]!, 0);
    await tap(phones[0]!, 1);
    expect(await scrollsSideways(phones[0]!)).toBe(false);
    await hall.shot(phones[0]!, 'phone-320');
    for (const text of rightOfMultiple) await named(phones[1]!, text).click();
    await phones[1]!.getByRole('button', { name: '提交答案' }).click();
    await isSaved(phones[1]!);
    await phones[0]!.locator('.locked').getByText('已停止作答').waitFor({ timeout: 60_000 });
    await isSaved(phones[0]!);
  });

  it('hands the control from one console to another', async () => {
    const second = await host.context().newPage();
    await second.goto(roomUrl);
    await second.getByText(/当前由 .+ 控制/).waitFor();
    await second.keyboard.press('t');
    await confirm(second);
    await second.getByText('由本主持台控制').waitFor();
    await host.getByText(/当前由 .+ 控制/).waitFor();
    expect(await host.locator('.steps .big').isDisabled()).toBe(true);
    await next('公布答案', 'ArrowRight', second);
    await everyone((phone) => phone.getByText('正确答案').waitFor());
    await second.close();
    await host.getByRole('button', { name: '接管' }).click();
    await confirm(host);
    await host.getByText('由本主持台控制').waitFor();
  });

  it('plays an ordering, and goes on by itself to what came of it', async () => {
    await host.getByRole('button', { name: '第 3 题' }).click();
    await press('a');
    await host.getByRole('switch', { name: '自动推进' }).and(host.locator('[aria-checked=true]')).waitFor();
    await host.getByText('停止作答后自动公布答案').waitFor();
    await everyone((phone) => phone.locator(options).first().waitFor());
    await everyone(async (phone) => {
      for (const text of phone === phones[0] ? meetings.toReversed() : meetings) await named(phone, text).click();
      await phone.getByRole('button', { name: '提交答案' }).click();
    });
    await phones[0]!.locator('.verdict.wrong').waitFor();
    await phones[1]!.locator('.verdict.right').waitFor();
    // Of three where the first tap of all, at an order of his own, was right by chance.
    await phones[1]!.locator('.streak', { hasText: /连续答对 [23] 题/ }).waitFor();
    await screen.getByText('正确顺序').waitFor();
    await shots('ordering');
    await press('a');
    await host.getByText('每个环节由主持人推进').waitFor();
  });

  it('ends on the podium, keeps the results and gives them out as files', async () => {
    await host.getByRole('button', { name: '颁奖' }).click();
    await screen.locator('.rank-1').waitFor();
    await everyone((phone) => phone.getByText('最终名次').waitFor());
    await shots('podium');
    expect(await seriousFaults(screen)).toEqual([]);
    await next('结束竞赛');
    await confirm(host);
    await everyone((phone) => phone.getByText('感谢参与').waitFor());
    await shots('ended');
    await phones[0]!.reload();
    await phones[0]!.getByText('感谢参与').waitFor();
    await host.getByRole('link', { name: '成绩' }).click();
    await host.locator('.el-table__row').nth(2).waitFor();
    await hall.shot(host, 'host-results');
    expect(await seriousFaults(host)).toEqual([]);
    for (const [button, name] of [
      ['下载成绩表', /成绩\.xlsx$/],
      ['下载过程日志', /\.ndjson$/],
    ] as const) {
      const file = host.waitForEvent('download');
      await host.getByRole('button', { name: button }).click();
      expect((await file).suggestedFilename()).toMatch(name);
    }
    await host.locator('[data-log=whole]').waitFor();
  });

  it('is played again on the big screen, to the same podium', async () => {
    await host.getByRole('link', { name: '回放' }).click();
    await host.getByText('回放终局与保存的成绩一致').waitFor();
    await host.getByRole('button', { name: '第 2 题' }).click();
    await host.locator('.screen h2').waitFor();
    await host.getByRole('button', { name: '颁奖' }).click();
    await host.getByRole('button', { name: '16×' }).click();
    await host.getByRole('button', { name: '播放', exact: true }).click();
    await host.getByRole('button', { name: '重新播放' }).waitFor();
    await hall.shot(host, 'host-replay');
    const podium = (page: Page): Promise<string[]> => page.locator('.rank-1, .rank-2, .rank-3').allInnerTexts();
    expect(await podium(host)).toEqual(await podium(screen));
    expect(await seriousFaults(host)).toEqual([]);
  });

  it('is set up with other rules, rehearsed, and the rehearsal cleared with one act', async () => {
    await host.goto(`${hall.url}/console/contests`);
    await host.getByRole('button', { name: '新建竞赛' }).click();
    const form = host.locator('.el-drawer__body');
    await form.locator('input').first().fill('抢先答对');
    await form.locator('.el-select').first().click();
    await host.locator('.el-select-dropdown__item:visible', { hasText: '党章知识' }).click();
    await form.locator('.el-form-item', { hasText: '计分方式' }).locator('.el-select').click();
    await host.locator('.el-select-dropdown__item:visible', { hasText: '最先答对' }).click();
    await form.getByText('在前 3 名内得 10 分').waitFor();
    const number = (label: string) => form.locator('.el-form-item', { hasText: label }).locator('input');
    await number('随机抽题数').fill('9');
    await form.getByText('更多设置').click();
    await number('连对加分').fill('2');
    await host.getByRole('button', { name: '创建并打开主持台' }).click();
    await form.getByText('题组只有 3 题').waitFor();
    await number('随机抽题数').fill('2');
    await host.getByRole('button', { name: '创建并打开主持台' }).click();
    await host.waitForURL(/contests\/[0-9a-f-]{36}$/);
    const committee = await hall.client('committee');
    const made = await committee.get<object>(`/live/rooms/${new URL(host.url()).pathname.split('/').at(-1)!}`);
    expect(made).toMatchObject({ questions: 2, options: { scoring: 'first-n', firstCount: 3, streakBonus: 200 } });

    await host.goto(`${hall.url}/console/contests?state=running`);
    await host.getByRole('button', { name: '新建彩排' }).click();
    await host.waitForURL(/contests\/[0-9a-f-]{36}$/);
    await host.goto(`${hall.url}/console/contests?state=running`);
    await host.getByRole('button', { name: '清除 1 场彩排' }).click();
    await host.getByText('将清除“抢先答对”的 1 场彩排及其中 0 份作答').waitFor();
    await confirm(host);
    await host.getByText('已清除 1 场彩排').first().waitFor();
    await host.locator('.rehearsal').waitFor({ state: 'detached' });
    isWell = true;
  });
});

/** Waits until so many of the phones say so. */
async function everyoneBut(
  phones: readonly Page[],
  says: (phone: Page) => Promise<boolean>,
  count: number,
): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  for (;;) {
    const saying = await Promise.all(phones.map(says));
    if (saying.filter(Boolean).length === count) return;
    if (Date.now() > giveUpAt) throw new Error(`${saying.filter(Boolean).length} phones instead of ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
