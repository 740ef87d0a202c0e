import type { ItemStatistics } from './analysis.api.js';

export type ItemHint = 'void' | 'negative' | 'key-doubt' | 'guess' | 'weak' | 'hard' | 'easy' | 'idle-option';

/** Hints that want somebody to look at the question before its marks are trusted. */
export const urgentHints: ReadonlySet<ItemHint> = new Set(['negative', 'key-doubt', 'guess']);

/**
 * What an item's figures say, the gravest first. Bounds as in common practice: facility 30 to 95 per cent, discrimination
 * from 20 up; a facility at or below blind guessing tells more than a low one. A figure that is not defined says nothing.
 */
export function itemHints(item: ItemStatistics): ItemHint[] {
  const { facility, discrimination, d27, randomGuess, full, options } = item;
  if (full === 0) return ['void'];
  const flags = new Set(options.flatMap((option) => option.flags));
  const hints: ItemHint[] = [];
  if ((discrimination ?? 0) < 0 || (d27 ?? 0) < 0) hints.push('negative');
  if (flags.has('beats-key-among-strong') || flags.has('drawn-to-by-strong')) hints.push('key-doubt');
  if (facility !== null) {
    if (randomGuess !== null && randomGuess > 0 && facility <= randomGuess) hints.push('guess');
    else if (facility < 30) hints.push('hard');
    if (facility > 95) hints.push('easy');
  }
  if (discrimination !== null && discrimination >= 0 && discrimination < 20) hints.push('weak');
  if (flags.has('never-chosen')) hints.push('idle-option');
  return hints;
}

export const itemOrders = ['number', 'facility', 'discrimination', 'd27', 'hints'] as const;
export type ItemOrder = (typeof itemOrders)[number];

const graveness = (item: ItemStatistics): number =>
  itemHints(item).reduce((sum, hint) => sum + (urgentHints.has(hint) ? 10 : 1), 0);

/** The lowest figure first, undefined ones last; `hints` puts first what wants looking at. Equals stay by number. */
export function orderedItems(items: readonly ItemStatistics[], order: ItemOrder): ItemStatistics[] {
  const rank = (item: ItemStatistics): number => {
    if (order === 'number') return item.number;
    return order === 'hints' ? -graveness(item) : (item[order] ?? Infinity);
  };
  return [...items].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a === b ? one.number - other.number : a < b ? -1 : 1;
  });
}

/** `12.5`: two decimals at most, a dash for what is not defined. */
export function figureText(value: number | null, unit = ''): string {
  if (value === null) return '—';
  const rounded = Math.round(value * 100) / 100;
  return `${String(Object.is(rounded, -0) ? 0 : rounded)}${unit}`;
}

/** Hundredths of a point as points. */
export const pointsText = (hundredths: number | null): string =>
  figureText(hundredths === null ? null : hundredths / 100);
