import 'reflect-metadata';
import { createHttpApp, listen, readScaledConfig, stopWithSentence } from '../../server-modules/src/index.js';
import { WorkerModule } from './worker.module.js';

try {
  const config = readScaledConfig('worker');
  const app = await createHttpApp(WorkerModule.of(config), config);
  await listen(app, config, 'worker');
} catch (error) {
  stopWithSentence(error);
}
