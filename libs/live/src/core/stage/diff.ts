/** The parts of `after` that differ from `before`. */
export function changed<T extends object>(before: T, after: T): Partial<T> {
  const keys = Object.keys(after) as (keyof T)[];
  const differ = keys.filter(
    (key) => before[key] !== after[key] && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return Object.fromEntries(differ.map((key) => [key, after[key]])) as Partial<T>;
}
