// npm run screenshots: makes all pictures of docs/screenshots anew, from the built product with the demo year in it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { run } from './testing/jest-run.mjs';
import { chromiumPath } from './testing/services.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pictures = join(root, 'docs/screenshots');
/** Of the games that the walks play: what the picture is called there, and here. */
const ofWalks = {
  'screen-open': 'big-screen',
  'screen-answering': 'stage-screen',
};
const atMostBytes = 200_000;

const scratch = mkdtempSync(join(tmpdir(), 'xuekao-screenshots-'));
const templates = join(scratch, 'templates');
mkdirSync(templates);
const jest = (env, ...args) =>
  run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--selectProjects',
      'browser',
      '--runInBand',
      ...args,
    ],
    { CHROMIUM: chromiumPath(), SCREENSHOTS: '1', HALL_SHOTS: scratch, TEST_TEMPLATES: templates, ...env },
  );

/** The pictures of big screens, smaller and as photographs: their ground is a gradient. */
async function keepScreens() {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  for (const [theirs, ours] of Object.entries(ofWalks)) {
    const found = readdirSync(scratch).find((name) => name.endsWith(`-${theirs}.png`));
    if (!found) throw new Error(`no walk makes the picture ${theirs}`);
    const source = `data:image/png;base64,${readFileSync(join(scratch, found), 'base64')}`;
    await page.setContent(`<body style="margin:0"><img src="${source}" style="width:100%;display:block">`);
    await page.locator('img').evaluate((image) => image.decode());
    writeFileSync(join(pictures, `${ours}.jpg`), await page.screenshot({ type: 'jpeg', quality: 85 }));
  }
  await browser.close();
}

let code = (await run(process.execPath, [join(root, 'scripts/build-stale.mjs'), 'standalone', 'web', 'cli'])).code;
code ||= (await jest({ PICTURES_OF_README: '1' }, '--testPathPatterns', 'screenshots')).code;
code ||= (await jest({ SCREENSHOTS: '' }, '--testPathPatterns', 'live-room|stage-contest')).code;
if (code === 0) {
  await keepScreens();
  for (const name of readdirSync(pictures)) {
    const { size } = statSync(join(pictures, name));
    if (size > atMostBytes) code = 1;
    process.stdout.write(`${name}: ${Math.ceil(size / 1000)} KB${size > atMostBytes ? ', too large' : ''}\n`);
  }
}
rmSync(scratch, { recursive: true, force: true });
process.exit(code);
