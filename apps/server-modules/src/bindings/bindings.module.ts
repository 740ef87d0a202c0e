import { Global, Module } from '@nestjs/common';
import { AudienceDirectory } from '@xuekao/schedule';
import { OrgAudienceDirectory } from './org-audience.directory.js';

/** Ports that sibling libs declare, bound to the libs that can answer them. */
@Global()
@Module({
  providers: [{ provide: AudienceDirectory, useClass: OrgAudienceDirectory }],
  exports: [AudienceDirectory],
})
export class BindingsModule {}
