import { existsSync } from 'node:fs';
import { join } from 'node:path';

const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** One jest project per size of test; see docs/testing.md. */
const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir: import.meta.dirname,
  roots: ['libs', 'apps', 'test']
    .map((folder) => join(import.meta.dirname, folder))
    .filter((folder) => existsSync(folder)),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^@xuekao/live/core$': '<rootDir>/libs/live/src/core/index.ts',
    '^@xuekao/([^/]+)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
    '^@xuekao/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testMatch,
  ...extra,
});

const sized = ['medium', 'contract', 'e2e', 'browser', 'soak'];
const notSized = sized.map((size) => `!**/*.${size}.spec.ts`);

export default {
  // Generous on purpose: no test measures time, and these machines are shared.
  testTimeout: 60_000,
  testSequencer: join(import.meta.dirname, 'scripts/testing/longest-first.mjs'),
  projects: [
    project('pure', ['**/*.spec.ts', ...notSized]),
    project('medium', ['**/*.medium.spec.ts', '**/*.contract.spec.ts']),
    project('e2e', ['**/*.e2e.spec.ts']),
    project('browser', [
      '**/*.browser.spec.ts',
      // By `npm run screenshots` alone.
      ...(process.env.PICTURES_OF_README ? ['**/*.pictures.ts'] : []),
    ]),
  ],
};
