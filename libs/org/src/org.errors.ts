import { Refused } from '@xuekao/platform';
import { isRefusal, type Refusal } from '@xuekao/kernel';

/** Every expected "no" of this lib; codes in contracts' `org.problems.ts`. */
export class OrgRefused extends Refused {
  static from(refusal: Refusal): OrgRefused {
    return new OrgRefused(refusal.code, refusal.facts);
  }
}

/** The decision, or its refusal thrown. */
export function decided<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw OrgRefused.from(value);
  return value;
}

/** Throws where a rule refused. */
export function allowed(refusal: Refusal | null): void {
  if (refusal) throw OrgRefused.from(refusal);
}

/** Throws 'resource.not-found' where nothing was loaded. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new OrgRefused('resource.not-found');
  return value;
}
