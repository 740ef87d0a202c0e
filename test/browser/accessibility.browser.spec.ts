import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Client } from '../harness/client.js';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';
import { openContest, openExam, openSession, unitNamed } from './arrangements.js';
import { Chromium, settled, sizes } from './browser.js';

jest.setTimeout(300_000);

/** What axe counts as a real hindrance on the page that shows, one line each. */
async function hindrances(page: Page): Promise<string[]> {
  // In the page itself and for violations alone: three times as fast, and no page here has frames.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** How many pixels the page is wider than the window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('what everybody can use', () => {
  let app: Topology;
  let chromium: Chromium;
  let member: Client;
  let ids: Record<
    'exam' | 'freshExam' | 'pastExam' | 'attempt' | 'pastAttempt' | 'session' | 'draft' | 'report' | 'set' | 'room',
    string
  >;

  beforeAll(async () => {
    app = await startStandalone();
    chromium = await Chromium.launch(app.url, app.passwords);
    const as = (who: string): Promise<Client> => Client.signIn(app.url, who, app.passwords.get(who)!);
    const [committee, organiser] = await Promise.all([as('committee'), as('organiser')]);
    member = await as('member');
    const branch = await unitNamed(committee, '第二党支部');
    const first = async (path: string) => (await committee.get<{ items: { id: string }[] }>(path)).items[0]!.id;
    const mine = await member.get<{ items: { attempt: { id: string } | null }[] }>('/my/exams');
    const [pastExam, report] = await Promise.all([first('/exams'), first('/reports?year=2017')]);
    const exam = await openExam(committee, branch.id, '第二党支部月度测试');
    const freshExam = await openExam(committee, branch.id, '第二党支部随堂测验');
    const session = await openSession(organiser, branch.id, '支部党员大会：学习党章');
    const draft = await openSession(organiser, branch.id, '党课', { isDraft: true });
    const contest = await openContest(committee, branch.id, '支部小竞赛');
    const attempt = await member.post<{ id: string }>(`/exams/${exam.id}/attempts`, { writer: randomUUID() });
    ids = {
      exam: exam.id,
      freshExam: freshExam.id,
      pastExam,
      attempt: attempt.id,
      pastAttempt: mine.items[0]!.attempt!.id,
      session: session.id,
      draft: draft.id,
      report,
      set: contest.setId,
      room: contest.roomId,
    };
  }, 120_000);
  afterEach(() => chromium.expectNoFaults());
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
  });

  const forMembers = (): string[] => [
    '/',
    '/handbook',
    '/handbook/search?q=党费',
    '/handbook/favourites',
    '/handbook/f001',
    '/exams',
    `/exams/${ids.freshExam}`,
    `/exams/${ids.freshExam}/check`,
    `/attempts/${ids.attempt}`,
    `/attempts/${ids.pastAttempt}/result`,
    `/attempts/${ids.pastAttempt}/review`,
    '/sessions',
    `/sessions/${ids.session}`,
    '/me',
    '/me/hours',
    '/me/certificates',
    '/me/devices',
    '/change-password',
    '/battle',
    '/join',
    `/live/${ids.room}`,
  ];
  const forOrganisers = (): string[] => [
    '/console',
    '/console/org',
    '/console/bank',
    '/console/exams',
    `/console/exams/${ids.exam}`,
    '/console/sessions',
    '/console/sessions/calendar',
    '/console/sessions/new',
    `/console/sessions/${ids.session}`,
    `/console/sessions/${ids.session}?view=attendance`,
    `/console/sessions/${ids.session}?view=record`,
    `/console/sessions/${ids.session}/hall`,
    `/console/sessions/${ids.draft}/edit`,
    '/console/stats?year=2017',
  ];
  const forCommittee = (): string[] => [
    ...forOrganisers(),
    '/console/org/transfers',
    '/console/org/roles',
    '/console/org/exemptions',
    '/console/org/import',
    '/console/handbook',
    '/console/bank/imports',
    '/console/exams/new',
    '/console/exams/external',
    `/console/exams/${ids.pastExam}?view=results`,
    `/console/exams/${ids.pastExam}?view=progress`,
    `/console/exams/${ids.pastExam}?view=analysis`,
    `/console/exams/${ids.pastExam}?view=regrade`,
    `/console/exams/${ids.pastExam}?view=rules`,
    `/console/exams/${ids.pastExam}?view=certificates`,
    `/console/exams/${ids.pastExam}?view=appeals`,
    `/console/exams/${ids.exam}?view=access`,
    `/console/exams/${ids.pastExam}?view=papers`,
    '/console/exams/marking',
    '/console/stats?year=2017&view=units',
    '/console/stats?year=2017&view=months',
    '/console/stats?year=2017&view=exams',
    '/console/stats?year=2017&view=hours',
    '/console/report?year=2017',
    `/console/report/${ids.report}`,
    '/console/contests',
    '/console/contests/sets',
    `/console/contests/sets/${ids.set}`,
    `/console/contests/${ids.room}`,
  ];
  const forAdministrators = (...own: string[]) => ['/', '/me', '/console/system', ...own];

  const people: readonly (readonly [who: string, pages: () => string[]])[] = [
    ['member', forMembers],
    ['organiser', forOrganisers],
    ['committee', forCommittee],
    ['sysadmin', () => forAdministrators('/console/org')],
    ['secadmin', () => forAdministrators('/console/org')],
    ['auditor', () => forAdministrators('/console/system/audit')],
  ];

  it.each(people)('hinders nobody on any page of the %s, on a phone or a desktop', async (who, pages) => {
    const device = await chromium.signedIn(who, 'console');
    const found: string[] = [];
    for (const path of pages()) {
      await device.setViewportSize(sizes.console);
      await device.goto(path);
      await settled(device);
      if (await device.getByText('没有这个页面').isVisible()) found.push(`${path} is not there`);
      for (const size of ['console', 'phone'] as const) {
        await device.setViewportSize(sizes[size]);
        await settled(device);
        for (const fault of await hindrances(device)) found.push(`${path} at ${sizes[size].width} px: ${fault}`);
      }
    }
    await device.context().close();
    expect(found).toEqual([]);
  });

  it('hinders nobody who has not signed in', async () => {
    const device = await chromium.device('phone');
    const found: string[] = [];
    for (const path of ['/sign-in', '/setup', '/no-such-page']) {
      await device.goto(path);
      await settled(device);
      for (const fault of await hindrances(device)) found.push(`${path} ${fault}`);
    }
    await device.context().close();
    expect(found).toEqual([]);
  });

  it('never scrolls sideways at 320 pixels', async () => {
    const device = await chromium.signedIn('member', 'narrow');
    const wide: string[] = [];
    for (const path of forMembers()) {
      await device.goto(path);
      await settled(device);
      const pixels = await overflow(device);
      if (pixels > 0) wide.push(`${path} is ${pixels} px wider than ${sizes.narrow.width}`);
    }
    await device.context().close();
    expect(wide).toEqual([]);
  });

  it('takes a whole exam with the keyboard alone', async () => {
    const device = await chromium.signedIn('member', 'console');
    const focused = () =>
      device.evaluate(() => {
        const { activeElement } = document;
        return (activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '').trim();
      });
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let step = 0; step < 25; step += 1) {
        await device.keyboard.press('Tab');
        if (name.test(await focused())) return;
      }
      throw new Error(`no way to ${String(name)} with the tabulator`);
    };
    await device.goto(`/exams/${ids.freshExam}`);
    await settled(device);
    await tabTo(/^开始考试$/);
    await device.keyboard.press('Enter');
    await device.getByRole('dialog').waitFor();
    await tabTo(/^开始考试$/);
    await device.keyboard.press('Enter');
    await device.getByText('第 1 题，共 5 题').waitFor();
    const attemptId = new URL(device.url()).pathname.split('/').at(-1)!;
    for (let step = 0; step < 10; step += 1) {
      await device.keyboard.press('Tab');
      if ((await device.evaluate(() => document.activeElement?.getAttribute('type'))) === 'radio') break;
    }
    await device.keyboard.press('Space');
    await device.getByRole('status').filter({ hasText: '已保存' }).waitFor();
    await device.keyboard.press('ArrowDown');
    await device.locator('label.option').nth(1).locator('input:checked').waitFor({ state: 'attached' });
    await tabTo(/^标记$/);
    await device.keyboard.press('Space');
    await device.getByRole('button', { name: '取消标记' }).waitFor();
    await tabTo(/已答 1/);
    await device.keyboard.press('Enter');
    await device.getByRole('dialog', { name: '题目列表' }).waitFor();
    await tabTo(/^第 4 题/);
    await device.keyboard.press('Enter');
    await device.getByText('第 4 题，共 5 题').waitFor();
    await tabTo(/^下一题$/);
    await device.keyboard.press('Enter');
    await tabTo(/^上一题$/);
    await device.keyboard.press('Enter');
    await device.getByText('第 4 题，共 5 题').waitFor();
    await tabTo(/^交卷$/);
    await device.keyboard.press('Enter');
    await device.getByRole('dialog', { name: '确认交卷' }).waitFor();
    await device.keyboard.press('Escape');
    await device.getByRole('dialog').waitFor({ state: 'hidden' });
    await tabTo(/^交卷$/);
    await device.keyboard.press('Enter');
    await device.getByRole('dialog', { name: '确认交卷' }).waitFor();
    await tabTo(/^交卷$/);
    await device.keyboard.press('Enter');
    await device.waitForURL('**/result');
    const { state, answers } = await member.get<{ state: string; answers: unknown[] }>(`/attempts/${attemptId}`);
    expect([state, answers.length]).toEqual(['handed-in', 1]);
    await device.context().close();
  });
});
