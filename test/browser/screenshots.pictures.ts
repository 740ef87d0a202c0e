import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';
import { Chromium, picture, settled } from './browser.js';
import type { Size } from './browser.js';
import { furnish } from './places.js';
import type { Places } from './places.js';

jest.setTimeout(300_000);

/** The pictures of the READMEs that need no game: run by `npm run screenshots` alone. */
describe('the pictures', () => {
  let app: Topology;
  let chromium: Chromium;
  let places: Places;

  beforeAll(async () => {
    app = await startStandalone();
    places = await furnish(app);
    chromium = await Chromium.launch(app.url, new Map([...app.passwords, ...places.passwords]));
  });
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
  });

  const at = async (
    who: string,
    size: Size,
    path: string,
    name: string,
    prepare?: (page: Page) => Promise<unknown>,
  ) => {
    const page = await chromium.signedIn(who, size);
    await page.goto(path);
    await settled(page);
    await prepare?.(page);
    await settled(page);
    await picture(page, name);
    await page.context().close();
  };
  const placeOf = (who: string, pattern: RegExp): string =>
    [...(places.members[who] ?? []), ...(places.desks[who] ?? [])].find((path) => pattern.test(path))!;

  it('of members', async () => {
    await at('member', 'phone', '/handbook/f001', 'handbook-entry');
    await at('member', 'phone', placeOf('member', /^\/attempts\/[^/]+$/), 'exam-paper', async (page) => {
      await page.getByRole('button', { name: '在此设备继续' }).click();
      await page.locator('label.option').nth(1).click();
      await page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
    });
    const verified = await chromium.device('phone');
    await verified.goto(places.anybody.find((path) => path.startsWith('/certificates/'))!);
    await settled(verified);
    await picture(verified, 'certificate');
  });

  it('of the console', async () => {
    const [confirming] = places.passwords.keys();
    await at('organiser', 'console', placeOf('organiser', /^\/console\/exams\/[^/]+$/), 'exam-desk');
    await at('committee', 'console', placeOf('committee', /^\/console\/bank\/imports\/.+/), 'import-preview');
    await at(confirming!, 'console', placeOf(confirming!, /view=regrade/), 'regrade', async (page) => {
      await page.getByRole('row').getByText('全员送分').click();
      await page.getByRole('button', { name: '确认生效' }).waitFor();
    });
    await at('committee', 'console', placeOf('committee', /^\/console\/report\/.+/), 'annual-report');
  });
});
