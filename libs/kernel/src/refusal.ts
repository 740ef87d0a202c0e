/** Facts that make a refusal checkable: ids, limits, what was found. Never secrets or personal data of others. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

/** An expected "no" as a value. `code` is one of `contracts`' error codes. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: string;
  readonly facts: Facts;
}

export function refuse(code: string, facts: Facts = {}): Refusal {
  return { kind: 'refusal', code, facts };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'refusal';
}
