import 'reflect-metadata';
import { createHttpApp, listen, readScaledConfig, stopWithSentence } from '../../server-modules/src/index.js';
import { RealtimeModule } from './realtime.module.js';

try {
  const config = readScaledConfig('realtime');
  const app = await createHttpApp(RealtimeModule.of(config), config);
  await listen(app, config, 'realtime');
} catch (error) {
  stopWithSentence(error);
}
