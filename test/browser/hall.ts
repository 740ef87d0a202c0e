import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { AppProcess } from '../harness/app-process.js';
import { Client } from '../harness/client.js';
import { fillDataFolder } from '../harness/demo-template.js';
import { atTheEnd } from '../harness/own-processes.js';
import { freePort } from '../harness/ports.js';
import { hireReviewer } from '../harness/exam-staff.js';
import { passwordsOf } from '../harness/topology.js';

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
export const phoneSize = { width: 375, height: 812 };
export const consoleSize = { width: 1280, height: 800 };
export const screenSize = { width: 1920, height: 1080 };

/** Where somebody wants the pictures of every walk, also of one that went well. */
const wantedShots = process.env.HALL_SHOTS;

interface Device {
  readonly width: number;
  readonly height: number;
  /** As in a network that lets no WebSocket through. */
  readonly withoutSockets?: boolean;
}

/** The built app on its own data folder, and a Chromium in which every device is a person of its own. */
export class Hall {
  private shots = 0;

  private constructor(
    readonly url: string,
    readonly app: AppProcess,
    private readonly browser: Browser,
    private readonly dataDir: string,
    readonly shotsDir: string,
    readonly passwords: ReadonlyMap<string, string>,
  ) {}

  static async open(): Promise<Hall> {
    const dataDir = mkdtempSync(join(tmpdir(), 'xuekao-hall-'));
    const shotsDir = wantedShots ?? mkdtempSync(join(tmpdir(), 'xuekao-hall-shots-'));
    mkdirSync(shotsDir, { recursive: true });
    await fillDataFolder(dataDir);
    const port = await freePort();
    const app = new AppProcess('standalone', { PORT: String(port), XUEKAO_DATA_DIR: dataDir });
    await app.start();
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [...quiet, '--disable-sync'],
    });
    atTheEnd(() => browser.close());
    const passwords = passwordsOf(join(dataDir, 'demo-accounts.txt'));
    return new Hall(`http://127.0.0.1:${port}`, app, browser, dataDir, shotsDir, passwords);
  }

  async device({ width, height, withoutSockets = false }: Device): Promise<Page> {
    const viewport = { width, height };
    const context = await this.browser.newContext({ viewport, locale: 'zh-CN', serviceWorkers: 'block' });
    if (withoutSockets) await context.routeWebSocket(/\/socket\.io\//, (socket) => socket.close());
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    return page;
  }

  async signedIn(who: string, device: Device, path = '/'): Promise<Page> {
    const page = await this.device(device);
    await page.goto(`${this.url}/sign-in?to=${encodeURIComponent(path)}`);
    await page.fill('[name=username]', who);
    await page.fill('[name=password]', this.passwords.get(who) ?? '');
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }

  /** A second person who works on the bank. */
  reviewer(): Promise<Client> {
    return hireReviewer(this);
  }

  /** The same person over HTTP, for what a walk only needs to be there. */
  client(who: string): Promise<Client> {
    return Client.signIn(this.url, who, this.passwords.get(who) ?? '');
  }

  async shot(page: Page, name: string): Promise<void> {
    this.shots += 1;
    await page.screenshot({ path: join(this.shotsDir, `${String(this.shots).padStart(2, '0')}-${name}.png`) });
  }

  /** Folders go; the pictures stay where somebody will want to see what went wrong. */
  async close(isWell: boolean): Promise<void> {
    await this.browser.close();
    await this.app.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
    if (wantedShots) return;
    if (isWell) rmSync(this.shotsDir, { recursive: true, force: true });
    else process.stdout.write(`Screenshots of the failed walk: ${this.shotsDir}\n`);
  }
}

export async function addQuestions(host: Page, title: string, type: string, count: number): Promise<void> {
  await host.locator('.head input').first().fill(title);
  await host.locator('.filters .el-select').nth(0).click();
  const loaded = host.waitForResponse((response) => response.url().includes('/questions?'));
  await host.locator('.el-select-dropdown__item:visible', { hasText: type }).click();
  await loaded;
  const take = host.getByRole('button', { name: '选入', exact: true });
  await host.locator('.rows small', { hasText: type }).first().waitFor();
  for (let taken = 0; taken < count; taken++) await take.first().click();
}
