import type { ColumnKind } from './dialect.js';

export function checkName(table: string, column: string): string {
  return `ck_${table}_${column}`;
}

/** The condition that keeps SQLite as strict as MySQL (D10); undefined where a type needs none. */
export function checkExpression(
  kind: ColumnKind,
  column: string,
  length: number,
  values?: readonly string[],
  quote: (name: string) => string = (name) => `"${name}"`,
): string | undefined {
  const name = quote(column);
  if (values) return `${name} in (${values.map((value) => `'${value}'`).join(', ')})`;
  switch (kind) {
    case 'code':
    case 'date':
      return `length(${name}) <= ${length} and ${name} not glob '*[^ -~]*'`;
    case 'text':
    case 'key':
      return `length(${name}) <= ${length}`;
    case 'flag':
      return `${name} in (0, 1)`;
    case 'int':
    case 'instant':
      return `typeof(${name}) in ('integer', 'null')`;
    case 'long-text':
      return undefined;
  }
}
