import { ValidateIf } from 'class-validator';

/** May be left out, but not be null: for fields that a change may touch and nobody may empty. */
export function IsAbsentOr(): PropertyDecorator {
  return ValidateIf((_object, value: unknown) => value !== undefined);
}
