import { type ExemptionReason, exemptionReasons } from '@xuekao/contracts';

export { exemptionReasons };
export const isKnownExemption = (code: string): code is ExemptionReason => Object.hasOwn(exemptionReasons, code);
