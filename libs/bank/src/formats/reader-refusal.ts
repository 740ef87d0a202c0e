import type { Refusal } from '@xuekao/kernel';

/** A whole file that is not read. Thrown inside readers only; `readFile` gives it back as a value. */
export class FileRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}
