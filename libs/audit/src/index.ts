export { auditEntities, AuditHttpModule, AuditJobsModule, AuditModule } from './audit.module.js';
export { AuditService } from './audit.service.js';
export type { AuditQuery } from './audit.service.js';
export type { AuditRecord, ChainHead, ChainVerdict } from './core/index.js';
