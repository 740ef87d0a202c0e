import type { Refusal } from '@xuekao/kernel';
import { isRefusal } from '@xuekao/kernel';
import { Refused } from '@xuekao/platform';

export class ExamRefused extends Refused {
  static of(refusal: Refusal): ExamRefused {
    return new ExamRefused(refusal.code, refusal.facts);
  }
}

export function allowed(refusal: Refusal | undefined): void {
  if (refusal) throw ExamRefused.of(refusal);
}

export function decided<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw ExamRefused.of(value);
  return value;
}

export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new ExamRefused('resource.not-found');
  return value;
}
