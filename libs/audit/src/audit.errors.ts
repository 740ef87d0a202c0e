import { Refused } from '@xuekao/platform';

export class AuditRefused extends Refused {}
