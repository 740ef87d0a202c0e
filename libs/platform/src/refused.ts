import { isRefusal } from '@xuekao/kernel';
import type { Facts, Refusal } from '@xuekao/kernel';

/** An expected "no" on its way to the caller. Each lib throws its own subclass. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly facts: Facts = {},
    /** Field errors of a refused form or file. */
    readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string }[] = [],
  ) {
    super(code);
    this.name = new.target.name;
  }
}

/** The value, or the refusal thrown as the lib's error. */
export function unwrap<T>(value: T | Refusal, toError: (refusal: Refusal) => Error): T {
  if (isRefusal(value)) throw toError(value);
  return value;
}
