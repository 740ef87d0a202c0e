import { jest } from '@jest/globals';
import type { AnswerContent } from '@xuekao/contracts';
import type { Page } from 'playwright-core';
import { Client } from '../harness/client.js';
import { eventually } from '../harness/eventually.js';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';
import { openExam, openSession, unitNamed } from './arrangements.js';
import { Chromium, connect, cutOff, cutOffToTheEnd, picture } from './browser.js';

jest.setTimeout(180_000);

interface AttemptSeen {
  readonly state: string;
  readonly answers: readonly { readonly number: number; readonly content: AnswerContent }[];
}

describe('a member with a phone', () => {
  let app: Topology;
  let chromium: Chromium;
  let phone: Page;
  let member: Client;
  let committee: Client;
  let organiser: Client;
  let branchId: string;

  beforeAll(async () => {
    app = await startStandalone();
    chromium = await Chromium.launch(app.url, app.passwords);
    const as = (who: string): Promise<Client> => Client.signIn(app.url, who, app.passwords.get(who)!);
    [member, committee, organiser] = await Promise.all([as('member'), as('committee'), as('organiser')]);
    branchId = (await unitNamed(committee, '第二党支部')).id;
    phone = await chromium.device('phone');
  }, 120_000);
  afterEach(() => chromium.expectNoFaults());
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
  });

  const heading = (name: string | RegExp) => phone.getByRole('heading', { name, level: 1 });
  const button = (name: string | RegExp) => phone.getByRole('button', { name });
  const tab = (name: string) => phone.getByRole('navigation', { name: '主导航' }).getByRole('link', { name });

  it('is told that a password is wrong, then signs in and sees what is due', async () => {
    await phone.goto('/sessions');
    await phone.getByLabel('账号').fill('member');
    await phone.getByLabel('密码', { exact: true }).fill('not-the-password');
    chromium.expect(/status of 401.*auth\/sign-in/);
    await button('登录').click();
    await phone.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
    await phone.getByLabel('密码', { exact: true }).fill(app.passwords.get('member')!);
    await button('登录').click();
    await heading('活动').waitFor();
    await tab('首页').click();
    await heading(/你好/).waitFor();
    await picture(phone, 'member-home');
  });

  it('reads an entry, and the place is kept for every device', async () => {
    await tab('手册').click();
    await phone.locator('summary').first().click();
    const first = phone.locator('details[open] li a').first();
    const question = (await first.innerText()).split('\n')[0]!;
    await first.click();
    await heading(question).waitFor();
    await picture(phone, 'handbook-entry');
    await phone.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    const position = () =>
      member.get<{ entry: { question: string } | null; scrollPermille: number }>('/handbook/position');
    await eventually(async () => (await position()).scrollPermille > 900);
    expect((await position()).entry?.question).toBe(question);
    await phone.goto('/handbook');
    await phone.getByRole('link', { name: /上次读到/ }).click();
    await heading(question).waitFor();
    await phone.waitForFunction(() => window.scrollY > 0);
  });

  it.each(['党', '党费'])('finds the word %s and opens what it found', async (word) => {
    await tab('手册').click();
    await phone.getByRole('searchbox').fill(word);
    await phone.getByRole('searchbox').press('Enter');
    const found = phone.getByRole('status').filter({ hasText: /找到 \d+ 条/ });
    await found.waitFor();
    const { total } = await member.get<{ total: number }>(`/handbook/search?q=${encodeURIComponent(word)}`);
    expect(await found.innerText()).toBe(`找到 ${total} 条`);
    expect(await phone.locator('mark').first().innerText()).toBe(word);
    await picture(phone, `search-${word.length}`);
    const hit = phone.locator('main li a').first();
    const question = await hit.locator('strong').innerText();
    await hit.click();
    await heading(question).waitFor();
  });

  describe('in an exam', () => {
    let attemptId: string;
    const seen = () => member.get<AttemptSeen>(`/attempts/${attemptId}`);
    const isSaved = () => phone.getByRole('status').filter({ hasText: '已保存' }).waitFor();
    const option = (place: number) => phone.locator('label.option').nth(place);

    it('starts from the home page and sees each answer kept', async () => {
      await openExam(committee, branchId, '第二党支部党章知识测试');
      await phone.goto('/');
      await phone.getByRole('link', { name: '进入考试' }).click();
      await heading('第二党支部党章知识测试').waitFor();
      await picture(phone, 'exam-rules');
      await button('开始考试').click();
      await phone.getByRole('dialog').getByRole('button', { name: '开始考试' }).click();
      await phone.getByText('第 1 题，共 5 题').waitFor();
      attemptId = new URL(phone.url()).pathname.split('/').at(-1)!;
      await option(1).click();
      await isSaved();
      await picture(phone, 'exam-paper');
      expect((await seen()).answers.map(({ number }) => number)).toEqual([1]);
    });

    it('keeps answers on the device without a network and sends them when it is back', async () => {
      await cutOff(phone);
      for (const place of [0, 2]) {
        await button('下一题').click();
        await option(place).click();
        await phone.getByRole('status').filter({ hasText: '已存本机' }).waitFor();
      }
      await phone.getByText('网络已断开').waitFor();
      await picture(phone, 'exam-offline');
      expect((await seen()).answers).toHaveLength(1);
      await connect(phone);
      await isSaved();
      await phone.getByText('网络已断开').waitFor({ state: 'hidden' });
      // The one that shows is saved; the one before it may still be on its way.
      await eventually(async () => (await seen()).answers.length === 3);
      expect((await seen()).answers.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
    });

    it('finds the answers again after the page was loaded anew', async () => {
      await phone.reload();
      await phone.getByText('已答 3 / 5').waitFor();
      await button('下一题').click();
      await option(0).locator('input:checked').waitFor({ state: 'attached' });
      await isSaved();
    });

    it('sends what only the device knew when the page was closed without a network', async () => {
      await button(/已答 3/).click();
      await phone
        .getByRole('dialog')
        .getByRole('button', { name: /^第 4 题/ })
        .click();
      await cutOff(phone);
      await option(0).click();
      await option(1).click();
      await phone.getByRole('status').filter({ hasText: '已存本机' }).waitFor();
      const path = phone.url();
      await cutOffToTheEnd(phone);
      await phone.goto('about:blank');
      expect((await seen()).answers).toHaveLength(3);
      await connect(phone);
      await phone.goto(path);
      await phone.getByText('已答 4 / 5').waitFor();
      await eventually(async () => (await seen()).answers.length === 4);
      const given = (await seen()).answers.find(({ number }) => number === 4)!.content;
      expect(given.kind === 'choice' ? given.optionIds : []).toHaveLength(2);
    });

    it('is told what is unanswered, hands in and sees the result when it is published', async () => {
      await button(/已答 4/).click();
      await phone
        .getByRole('dialog')
        .getByRole('button', { name: /^第 5 题/ })
        .click();
      await button('交卷').click();
      const sheet = phone.getByRole('dialog', { name: '确认交卷' });
      await sheet.getByText('还有 1 题没有作答').waitFor();
      await picture(phone, 'exam-hand-in');
      await sheet.getByRole('button', { name: '第 5 题' }).click();
      await option(0).click();
      await isSaved();
      await button('交卷').click();
      await sheet.getByText('5 题已全部作答').waitFor();
      await sheet.getByRole('button', { name: '交卷' }).click();
      await phone.waitForURL('**/result');
      await heading('第二党支部党章知识测试').waitFor();
      await picture(phone, 'exam-result');
      const attempt = await seen();
      expect(attempt.state).toBe('handed-in');
      expect(attempt.answers).toHaveLength(5);
      const result = await member.get<{ correctCount: number }>(`/attempts/${attemptId}/result`);
      await phone.getByText(`${result.correctCount} / 5`).waitFor();
    });
  });

  it('sees a session, is refused with a wrong code and checks in with the right one', async () => {
    const { id } = await openSession(organiser, branchId, '支部党员大会：学习党章');
    const codeNow = async () => (await organiser.get<{ code: string }>(`/sessions/${id}/check-in-code`)).code;
    const code = await codeNow();
    const wrong = code === '000000' ? '000001' : '000000';
    await tab('首页').click();
    await phone.getByRole('link', { name: /下一次活动/ }).click();
    await heading('支部党员大会：学习党章').waitFor();
    await picture(phone, 'session');
    await phone.getByLabel('签到码').fill(wrong);
    chromium.expect(/status of 4\d\d.*check-in/);
    await button('签到').click();
    await phone.getByText('签到码不正确或已过期').waitFor();
    // A code is good for half a minute or a whole one.
    await phone.getByLabel('签到码').fill(await codeNow());
    await button('签到').click();
    await phone.getByText(/登记到会/).waitFor();
    const mine = await member.get<{ mine: { status: string } }>(`/my/sessions/${id}`);
    expect(mine.mine.status).toBe('present');
    await tab('活动').click();
    await phone
      .getByRole('link', { name: /支部党员大会：学习党章/ })
      .getByText('已参加')
      .waitFor();
    await picture(phone, 'sessions');
  });

  it('reads the hours of study as they are recorded', async () => {
    await tab('我的').click();
    await picture(phone, 'me');
    await phone.getByRole('link', { name: '学时' }).click();
    await heading('学时').waitFor();
    for (let year = new Date().getFullYear() - 1; year >= 2017; year -= 1) await button(String(year)).click();
    await phone.getByText('2017年集中学习').waitFor();
    const hours = await member.get<{ collective: number; credits: unknown[] }>('/my/study-hours?year=2017');
    expect(hours.collective).toBeGreaterThan(0);
    await phone
      .getByText(`${hours.collective / 100} 学时`, { exact: true })
      .first()
      .waitFor();
    expect(await phone.locator('main li').count()).toBe(hours.credits.length);
    await picture(phone, 'hours');
  });

  it('switches large text on for this device, and out again with the account', async () => {
    const size = () => phone.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    await tab('我的').click();
    const before = await size();
    await phone.getByRole('switch', { name: /大字模式/ }).click();
    await eventually(async () => (await size()) === before * 1.25);
    await phone.reload();
    await phone.getByRole('switch', { name: /大字模式/ }).waitFor();
    expect(await size()).toBe(before * 1.25);
    await picture(phone, 'large-text');
    await button('退出登录').click();
    await phone.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
    await heading('登录').waitFor();
    await phone.goto('/me');
    await heading('登录').waitFor();
  });
});
