import { Module } from '@nestjs/common';
import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import type { Permission } from '@xuekao/contracts';
import { OPEN_DATABASE, UnitOfWork } from '@xuekao/database';
import type { TestDatabase } from '@xuekao/database/testing';
import { Access, scopeOf } from '../access.js';
import type { Scope } from '../access.js';
import { parseConfig } from '../config/app-config.js';
import type { AppConfig } from '../config/app-config.js';
import { EmbeddedAdaptersModule } from '../embedded-adapters.module.js';
import { PlatformModule } from '../platform.module.js';
import { Refused } from '../refused.js';

export const testSecret = 'a secret for tests, of more than 32 characters';

export function testConfig(over: Record<string, string> = {}): AppConfig {
  return parseConfig({ XUEKAO_SECRET: testSecret, PORT: '0', XUEKAO_LOG_LEVEL: 'silent', ...over }, () => testSecret);
}

/** Grants what a test says it grants: permission to unit ids. For specs below `org`'s floor and of its siblings. */
export class GrantedAccess extends Access {
  readonly grants = new Map<Permission, Set<string>>();

  grant(permission: Permission, ...unitIds: string[]): void {
    this.grants.set(permission, new Set([...(this.grants.get(permission) ?? []), ...unitIds]));
  }
  async scope(permission: Permission): Promise<Scope> {
    return scopeOf(this.grants.get(permission) ?? []);
  }
  async require(permission: Permission, unitId: string): Promise<void> {
    if (!(await this.scope(permission)).includes(unitId)) throw new Refused('resource.not-found');
  }
  async holds(permission: Permission): Promise<boolean> {
    return this.grants.has(permission);
  }
}

@Module({})
class TestDatabaseModule {
  static of(database: TestDatabase): DynamicModule {
    return {
      module: TestDatabaseModule,
      global: true,
      providers: [
        { provide: UnitOfWork, useFactory: () => database.uow },
        { provide: OPEN_DATABASE, useFactory: () => database.opened },
      ],
      exports: [UnitOfWork, OPEN_DATABASE],
    };
  }
}

/**
 * A Nest module over a test database with the platform, an adapter set (the embedded one) and the test's clock. Call it in
 * `beforeAll` and close it in `afterAll`. Timers start only with `init()`; `EventRelay.drain()` and `JobQueue.runDue()` run
 * by hand what is due.
 */
export async function platformTestingModule(
  database: TestDatabase,
  metadata: ModuleMetadata,
  config: AppConfig = testConfig(),
  adapters: NonNullable<ModuleMetadata['imports']>[number] = EmbeddedAdaptersModule,
): Promise<TestingModule> {
  const module = await Test.createTestingModule({
    ...metadata,
    imports: [
      TestDatabaseModule.of(database),
      PlatformModule.forRoot({ config, clock: database.clock }),
      adapters,
      ...(metadata.imports ?? []),
    ],
  }).compile();
  module.useLogger(false);
  return module;
}
export { withParts, withPrinterSettings } from './workbook-parts.js';
export { pngOf } from './png.js';
