import type { StagePart, StageView } from '@xuekao/contracts';

type Plain = Readonly<Record<string, unknown>>;
export type PartValue = string | readonly unknown[];

const keysOf = (part: StagePart): string[] => part.split('.');
const isPart = (value: unknown): value is PartValue => typeof value === 'string' || Array.isArray(value);

/** The list or text under this name; null where the view has none at the moment. */
export function partOf(view: StageView, part: StagePart): PartValue | null {
  let value: unknown = view;
  for (const key of keysOf(part)) value = (value as Plain | null | undefined)?.[key];
  return isPart(value) ? value : null;
}

/** The view with another value under this name. Nothing is changed in place. */
export function withPart(view: StageView, part: StagePart, value: PartValue): StageView {
  return put(view as unknown as Plain, keysOf(part), value) as unknown as StageView;
}

function put(held: Plain, [key, ...deeper]: readonly string[], value: PartValue): Plain {
  if (key === undefined) return held;
  return { ...held, [key]: deeper.length === 0 ? value : put(held[key] as Plain, deeper, value) };
}
