import type { Refusal } from '@xuekao/kernel';
import { isRefusal } from '@xuekao/kernel';
import { Refused } from '@xuekao/platform';

export class LiveRefused extends Refused {}

/** The value, or the refusal thrown. */
export function allowed<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new LiveRefused(value.code, value.facts);
  return value;
}
