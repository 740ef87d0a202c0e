import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Access } from '@xuekao/platform';
import { AudienceDirectory } from '../src/audience-directory.js';

/** Binds the two ports of schedule to what a test gives. */
@Module({})
export class ScheduleTestModule {
  static of(access: Access, directory: AudienceDirectory): DynamicModule {
    return {
      module: ScheduleTestModule,
      global: true,
      providers: [
        { provide: Access, useValue: access },
        { provide: AudienceDirectory, useValue: directory },
      ],
      exports: [Access, AudienceDirectory],
    };
  }
}
