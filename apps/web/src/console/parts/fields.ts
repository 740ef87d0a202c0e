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
  /** Said under the field; of a switch, beside it. */
  readonly hint?: string | ((values: Values) => string);
  readonly choices?: readonly Choice[];
  readonly rows?: number;
  readonly min?: number;
  readonly max?: number;
  /** By how much the arrows of a number change it. */
  readonly step?: number;
  /** What is wrong with the value as it stands, in words; undefined where nothing is. */
  readonly fault?: (values: Values) => string | undefined;
  /** Heading among the further settings, which are folded until somebody wants them. */
  readonly group?: string;
  /** Half of the form's width. */
  readonly isHalf?: boolean;
  readonly isShown?: (values: Values) => boolean;
}

export const shownFields = (fields: readonly Field[], values: Values): Field[] =>
  fields.filter((field) => field.isShown?.(values) ?? true);

export const hintOf = ({ hint }: Field, values: Values): string =>
  typeof hint === 'function' ? hint(values) : (hint ?? '');

/** Sentences of the shown fields that find fault with their value, by key. */
export const faultsOf = (fields: readonly Field[], values: Values): Record<string, string> =>
  Object.fromEntries(
    shownFields(fields, values).flatMap((field) => {
      const fault = field.fault?.(values);
      return fault === undefined ? [] : [[field.key, fault]];
    }),
  );

/** Fields by their group, in the order in which the groups come first. */
export function groupsOf(fields: readonly Field[]): { readonly title: string; readonly fields: Field[] }[] {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    if (field.group === undefined) continue;
    groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  }
  return [...groups].map(([title, members]) => ({ title, fields: members }));
}

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
