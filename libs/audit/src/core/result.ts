import type { AuditResult } from '@xuekao/contracts';

const refusedEndings = new Set(['refused', 'denied', 'locked']);

/** How an act ended, by the last word of its past-tense type: `auth.sign-in.refused`, `report.export-failed`. */
export function resultOf(type: string): AuditResult {
  const ending = type.split(/[.-]/).at(-1) ?? '';
  if (refusedEndings.has(ending)) return 'refused';
  return ending === 'failed' ? 'failed' : 'done';
}
