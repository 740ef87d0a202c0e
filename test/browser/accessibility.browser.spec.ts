import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Client } from '../harness/client.js';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';
import { Chromium, settled, sizes } from './browser.js';
import type { Size } from './browser.js';
import { goWithin, seriousFaults, smallFaults } from './faults.js';
import { furnish } from './places.js';
import type { Places } from './places.js';

jest.setTimeout(300_000);

describe('what everybody can use', () => {
  let app: Topology;
  let chromium: Chromium;
  let member: Client;
  let places: Places;

  beforeAll(async () => {
    app = await startStandalone();
    places = await furnish(app);
    chromium = await Chromium.launch(app.url, new Map([...app.passwords, ...places.passwords]));
    member = await Client.signIn(app.url, 'member', app.passwords.get('member')!);
  }, 240_000);
  afterEach(() => chromium.expectNoFaults());
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
  });

  /** What hinders on these pages: all rules at the first size, all but those of colours at the second, if there is one. */
  async function walk(device: Page, paths: readonly string[], [first, second]: readonly [Size, Size?]) {
    const found: string[] = [];
    const at = async (path: string, size: Size, look: () => Promise<string[]>): Promise<void> => {
      await device.setViewportSize(sizes[size]);
      await settled(device);
      for (const fault of await look()) found.push(`${path} at ${sizes[size].width} px: ${fault}`);
    };
    for (const path of paths) {
      await goWithin(device, path);
      await at(path, first, () => seriousFaults(device, { sheets: path === paths.at(-1) }));
      if (await device.getByText('没有这个页面').isVisible()) found.push(`${path} is not there`);
      if (first === 'phone') {
        for (const size of ['phone', 'narrow'] as const) await at(path, size, () => smallFaults(device));
        await device.evaluate(() => document.documentElement.classList.add('large-text'));
        await at(`${path} in large text`, 'narrow', () => smallFaults(device));
        await device.evaluate(() => document.documentElement.classList.remove('large-text'));
      }
      if (second) await at(path, second, () => seriousFaults(device, { colours: false }));
    }
    await device.context().close();
    return found;
  }

  it.each(['member', 'auditor'])('hinders nobody on any page of the %s, on phones of two widths', async (who) => {
    const device = await chromium.signedIn(who, 'phone');
    expect(await walk(device, places.members[who]!, ['phone', 'console'])).toEqual([]);
  });

  it.each(['committee', 'sysadmin', 'auditor'])('hinders nobody at the desk of the %s, nor on a phone', async (who) => {
    const device = await chromium.signedIn(who, 'console');
    expect(await walk(device, places.desks[who]!, ['console', 'phone'])).toEqual([]);
  });

  // The same pages as those above, with fewer things on them.
  it.each(['organiser', 'secadmin'])('hinders nobody at the desk of the %s', async (who) => {
    const device = await chromium.signedIn(who, 'console');
    expect(await walk(device, places.desks[who]!, ['console'])).toEqual([]);
  });

  it('hinders nobody who confirms or marks', async () => {
    for (const who of places.passwords.keys()) {
      const device = await chromium.signedIn(who, 'console');
      expect(await walk(device, places.desks[who]!, ['console', 'phone'])).toEqual([]);
    }
  });

  it('hinders nobody who has not signed in', async () => {
    const device = await chromium.device('phone');
    await device.goto('/sign-in');
    const found = await walk(device, [...places.anybody, '/no-such-page'], ['phone', 'console']);
    expect(found).toEqual(['/no-such-page is not there']);
  });

  it('hinders nobody who looks at a big screen', async () => {
    for (const path of places.screens) {
      const screen = await chromium.device('screen');
      await screen.goto(path);
      await settled(screen);
      expect(await seriousFaults(screen, { sheets: true })).toEqual([]);
      await screen.context().close();
    }
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
    await device.goto(`/exams/${places.freshExam}`);
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
