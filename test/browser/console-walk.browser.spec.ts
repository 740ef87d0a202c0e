import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { Client } from '../harness/client.js';
import { eventually } from '../harness/eventually.js';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';
import { Chromium, picture, settled } from './browser.js';

jest.setTimeout(180_000);

const minuteMs = 60_000;

/** As a person types it: the organisation's date and time. */
const typed = (at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(at);

const menuOf = (page: Page): Promise<string[]> =>
  page.getByRole('navigation', { name: '后台导航' }).getByRole('link').allInnerTexts();

describe('the console', () => {
  let app: Topology;
  let chromium: Chromium;

  beforeAll(async () => {
    app = await startStandalone();
    chromium = await Chromium.launch(app.url, app.passwords);
  }, 120_000);
  afterEach(() => chromium.expectNoFaults());
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
  });

  const as = (who: string): Promise<Client> => Client.signIn(app.url, who, app.passwords.get(who)!);

  describe('of an organiser', () => {
    let desk: Page;
    let organiser: Client;
    let id: string;
    const button = (name: string | RegExp) => desk.getByRole('button', { name });
    const agree = (name: string | RegExp) => desk.getByRole('dialog').getByRole('button', { name }).click();
    const session = () =>
      organiser.get<{ state: string; counts: { due: number; present: number }; record: { resolution: string } }>(
        `/sessions/${id}`,
      );
    const isNow = (state: string) => desk.locator('p.state').getByText(state, { exact: true }).waitFor();
    const when = async (label: string, at: number): Promise<void> => {
      const field = desk.getByLabel(label);
      await field.fill(typed(at));
      await field.press('Enter');
    };

    beforeAll(async () => {
      organiser = await as('organiser');
      desk = await chromium.signedIn('organiser', 'console');
    });

    it('plans a session and publishes it to the whole branch', async () => {
      const me = await organiser.get<{ name: string }>('/auth/me');
      await desk.goto('/console/sessions');
      await desk.getByRole('link', { name: '新建活动' }).click();
      await desk.getByLabel('名称').fill('支部党员大会：学习党章');
      await desk.getByRole('combobox', { name: '第 1 项的类型' }).fill('支部党员大会');
      await desk.getByRole('option', { name: '支部党员大会' }).click();
      await desk.getByLabel('第 1 项的议题').fill('学习党章总纲');
      await desk.getByLabel('议程').fill('一、学习党章总纲；二、交流发言');
      await when('开始时间', Date.now() - 60 * minuteMs);
      await when('结束时间', Date.now() + 30 * minuteMs);
      await desk.getByLabel('地点').fill('支部活动室');
      for (const role of ['主持人', '记录人']) {
        await desk.getByRole('combobox', { name: role }).fill(me.name);
        const found = desk.getByRole('option', { name: new RegExp(`^${me.name} 第二党支部`) });
        await found.filter({ visible: true }).click();
        await found.filter({ visible: true }).waitFor({ state: 'hidden' });
      }
      await picture(desk, 'session-edit');
      await button('保存草稿').click();
      await desk.getByRole('heading', { name: '支部党员大会：学习党章', level: 1 }).waitFor();
      id = new URL(desk.url()).pathname.split('/').at(-1)!;
      await button('发布').click();
      await desk.getByRole('dialog').getByText('将为第二党支部 22 名应到人员发布').waitFor();
      await agree('为 22 人发布');
      await isNow('已发布');
      expect(await session()).toMatchObject({ state: 'published', counts: { due: 22 } });
    });

    it('shows the code of the door in large figures', async () => {
      await desk.getByRole('link', { name: '签到码' }).click();
      // Asked for again each time: it may have changed between the page and this.
      await eventually(async () => {
        const { code } = await organiser.get<{ code: string }>(`/sessions/${id}/check-in-code`);
        return (await desk.getByText(new RegExp([...code].join('\\s*'))).count()) > 0;
      });
      await picture(desk, 'hall');
      await desk.goto(`/console/sessions/${id}`);
    });

    it('records who came and what was said, and closes the session', async () => {
      await desk.getByRole('tab', { name: '出勤' }).click();
      await desk.locator('.el-table__header .el-checkbox').first().click();
      await button('到会').click();
      await desk
        .getByText(/22 \/ 22 · 100/)
        .first()
        .waitFor();
      await picture(desk, 'attendance');
      await desk.getByRole('tab', { name: /^记录/ }).click();
      await when('★ 实际开始时间', Date.now() - 65 * minuteMs);
      await when('★ 实际结束时间', Date.now() - 5 * minuteMs);
      await desk.getByLabel('讨论发言要点').fill('五名党员结合岗位工作作了交流发言。');
      await desk.getByLabel('★ 决议').fill('按计划完成下一阶段的学习任务。');
      await button('保存记录').click();
      await desk.getByText('★ 决议').waitFor();
      await desk.locator('aside li').nth(2).waitFor({ state: 'detached' });
      expect(await desk.locator('aside li').allInnerTexts()).toEqual(['主持人审核', '记录人审核']);
      await picture(desk, 'record');
      await button('结束活动').click();
      await agree('结束活动');
      await isNow('已结束');
      expect(await session()).toMatchObject({
        state: 'closed',
        counts: { present: 22 },
        record: { resolution: '按计划完成下一阶段的学习任务。' },
      });
    });

    it('has the record signed and archives it, and the hours of study are there', async () => {
      for (const left of [2, 1]) {
        await button('审核通过')
          .nth(left - 1)
          .waitFor();
        await button('审核通过').first().click();
        await button('审核通过')
          .nth(left - 1)
          .waitFor({ state: 'detached' });
      }
      await desk.getByText('记录完整').waitFor();
      await button('归档').click();
      await agree('归档');
      await isNow('已归档');
      await picture(desk, 'archived');
      expect((await session()).state).toBe('archived');
      const member = await as('member');
      const year = new Date().getFullYear();
      const hours = await member.get<{ credits: { sessionId: string }[] }>(`/my/study-hours?year=${year}`);
      expect(hours.credits.map(({ sessionId }) => sessionId)).toEqual([id]);
      await desk.context().close();
    });
  });

  describe('of the committee', () => {
    let desk: Page;
    beforeAll(async () => (desk = await chromium.signedIn('committee', 'console')));
    afterAll(() => desk?.context().close());

    it('opens the list behind a rate of the statistics', async () => {
      await desk.goto('/console/stats?year=2017&view=exams');
      await settled(desk);
      await picture(desk, 'stats-exams');
      await desk.goto('/console/stats?year=2017');
      await settled(desk);
      await picture(desk, 'stats');
      const card = desk.locator('.rates button').filter({ hasText: '65 / 66' }).filter({ hasText: '98.48%' });
      await card.first().click();
      const list = desk.getByRole('dialog');
      await list.locator('tbody tr').first().waitFor();
      const total = /共 (\d+) 条/.exec(await list.getByText(/共 \d+ 条/).innerText())![1];
      expect(total).toBe('65');
      await list.getByRole('button', { name: /66/ }).click();
      await list.getByText('共 66 条').waitFor();
      await picture(desk, 'stats-records');
    });

    it('reads the report of 2017 and takes it home as a document', async () => {
      await desk.goto('/console/report?year=2017');
      await desk.getByRole('link', { name: '2017年度抓基层党建工作述职报告' }).click();
      await desk.getByText('数据齐全，可以定稿').waitFor();
      await picture(desk, 'report');
      const arriving = desk.waitForEvent('download');
      await desk.getByRole('button', { name: 'DOCX', exact: true }).click();
      const file = await arriving;
      expect(file.suggestedFilename()).toMatch(/2017.*\.docx$/);
      const parts = unzipSync(readFileSync(await file.path()));
      const text = strFromU8(parts['word/document.xml']!).replace(/<[^>]+>/g, '');
      for (const words of ['30余次', '学习12次', '占98%以上']) expect(text).toContain(words);
      await desk.locator('.slot').filter({ hasText: '30余' }).first().click();
      await desk.getByRole('dialog').getByText('合计 33 次').waitFor();
      await desk.getByRole('dialog').locator('tbody tr').nth(32).waitFor();
      await picture(desk, 'report-figure');
    });
  });

  it('lets an officer paste questions, settle what is unclear, import them and take them back', async () => {
    const desk = await chromium.signedIn('committee', 'console');
    await desk.goto('/console/bank/imports');
    await desk.getByText('粘贴文字', { exact: true }).click();
    await desk
      .getByLabel('试题文字')
      .fill('一、单选题\n1. 学习记录应当由谁整理？\nA. 记录人\nB. 任何人\n答案：AB\n2. 没有答案的题\nA. 甲\nB. 乙');
    await desk.getByRole('button', { name: '读取并预览' }).click();
    await desk.getByText('暂按多选题').waitFor();
    await picture(desk, 'bank-import');
    await desk.getByRole('button', { name: '确认', exact: true }).click();
    await desk.getByRole('button', { name: '只导入无误的 1 题' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '导入 1 题' }).click();
    await desk.getByText(/已导入 1 题（草稿）/).waitFor();
    await desk.getByRole('button', { name: '撤销本次导入' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '撤销 1 题' }).click();
    await desk.getByText('已撤销 1 题，保留 0 题').waitFor();
    await desk.context().close();
  });

  it('shows the auditor the log and that it is whole', async () => {
    const desk = await chromium.signedIn('auditor', 'console');
    await desk.goto('/console/system/audit');
    await settled(desk);
    await desk.locator('.el-table__row').nth(5).waitFor();
    await desk.getByRole('button', { name: '校验完整性' }).click();
    await desk.getByText(/\d+ 条记录完整/).waitFor();
    await picture(desk, 'audit');
    expect(await menuOf(desk)).toEqual(['系统']);
    await desk.context().close();
  });

  it('shows the system administrator no page of the business', async () => {
    const desk = await chromium.signedIn('sysadmin', 'console');
    await desk.goto('/console/system');
    await settled(desk);
    await picture(desk, 'system');
    expect(await menuOf(desk)).not.toEqual(expect.arrayContaining(['考试']));
    for (const path of ['exams', 'sessions', 'bank', 'stats', 'report', 'contests', 'handbook']) {
      await desk.goto(`/console/${path}`);
      await desk.getByRole('heading', { name: '没有这个页面' }).waitFor();
    }
    await desk.context().close();
  });
});

