import type { OptionFlag } from '@xuekao/contracts';
import { upperLower } from './extreme-groups.js';
import type { WeightedGroup } from './extreme-groups.js';
import { totalsOf } from './response-table.js';
import type { ResponseTable, TablePosition } from './response-table.js';

export interface OptionStatistics {
  readonly optionId: string;
  readonly isKey: boolean;
  readonly chosen: number;
  /** Per cent of the group; those at a border of equal totals count in part. */
  readonly topShare: number;
  readonly bottomShare: number;
  readonly flags: readonly OptionFlag[];
}

export interface ChoiceStatistics {
  readonly number: number;
  /** Attempts that chose nothing. */
  readonly open: number;
  readonly options: readonly OptionStatistics[];
}

/** Who took which option, for the positions that have options. Flags need two attempts at least. */
export function choiceStatistics(table: ResponseTable, totals = totalsOf(table)): ChoiceStatistics[] {
  const { top, bottom } = upperLower(totals);
  return table.positions.flatMap((position, j) =>
    position.optionIds.length === 0 ? [] : [choicesOf(position, table.picks[j]!, top, bottom)],
  );
}

function choicesOf(
  { number, optionIds, keyIds }: TablePosition,
  picks: Int32Array,
  top: WeightedGroup,
  bottom: WeightedGroup,
): ChoiceStatistics {
  const plain = optionIds.map((optionId, k) => {
    const taken = picks.map((bits) => (bits >> k) & 1);
    return {
      optionId,
      isKey: keyIds.includes(optionId),
      chosen: taken.reduce((sum, bit) => sum + bit, 0),
      topShare: 100 * top.meanOf(taken),
      bottomShare: 100 * bottom.meanOf(taken),
    };
  });
  const keys = plain.filter((option) => option.isKey);
  const weakestKey = Math.min(...keys.map((option) => option.topShare));
  const options = plain.map((option) => ({ ...option, flags: flagsOf(option, picks.length, weakestKey) }));
  return { number, open: picks.reduce((sum, bits) => sum + (bits === 0 ? 1 : 0), 0), options };
}

/**
 * A wrong option that nobody took does no work; one that the top 27 % take more often than the bottom 27 % misleads; one
 * that they take more often than a right option puts the key in doubt.
 */
function flagsOf(option: Omit<OptionStatistics, 'flags'>, attempts: number, weakestKey: number): OptionFlag[] {
  if (option.isKey || attempts < 2) return [];
  if (option.chosen === 0) return ['never-chosen'];
  return [
    ...(option.topShare > option.bottomShare ? (['drawn-to-by-strong'] as const) : []),
    ...(option.topShare > weakestKey ? (['beats-key-among-strong'] as const) : []),
  ];
}
