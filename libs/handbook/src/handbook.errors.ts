import { isRefusal } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { Refused } from '@xuekao/platform';

export class HandbookRefused extends Refused {}

/** The value, or its refusal thrown. */
export function allowed<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new HandbookRefused(value.code, value.facts);
  return value;
}
