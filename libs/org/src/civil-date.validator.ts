import { ValidateBy } from 'class-validator';
import { parseCivilDate } from '@xuekao/kernel';

/** A real calendar day `YYYY-MM-DD`. */
export function IsCivilDate(): PropertyDecorator {
  return ValidateBy({
    name: 'isDateString',
    validator: { validate: (value: unknown) => typeof value === 'string' && parseCivilDate(value) !== undefined },
  });
}
