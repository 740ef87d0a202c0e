import 'reflect-metadata';
import { join } from 'node:path';
import {
  createHttpApp,
  importShippedContent,
  inOneProcess,
  listen,
  readScaledConfig,
  serveOpenApi,
  serveWeb,
  stopWithSentence,
} from '../../server-modules/src/index.js';
import { ApiModule } from './api.module.js';

try {
  const config = readScaledConfig('api');
  const app = await createHttpApp(ApiModule.of(config), config);
  await inOneProcess(app, 'content', () => importShippedContent(app));
  serveOpenApi(app);
  await serveWeb(app, join(import.meta.dirname, '../web'));
  await listen(app, config, 'api');
} catch (error) {
  stopWithSentence(error);
}
