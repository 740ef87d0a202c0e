import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditHeadRow, AuditRecordRow } from './audit.entity.js';
import { AuditProjection } from './audit.projection.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';

export const auditEntities = [AuditRecordRow, AuditHeadRow] as const;

@Module({ providers: [AuditStore, AuditService], exports: [AuditStore, AuditService] })
export class AuditModule {}

@Module({ imports: [AuditModule], controllers: [AuditController] })
export class AuditHttpModule {}

@Module({ imports: [AuditModule], providers: [AuditProjection] })
export class AuditJobsModule {}
