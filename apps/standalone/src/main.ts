import 'reflect-metadata';
import { join } from 'node:path';
import { createHttpApp, readConfig, serveOpenApi, serveWeb, stopWithSentence } from '../../server-modules/src/index.js';
import { StandaloneModule } from './standalone.module.js';

const startedAt = performance.now();
try {
  const config = readConfig();
  const app = await createHttpApp(StandaloneModule.of(config), config);
  serveOpenApi(app);
  await serveWeb(app, join(import.meta.dirname, '../web'));
  await app.listen(config.port, config.host);
  const address = await app.getUrl();
  const tookMs = Math.round(performance.now() - startedAt);
  process.stdout.write(
    `Xuekao listens on ${address.replace('[::1]', 'localhost').replace('0.0.0.0', 'localhost')} (${tookMs} ms)\n`,
  );
} catch (error) {
  stopWithSentence(error);
}
