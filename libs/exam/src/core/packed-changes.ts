import type { MarkSource } from '@xuekao/contracts';
import type { MarkChange } from './regrade.js';

/** number, old marks, new marks. */
type MovedMark = readonly [number, number | null, number | null];

/**
 * Changed marks of an attempt as they are kept: of a million changes nearly all move the marks alone, and what stays is
 * written once for all of them.
 */
export interface PackedChanges {
  /** By the full mark and the source that stay, as `100 machine`. */
  readonly moved: Readonly<Record<string, readonly MovedMark[]>>;
  readonly others: readonly MarkChange[];
}

export function packed(changes: readonly MarkChange[]): PackedChanges {
  const moved: Record<string, MovedMark[]> = {};
  const others: MarkChange[] = [];
  for (const change of changes) {
    const [number, old, oldFull, oldSource, now, full, source] = change;
    if (oldFull !== full || oldSource !== source) others.push(change);
    else (moved[`${full} ${source}`] ??= []).push([number, old, now]);
  }
  return { moved, others };
}

/** In order of number. */
export function unpacked({ moved, others }: PackedChanges): MarkChange[] {
  const changes = [...others];
  for (const [same, marks] of Object.entries(moved)) {
    const [full = '', source = ''] = same.split(' ');
    for (const [number, old, now] of marks) {
      changes.push([number, old, Number(full), source as MarkSource, now, Number(full), source as MarkSource]);
    }
  }
  return changes.sort((a, b) => a[0] - b[0]);
}
