import type { Choice } from './choices.js';

export type FieldValue = string | number | boolean | null | readonly string[];
export type Values = Record<string, FieldValue>;

/** One field of a form. `isShown` hides it, and what is hidden is neither asked for nor sent. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly kind:
    'text' | 'area' | 'day' | 'when' | 'choice' | 'unit' | 'units' | 'member' | 'members' | 'number' | 'switch';
  readonly isRequired?: boolean;
  readonly hint?: string;
  readonly choices?: readonly Choice[];
  readonly rows?: number;
  readonly min?: number;
  readonly max?: number;
  /** Half of the form's width. */
  readonly isHalf?: boolean;
  readonly isShown?: (values: Values) => boolean;
}

export const shownFields = (fields: readonly Field[], values: Values): Field[] =>
  fields.filter((field) => field.isShown?.(values) ?? true);

const isBlank = (value: FieldValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** Keys of the required fields that are shown and empty. */
export const missingFields = (fields: readonly Field[], values: Values): string[] =>
  shownFields(fields, values)
    .filter((field) => field.isRequired && isBlank(values[field.key]))
    .map(({ key }) => key);

/** What is sent: the shown fields that hold something, texts trimmed. */
export function filledValues(fields: readonly Field[], values: Values): Values {
  return Object.fromEntries(
    shownFields(fields, values)
      .filter(({ key }) => !isBlank(values[key]))
      .map(({ key }) => {
        const value = values[key] ?? null;
        return [key, typeof value === 'string' ? value.trim() : value];
      }),
  );
}

/** As {@link filledValues}, with null for what was emptied: the body of an edit. */
export function editedValues(fields: readonly Field[], values: Values): Values {
  const filled = filledValues(fields, values);
  return Object.fromEntries(shownFields(fields, values).map(({ key }) => [key, filled[key] ?? null]));
}
