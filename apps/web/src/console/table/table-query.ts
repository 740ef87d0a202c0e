import type { LocationQuery } from 'vue-router';

/** What a table asks the server for; everything but the cursor trail lives in the URL, so that a link shows the same list. */
export interface TableQuery {
  readonly q: string;
  readonly cursor: string | null;
  readonly limit: number;
  readonly filters: Readonly<Record<string, string>>;
}

const one = (value: LocationQuery[string] | undefined): string => {
  const first = Array.isArray(value) ? value[0] : value;
  return first ?? '';
};

/** Reads the table's part of the URL; `prefix` keeps two tables on a page apart. */
export function queryFrom(
  location: LocationQuery,
  filterKeys: readonly string[],
  limit: number,
  prefix = '',
): TableQuery {
  const read = (name: string): string => one(location[prefix + name]);
  const pairs = filterKeys.map((key) => [key, read(key)] as const).filter(([, value]) => value !== '');
  return { q: read('q'), cursor: read('cursor') || null, limit, filters: Object.fromEntries(pairs) };
}

/** The URL's query with one thing changed. A changed search or filter starts at the first page; empty values leave the URL. */
export function withChange(
  location: LocationQuery,
  change: Readonly<Record<string, string | null>>,
  prefix = '',
): LocationQuery {
  const next: LocationQuery = { ...location };
  if (!('cursor' in change)) delete next[`${prefix}cursor`];
  for (const [name, value] of Object.entries(change)) {
    if (value) next[prefix + name] = value;
    else delete next[prefix + name];
  }
  return next;
}

/** The URL's query with a record opened beside the list, or closed; the list stays where it is. */
export function withOpened(location: LocationQuery, name: string, id: string | null): LocationQuery {
  const next: LocationQuery = { ...location };
  if (id) next[name] = id;
  else delete next[name];
  return next;
}
