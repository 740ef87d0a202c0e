import { Refused } from '@xuekao/platform';

/** Every expected "no" of this lib; codes in contracts' `report.problems.ts`. */
export class ReportRefused extends Refused {}

/** Throws 'resource.not-found' where nothing was loaded. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new ReportRefused('resource.not-found');
  return value;
}
