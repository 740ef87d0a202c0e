import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { AnswerContent } from '@xuekao/contracts';
import type { BrowserContext, Page } from 'playwright-core';
import { Client } from '../harness/client.js';
import { eventually } from '../harness/eventually.js';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';
import { openExam, unitNamed } from './arrangements.js';
import { Chromium, connect, cutOff, cutOffToTheEnd } from './browser.js';

jest.setTimeout(180_000);

const title = '第二党支部党章知识考试';
const folder = process.env.EXAM_DAY_PICTURES;

/** A picture for people, when a folder is given. */
async function shot(page: Page, name: string): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

interface AttemptSeen {
  readonly state: string;
  readonly deadlineAt: number;
  readonly answers: readonly { readonly number: number; readonly content: AnswerContent }[];
}

describe('the day of an exam', () => {
  let app: Topology;
  let chromium: Chromium;
  let member: Client;
  let committee: Client;
  let phone: Page;
  let laptop: Page;
  let desk: Page;
  let name: string;
  let memberId: string;
  let examId: string;
  let attemptId: string;

  beforeAll(async () => {
    app = await startStandalone();
    chromium = await Chromium.launch(app.url, app.passwords);
    const as = (who: string): Promise<Client> => Client.signIn(app.url, who, app.passwords.get(who)!);
    [member, committee] = await Promise.all([as('member'), as('committee')]);
    ({ name, memberId } = await member.get<{ name: string; memberId: string }>('/auth/me'));
    const branch = await unitNamed(committee, '第二党支部');
    examId = (await openExam(committee, branch.id, title)).id;
    await committee.put(`/exams/${examId}/access`, { password: '2017', ipRanges: [], sebKeys: [] });
    phone = await chromium.signedIn('member', 'phone');
    desk = await chromium.signedIn('committee', 'console');
    await desk.goto(`/console/exams/${examId}`);
  }, 120_000);
  afterEach(() => chromium.expectNoFaults());
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
  });

  const seen = () => member.get<AttemptSeen>(`/attempts/${attemptId}`);
  const option = (page: Page, place: number) => page.locator('label.option').nth(place);
  const state = (page: Page, text: string) => page.locator('.progress [role=status]', { hasText: text }).waitFor();
  const row = (text: string) => desk.getByRole('row').filter({ hasText: name }).filter({ hasText: text });
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

  it('shows the organiser everybody before the first has begun', async () => {
    await desk.getByText('实时更新').waitFor();
    await row('未开始').waitFor();
    await shot(desk, '00-desk-1280');
  });

  it('begins with the rules and the word that is told in the room', async () => {
    await phone.goto(`/exams/${examId}`);
    await phone.getByText('离开答题页面').waitFor();
    await button(phone, '开始考试').click();
    await phone.getByText('请输入考试口令').waitFor();
    await phone.getByLabel('考试口令').fill('1999');
    await button(phone, '开始考试').click();
    chromium.expect(/status of 403.*attempts/);
    await phone.getByRole('dialog').getByRole('button', { name: '开始考试' }).click();
    await phone.getByText('考试口令不正确').waitFor();
    await shot(phone, '01-rules-375');
    await phone.getByLabel('考试口令').fill('2017');
    await button(phone, '开始考试').click();
    await phone.getByRole('dialog').getByRole('button', { name: '开始考试' }).click();
    await phone.getByText('第 1 题，共 5 题').waitFor();
    await row('作答中').waitFor();
    attemptId = new URL(phone.url()).pathname.split('/').at(-1)!;
    await option(phone, 0).click();
    await state(phone, '已保存');
    await shot(phone, '02-paper-375');
  });

  it('tells a phone whose clock is two hours wrong the time that is left, and when the exam closes', async () => {
    const late = await chromium.device('phone');
    await late.addInitScript(() => {
      const now = Date.now.bind(Date);
      const shifted = (): number => now() + 2 * 3_600_000;
      window.Date = class extends Date {
        constructor(...given: unknown[]) {
          super(...((given.length === 0 ? [shifted()] : given) as [number]));
        }
        static override now = shifted;
      } as DateConstructor;
    });
    await chromium.signIn(late, 'member2');
    await late.goto(`/exams/${examId}`);
    const { closesAt } = await committee.get<{ closesAt: number }>(`/exams/${examId}`);
    const zone = { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' } as const;
    await late.getByText(new Intl.DateTimeFormat('zh-CN', { ...zone, hour12: false }).format(closesAt)).waitFor();
    await late.getByLabel('考试口令').fill('2017');
    await button(late, '开始考试').click();
    await late.getByRole('dialog').getByRole('button', { name: '开始考试' }).click();
    const timer = late.getByRole('timer');
    await timer.waitFor();
    const path = `/attempts/${new URL(late.url()).pathname.split('/').at(-1)!}`;
    const member2 = await Client.signIn(app.url, 'member2', app.passwords.get('member2')!);
    const { deadlineAt } = await member2.get<AttemptSeen>(path);
    const [, minutes, seconds] = /(\d+):(\d+)/.exec(await timer.innerText())!;
    // A page that gets no turn shows an old second; its clock is two hours off.
    const left = (deadlineAt - Date.now()) / 1000;
    expect(Math.abs(Number(minutes) * 60 + Number(seconds) - left)).toBeLessThan(60);
    expect(await option(late, 0).locator('input').isDisabled()).toBe(false);
    await late.context().close();
  });

  it('goes on without a network, and everything is there when it is back', async () => {
    await cutOff(phone);
    await phone.getByText('网络已断开').waitFor();
    for (const _ of [2, 3]) {
      await button(phone, '下一题').click();
      await option(phone, 1).click();
      await state(phone, '已存本机');
    }
    await shot(phone, '03-offline-375');
    expect((await seen()).answers).toHaveLength(1);
    await connect(phone);
    await state(phone, '已保存');
    await phone.getByText('网络已断开').waitFor({ state: 'hidden' });
    await eventually(async () => (await seen()).answers.length === 3);
  });

  it('goes on at a second device, and the first one says so and stops', async () => {
    laptop = await chromium.signedIn('member', 'console');
    await laptop.goto(`/attempts/${attemptId}`);
    await laptop.getByText('正在另一台设备或窗口上作答').waitFor();
    expect(await option(laptop, 0).locator('input').isDisabled()).toBe(true);
    await shot(laptop, '04-second-device-1280');
    await button(laptop, '在此设备继续').click();
    await phone.getByText('正在另一台设备或窗口上作答').waitFor();
    await shot(phone, '05-taken-over-375');
    expect(await option(phone, 0).locator('input').isDisabled()).toBe(true);
    await option(laptop, 2).click();
    await state(laptop, '已保存');
    await shot(laptop, '06-paper-1280');
    await button(phone, '在此设备继续').click();
    await laptop.getByText('正在另一台设备或窗口上作答').waitFor();
    await laptop.context().close();
  });

  it('shows more time at once, with its reason', async () => {
    const before = (await seen()).deadlineAt;
    await button(desk, `延长时间 ${name}`).click();
    await desk.getByLabel('延长分钟数').fill('30');
    await desk.getByRole('textbox', { name: '原因' }).fill('会议室停电');
    await shot(desk, '07-extend-1280');
    await desk.getByRole('dialog').getByRole('button', { name: '延长时间' }).click();
    await phone.getByText('60 分钟（延长自 30 分钟）').waitFor();
    await phone.getByRole('paragraph').filter({ hasText: '组织者延长了 30 分钟' }).waitFor();
    await shot(phone, '07-extended-375');
    expect((await seen()).deadlineAt).toBe(before + 30 * 60_000);
    await row('30 分钟').waitFor();
  });

  it('survives a closed browser with answers that no server has', async () => {
    await button(phone, '下一题').click();
    await phone.getByText('第 4 题，共 5 题').waitFor();
    await cutOff(phone);
    await option(phone, 1).click();
    await state(phone, '已存本机');
    const context: BrowserContext = phone.context();
    await cutOffToTheEnd(phone);
    await phone.close();
    expect((await seen()).answers).toHaveLength(3);
    await row('已断开').waitFor();
    await shot(desk, '08-disconnected-1280');
    await context.setOffline(false);
    phone = await chromium.page(context);
    await phone.goto('/');
    await eventually(async () => (await seen()).answers.length === 4);
    await phone.goto(`/attempts/${attemptId}`);
    await phone.getByText('已答 4 / 5').waitFor();
    expect(await phone.getByText('正在另一台设备').count()).toBe(0);
  });

  it('waits openly with the hand-in while there is no network, and hands in when it is back', async () => {
    await cutOff(phone);
    await button(phone, '交卷').click();
    await phone.getByRole('dialog').getByText('还有 1 题没有作答').waitFor();
    await shot(phone, '08-hand-in-offline-375');
    await phone.getByRole('dialog').getByRole('button', { name: '交卷' }).click();
    await phone.locator('strong', { hasText: '交卷已排队，还没有交上' }).waitFor();
    await shot(phone, '09-hand-in-waiting-375');
    expect((await seen()).state).toBe('open');
    await connect(phone);
    await phone.waitForURL('**/result');
    await phone.getByText('满分 100 分').waitFor();
    expect((await seen()).state).toBe('handed-in');
    await row('已交卷').waitFor();
    await shot(phone, '10-result-375');
  });

  it('opens again by the organiser, is collected by him, and shows the key after the close', async () => {
    await committee.post(`/exams/${examId}/reopen`, { memberId, minutes: 20, reason: '误交卷' });
    // A phone that gets no socket asks by itself: every ten seconds, and at once when its page is looked at again.
    const sockets = /\/socket\.io\//;
    await phone.routeWebSocket(sockets, (socket) => void socket.close());
    await phone.route(sockets, (route) => route.abort());
    chromium.expect(/socket\.io/);
    await phone.getByRole('link', { name: '继续作答' }).click();
    await phone.getByText('第 1 题，共 5 题').waitFor();
    await committee.post(`/exams/${examId}/question-acts`, { number: 1, kind: 'void', reason: '选项印错' });
    await phone.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await button(phone, /^查看第 \d 题$/).click();
    await phone.getByText('本题已作废').waitFor();
    await shot(phone, '11-void-375');
    await phone.unroute(sockets);
    await phone.routeWebSocket(sockets, (socket) => void socket.connectToServer());
    await phone.reload();
    await button(phone, /^已答/).click();
    await phone
      .getByRole('dialog')
      .getByRole('button', { name: /不用作答/ })
      .click();
    await phone.getByText('本题已作废').waitFor();
    await button(desk, `收卷 ${name}`).click();
    await desk.getByRole('textbox', { name: '原因' }).fill('考试结束');
    await desk.getByRole('dialog').getByRole('button', { name: '收卷' }).click();
    await desk.getByText(`将收取${name}的答卷，收卷后不能再修改。`).waitFor();
    await shot(desk, '11-collect-1280');
    await button(desk, '收 1 份答卷').click();
    await phone.getByRole('paragraph').filter({ hasText: '组织者已收卷' }).waitFor();
    await shot(phone, '11-collected-375');
    await row('组织者收卷').waitFor();
    await row('组织者收卷').getByRole('button', { name: /条$/ }).click();
    await desk.getByText('更换设备').first().waitFor();
    await shot(desk, '11-record-1280');
    await committee.post(`/exams/${examId}/close`, { collect: true });
    await button(phone, '查看成绩').click();
    await phone.getByRole('link', { name: '查看答卷' }).click();
    await phone.getByText('正确答案').first().waitFor();
    await shot(phone, '12-review-375');
  });
});
