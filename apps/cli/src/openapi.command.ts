import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@xuekao/platform';
import { createHttpApp, openApiOf } from '../../server-modules/src/index.js';
import { StandaloneModule } from '../../standalone/src/standalone.module.js';
import type { Command } from './commands.js';

export const openApiCommand: Command = {
  name: 'openapi',
  help: 'write the API description to a file: openapi FILE',
  async run([file]) {
    const folder = mkdtempSync(join(tmpdir(), 'xuekao-openapi-'));
    try {
      const config = parseConfig({ XUEKAO_DATA_DIR: folder, XUEKAO_LOG_LEVEL: 'silent' }, () => 'x'.repeat(32));
      const app = await createHttpApp(StandaloneModule.of(config), config);
      const text = `${JSON.stringify(openApiOf(app), null, 2)}\n`;
      await app.close();
      if (file) writeFileSync(file, text);
      else process.stdout.write(text);
      return 0;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
