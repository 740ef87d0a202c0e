import { Column, ForeignKey, PrimaryColumn, getMetadataArgsStorage } from 'typeorm';
import type { ColumnOptions, ValueTransformer } from 'typeorm';
import { checkExpression, checkName } from './checks.js';
import { ormType } from './dialect.js';
import type { ColumnKind, Dialect } from './dialect.js';

/** `name` overrides the snake_case of the property; `primary` makes the column part of the primary key. */
export interface ColumnChoice {
  readonly nullable?: boolean;
  readonly primary?: boolean;
  readonly name?: string;
}

interface Mark {
  readonly target: object;
  readonly property: string;
  readonly kind: ColumnKind;
  readonly length: number;
  readonly values: readonly string[] | undefined;
  readonly options: ColumnOptions;
}

const marks: Mark[] = [];

const numberTransformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
};

const flagTransformer: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'boolean' ? Number(value) : value),
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value) === 1),
};

const jsonTransformer: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
};

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function column(
  kind: ColumnKind,
  length: number,
  choice: ColumnChoice = {},
  extra: { transformer?: ValueTransformer; values?: readonly string[] } = {},
): PropertyDecorator {
  return (target, property) => {
    const options: ColumnOptions = {
      type: ormType('sqlite', kind),
      name: choice.name ?? snakeCase(String(property)),
      nullable: choice.nullable ?? false,
      ...(ormType('sqlite', kind) === 'varchar' ? { length } : {}),
      ...(extra.transformer ? { transformer: extra.transformer } : {}),
    };
    marks.push({ target: target.constructor, property: String(property), kind, length, values: extra.values, options });
    if (choice.primary) PrimaryColumn(options as never)(target, property as string);
    else Column(options as never)(target, property as string);
  };
}

/** The row's own UUIDv7. */
export const Id = (): PropertyDecorator => column('code', 36, { primary: true });

/** Another row's id. With a target of the same lib it carries a foreign key `fk_<table>_<column>`; without, none. */
export function Ref(target?: (() => object) | null, choice: ColumnChoice = {}): PropertyDecorator {
  return (prototype, property) => {
    column('code', 36, choice)(prototype, property);
    if (target) {
      foreignKeys.push({
        owner: prototype.constructor,
        column: choice.name ?? snakeCase(String(property)),
        property: String(property),
      });
      ForeignKey(target as () => never)(prototype, property as string);
    }
  };
}

const foreignKeys: { owner: object; column: string; property: string }[] = [];

/** Short ASCII text compared byte for byte: codes, hashes, states of other systems. */
export const Code = (length: number, choice?: ColumnChoice): PropertyDecorator => column('code', length, choice);
/** People's text of at most `length` characters. */
export const Text = (length: number, choice?: ColumnChoice): PropertyDecorator => column('text', length, choice);
/** The normal form (`normalText`) of a text, compared byte for byte: for unique keys and equality on input. */
export const Key = (length: number, choice?: ColumnChoice): PropertyDecorator => column('key', length, choice);
export const LongText = (choice?: ColumnChoice): PropertyDecorator => column('long-text', 0, choice);
/** An opaque payload, parsed on read. Never queried inside. */
export const Json = (choice?: ColumnChoice): PropertyDecorator =>
  column('long-text', 0, choice, { transformer: jsonTransformer });
export const Int = (choice?: ColumnChoice): PropertyDecorator =>
  column('int', 0, choice, { transformer: numberTransformer });
/** Epoch milliseconds. */
export const InstantColumn = (choice?: ColumnChoice): PropertyDecorator =>
  column('instant', 0, choice, { transformer: numberTransformer });
/** `YYYY-MM-DD`. */
export const DateColumn = (choice?: ColumnChoice): PropertyDecorator => column('date', 10, choice);
export const Flag = (choice?: ColumnChoice): PropertyDecorator =>
  column('flag', 0, choice, { transformer: flagTransformer });
/** One of a closed list of ASCII words, at most 40 characters each. */
export const Choice = (values: readonly string[], choice?: ColumnChoice): PropertyDecorator =>
  column('code', 40, choice, { values });

/**
 * Sets the dialect's column types and the named checks and foreign keys on TypeORM's decorator metadata. Called under a
 * lock right before a DataSource builds its metadata, since decorators run before the dialect is known.
 */
export function prepareMetadata(dialect: Dialect): void {
  const storage = getMetadataArgsStorage();
  const tableOf = new Map(storage.tables.map((table) => [table.target, table.name]));
  for (const mark of marks) {
    mark.options.type = ormType(dialect, mark.kind);
    const table = tableOf.get(mark.target as never);
    if (!table) continue;
    const name = checkName(table, mark.options.name!);
    const expression = checkExpression(mark.kind, mark.options.name!, mark.length, mark.values);
    if (expression && !storage.checks.some((check) => check.name === name && check.target === mark.target)) {
      storage.checks.push({ target: mark.target as never, name, expression });
    }
  }
  for (const key of foreignKeys) {
    const table = tableOf.get(key.owner as never);
    const args = storage.foreignKeys.find((fk) => fk.target === key.owner && fk.propertyName === key.property);
    if (table && args) Object.assign(args, { name: `fk_${table}_${key.column}` });
  }
}
