import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, ModuleMetadata, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { openDatabase } from './open.js';
import type { DatabaseOptions, OpenDatabase } from './open.js';
import { UnitOfWork } from './unit-of-work.js';

export const OPEN_DATABASE = Symbol('OPEN_DATABASE');

@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(@Inject(OPEN_DATABASE) private readonly database: OpenDatabase) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

export interface DatabaseModuleOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...injected: never[]) => DatabaseOptions | Promise<DatabaseOptions>;
}

/** Opens the database at boot and gives out the UnitOfWork. A failure stops the boot. */
@Module({})
export class DatabaseModule {
  static forRootAsync(options: DatabaseModuleOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        {
          provide: OPEN_DATABASE,
          inject: options.inject ?? [],
          useFactory: async (...injected: never[]) => openDatabase(await options.useFactory(...injected)),
        },
        { provide: UnitOfWork, inject: [OPEN_DATABASE], useFactory: (database: OpenDatabase) => database.uow },
        DatabaseCloser,
      ],
      exports: [UnitOfWork, OPEN_DATABASE],
    };
  }
}
