import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, ConsoleMessage, Page, Request } from 'playwright-core';
import { eventually } from '../harness/eventually.js';
import { atTheEnd } from '../harness/own-processes.js';

const root = join(import.meta.dirname, '../..');

/** Widths and heights that the design names. */
export const sizes = {
  phone: { width: 375, height: 812 },
  narrow: { width: 320, height: 640 },
  console: { width: 1280, height: 800 },
  screen: { width: 1920, height: 1080 },
} as const;
export type Size = keyof typeof sizes;

/** True when this run makes the pictures of the README. */
export const makesPictures = process.env.SCREENSHOTS === '1';

let folder: string | undefined;
function pictureFolder(): string {
  folder ??= makesPictures ? join(root, 'docs/screenshots') : mkdtempSync(join(tmpdir(), 'xuekao-pictures-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** What a page says by itself although nothing is wrong. */
const harmless: readonly ((message: ConsoleMessage) => boolean)[] = [
  // The first visit asks for a session that is not there.
  (message) => /status of 401/.test(message.text()) && message.location().url.endsWith('/auth/refresh'),
];

/** One Chromium over one started product. What its pages throw or log as an error is kept in `faults`. */
export class Chromium {
  readonly faults: string[] = [];
  private readonly expected: RegExp[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
    private readonly passwords: ReadonlyMap<string, string>,
  ) {}

  static async launch(url: string, passwords: ReadonlyMap<string, string>): Promise<Chromium> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    atTheEnd(() => browser.close());
    return new Chromium(browser, url, passwords);
  }

  /** A device of its own: fresh storage, one page. */
  async device(size: Size): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: sizes[size],
      deviceScaleFactor: makesPictures && size === 'phone' ? 2 : 1,
      hasTouch: size === 'phone' || size === 'narrow',
      isMobile: size === 'phone' || size === 'narrow',
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(Number(process.env.BROWSER_TIMEOUT ?? 30_000));
    return this.page(context);
  }

  /** One more page of a device, as after its browser was closed and opened again. */
  async page(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    this.listen(page);
    return page;
  }

  /** A device on which this person of the demo has signed in through the page. */
  async signedIn(login: string, size: Size): Promise<Page> {
    const page = await this.device(size);
    await this.signIn(page, login);
    return page;
  }

  async signIn(page: Page, login: string): Promise<void> {
    const password = this.passwords.get(login);
    if (password === undefined) throw new Error(`the demo has no account ${login}`);
    await page.goto('/sign-in');
    await page.getByLabel('账号').fill(login);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
  }

  /** The current test makes the browser report this, once or more often; the text is the message and its address. */
  expect(message: RegExp): void {
    this.expected.push(message);
  }

  /** Call after each test: fails with what the pages threw or logged since the last call. */
  expectNoFaults(): void {
    const expected = this.expected.splice(0);
    const faults = this.faults.splice(0).filter((fault) => !expected.some((pattern) => pattern.test(fault)));
    if (faults.length > 0) throw new Error(`The pages reported:\n${faults.join('\n')}`);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  private listen(page: Page): void {
    const requests = new Set<Request>();
    underWay.set(page, requests);
    page.on('request', (request) => requests.add(request));
    page.on('requestfinished', (request) => requests.delete(request));
    page.on('requestfailed', (request) => requests.delete(request));
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' || harmless.some((is) => is(message))) return;
      if (offline.has(page.context()) && /net::ERR_INTERNET_DISCONNECTED/.test(message.text())) return;
      this.faults.push(`${page.url()}: ${message.text()} (${message.location().url})`);
    });
  }
}

const offline = new WeakSet<BrowserContext>();

/** Cuts the device off. */
export async function cutOff(page: Page): Promise<void> {
  offline.add(page.context());
  await page.context().setOffline(true);
}

/**
 * Call before a page is left or closed while its device is cut off: the browser ends the emulation of a lost network a
 * moment before it ends the page, and the page must not use that moment.
 */
export async function cutOffToTheEnd(page: Page): Promise<void> {
  await page.evaluate(() => void (window.fetch = () => new Promise<Response>(() => undefined)));
}

/** Connects the device again. What was under way when it was cut off may still fail, so such messages stay allowed. */
export function connect(page: Page): Promise<void> {
  return page.context().setOffline(false);
}

const underWay = new WeakMap<Page, Set<Request>>();

/** Resolves when the page has a heading, has nothing more to load and shows no sign of waiting. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await eventually(async () => {
    if (underWay.get(page)!.size > 0) return false;
    const isWaiting = await page.evaluate(async () => {
      // Two frames: what has just arrived may ask for more.
      for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve));
      return document.querySelector('.waiting, .el-loading-mask, [aria-busy="true"]') !== null;
    });
    return !isWaiting && underWay.get(page)!.size === 0;
  });
}

/** A picture of what the page shows, when pictures are made; `name` without its ending. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!makesPictures && !process.env.PICTURES) return;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(pictureFolder(), `${name}.png`), animations: 'disabled', caret: 'hide' });
}
