import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoutePolicy } from '@xuekao/platform';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Described {
  readonly operationId: string;
  readonly 'x-access': RoutePolicy;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface Operation extends Described {
  readonly method: string;
  /** Without the prefix, as `/units/{id}`. */
  readonly path: string;
}

const file = join(import.meta.dirname, '../../libs/contracts/openapi.json');
const description = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** Every route of the product as its API description has it. */
export const operations: readonly Operation[] = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    ...described,
    method: method.toUpperCase(),
    path: path.replace('/api/v1', ''),
  })),
);

export const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** Values by name of parameter or field; the others are made from the description. */
export type Values = Readonly<Record<string, unknown>>;

/** Path and query with every required parameter. */
export function addressOf(operation: Operation, values: Values = {}): string {
  const given = (parameter: Parameter): string =>
    encodeURIComponent(String(values[parameter.name] ?? exampleOf(parameter.schema ?? {}, parameter.name, values)));
  let path = operation.path;
  const query: string[] = [];
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, given(parameter));
    else if (parameter.in === 'query' && (parameter.required || parameter.name in values)) {
      query.push(`${parameter.name}=${given(parameter)}`);
    }
  }
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

/** A body with every required field; undefined where the route takes none. */
export function bodyOf(operation: Operation, values: Values = {}): unknown {
  const schema = operation.requestBody?.content['application/json']?.schema;
  return schema && exampleOf(schema, '', values);
}

/** Names of the fields of the body, required or not. */
export function fieldsOf(operation: Operation): readonly string[] {
  const schema = operation.requestBody?.content['application/json']?.schema;
  return schema ? Object.keys(resolved(schema).properties ?? {}) : [];
}

function resolved(schema: Schema): Schema {
  if (schema.$ref) return resolved(description.components.schemas[schema.$ref.split('/').at(-1)!]!);
  return schema.allOf?.[0] ? resolved(schema.allOf[0]) : schema;
}

function exampleOf(given: Schema, name: string, values: Values): unknown {
  if (name in values) return values[name];
  const schema = resolved(given);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    const wanted = Object.keys(schema.properties).filter((key) => schema.required?.includes(key) || key in values);
    return Object.fromEntries(wanted.map((key) => [key, exampleOf(schema.properties![key]!, key, values)]));
  }
  if (schema.type === 'array') return [exampleOf(schema.items ?? {}, '', values)];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'number') return Math.max(1, schema.minimum ?? 0);
  if (schema.format === 'date') return '2026-01-01';
  if (schema.pattern === '^\\d{6}$') return '000000';
  return schema.format === 'uuid' || /^id$|Ids?$|^writer$/.test(name) ? randomUUID() : '示例';
}
