import 'reflect-metadata';
import { join } from 'node:path';
import {
  createHttpApp,
  doorwayOf,
  importShippedContent,
  loadDemoOnFirstStart,
  readConfig,
  serveOpenApi,
  serveWeb,
  stopWithSentence,
} from '../../server-modules/src/index.js';
import { StandaloneModule } from './standalone.module.js';

const startedAt = performance.now();
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const config = readConfig();
  const demo = await loadDemoOnFirstStart(config, () =>
    say('First start: playing the demo bureau into the database …'),
  );
  const app = await createHttpApp(StandaloneModule.of(config), config);
  await importShippedContent(app);
  serveOpenApi(app);
  await serveWeb(app, join(import.meta.dirname, '../web'));
  await app.listen(doorwayOf(config));
  if (demo) {
    say(`Demo accounts (also in ${demo.accountsFile}):`);
    for (const { loginName, password, who } of demo.accounts) say(`  ${loginName.padEnd(10)} ${password}   ${who}`);
  }
  const address = (await app.getUrl()).replace(/\[::1?\]|0\.0\.0\.0|127\.0\.0\.1/, 'localhost');
  say(`Xuekao listens on ${address} (${Math.round(performance.now() - startedAt)} ms)`);
} catch (error) {
  stopWithSentence(error);
}
