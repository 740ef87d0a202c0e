/** Closes a switch over a discriminated union: a missing case does not compile, an impossible value throws. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected variant: ${JSON.stringify(value)}`);
}
