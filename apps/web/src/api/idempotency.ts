import { newId } from '@xuekao/kernel';

/** One key per act of a person: make it when the form opens, reuse it on every retry of the same form. */
export const newIdempotencyKey = (): string => newId();