describe('a fresh installation', () => {
  it('is set up once by its first administrator, who then signs in', async () => {
    const app = await startStandalone({ XUEKAO_DEMO: '0' });
    const chromium = await Chromium.launch(app.url, new Map([['first', 'Mulberry-2026-tree']]));
    try {
      const desk = await chromium.device('console');
      await desk.goto('/');
      await desk.waitForURL('**/setup');
      await settled(desk);
      await picture(desk, 'setup');
      const fields = {
        单位名称: '示例市统计局',
        党组织名称: '中共示例市统计局总支部委员会',
        管理员姓名: '林静',
        管理员工号: '1001',
        管理员账号: 'first',
        管理员密码: 'Mulberry-2026-tree',
      };
      for (const [label, value] of Object.entries(fields)) await desk.getByLabel(label, { exact: true }).fill(value);
      await desk.getByRole('button', { name: '完成设置' }).click();
      await desk.waitForURL('**/sign-in');
      await chromium.signIn(desk, 'first');
      await desk.goto('/console/system');
      await settled(desk);
      await desk.getByText('林静').first().waitFor();
      const { items } = await (
        await Client.signIn(app.url, 'first', fields.管理员密码)
      ).get<{
        items: { name: string }[];
      }>('/units');
      expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining([fields.单位名称, fields.党组织名称]));
      await desk.goto('/setup');
      await desk.getByText('初次设置已经完成').waitFor();
      chromium.expectNoFaults();
    } finally {
      await chromium.close();
      await app.stop();
    }
  });
});
