/**
 * What changed in a plain JSON value, so that an act is logged in the size of the act and not of the contest. A text,
 * number, flag or null is the new value; `{"=": v}` replaces the whole; `{"#": n, "3": …}` is a list now n long of
 * which these places changed; any other object names the keys that changed.
 */
export type Delta = string | number | boolean | null | { readonly [key: string]: unknown };

/** The changed keys of an object; `of` gives the value of its own keys as they are. */
export type PartsOf<T> = { readonly [Key in keyof T]?: T[Key] extends string | number | boolean ? T[Key] : Delta };

type Plain = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Undefined when nothing changed. */
function deltaOf(before: unknown, after: unknown): Delta | undefined {
  if (before === after) return undefined;
  if (!isObject(after)) return after as Delta;
  if (!isObject(before) || Array.isArray(before) !== Array.isArray(after)) return { '=': after };
  return Array.isArray(after) ? listDelta(before as unknown[], after) : objectDelta(before as Plain, after as Plain);
}

function listDelta(before: readonly unknown[], after: readonly unknown[]): Delta | undefined {
  const changes = after.flatMap((value, index) => {
    const delta = index < before.length ? deltaOf(before[index], value) : wholeOf(value);
    return delta === undefined ? [] : [[String(index), delta] as const];
  });
  if (changes.length === 0 && before.length === after.length) return undefined;
  const delta = { '#': after.length, ...Object.fromEntries(changes) };
  // A list that moved along is told shorter as a whole.
  const isMostly = changes.length * 2 > before.length;
  return isMostly && JSON.stringify(delta).length > JSON.stringify(after).length + 6 ? { '=': after } : delta;
}

function objectDelta(before: Plain, after: Plain): Delta | undefined {
  if (Object.keys(before).some((key) => after[key] === undefined && before[key] !== undefined)) return { '=': after };
  const changes = Object.entries(after).flatMap(([key, value]) => {
    const delta = deltaOf(before[key], value);
    return delta === undefined ? [] : [[key, delta] as const];
  });
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

const wholeOf = (value: unknown): Delta => (isObject(value) ? { '=': value } : (value as Delta));

function patched(before: unknown, delta: Delta): unknown {
  if (!isObject(delta)) return delta;
  if ('=' in delta) return delta['='];
  const { '#': length, ...changes } = delta;
  if (length === undefined) return withParts(before as object, changes as PartsOf<object>);
  const list = (before as readonly unknown[]).slice(0, Number(length));
  for (const [index, change] of Object.entries(changes))
    list[Number(index)] = patched(list[Number(index)], change as Delta);
  return list;
}

/** What of `after` differs from `before`; the two have the same keys. */
export function partsOf<T extends object>(before: T, after: T): PartsOf<T> {
  const keys = Object.keys(after) as (keyof T)[];
  const changes = keys.map((key) => [key, deltaOf(before[key], after[key])] as const);
  return Object.fromEntries(changes.filter(([, delta]) => delta !== undefined)) as PartsOf<T>;
}

/** `before` with the parts laid over it; nothing is changed in place. */
export function withParts<T extends object>(before: T, parts: PartsOf<T>): T {
  const changes = Object.entries(parts) as [keyof T, Delta][];
  return { ...before, ...Object.fromEntries(changes.map(([key, delta]) => [key, patched(before[key], delta)])) };
}
