import { Module } from '@nestjs/common';
import type { DynamicModule, ExecutionContext } from '@nestjs/common';
import { Access, RequestAuthenticator } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { AudienceDirectory } from '../src/audience-directory.js';

/** Takes the member id that the test writes into the header. */
class HeaderAuthenticator extends RequestAuthenticator {
  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const memberId = context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['x-member'];
    return memberId ? { accountId: memberId, memberId, name: '测试者', mustChangePassword: false } : null;
  }
}

/** Binds the ports of schedule to what a test gives. */
@Module({})
export class ScheduleTestModule {
  static of(access: Access, directory: AudienceDirectory): DynamicModule {
    const providers = [
      { provide: Access, useValue: access },
      { provide: AudienceDirectory, useValue: directory },
      { provide: RequestAuthenticator, useClass: HeaderAuthenticator },
    ];
    return {
      module: ScheduleTestModule,
      global: true,
      providers,
      exports: [Access, AudienceDirectory, RequestAuthenticator],
    };
  }
}
