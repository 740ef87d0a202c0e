import type { ImportRowState, ImportState } from '@xuekao/contracts';

export const rowTones = {
  good: 'good',
  unclear: 'warn',
  faulty: 'bad',
  known: 'info',
  repeated: 'info',
  conflict: 'bad',
  skipped: 'idle',
  imported: 'good',
  undone: 'idle',
  kept: 'info',
} as const satisfies Record<ImportRowState, string>;

export const importTones = {
  reading: 'warn',
  preview: 'info',
  committing: 'warn',
  committed: 'good',
  undoing: 'warn',
  undone: 'idle',
  failed: 'bad',
} as const satisfies Record<ImportState, string>;

/** Rows that a person looks at together, in the order of the tabs. */
export const rowGroups = {
  unclear: ['unclear'],
  faulty: ['faulty', 'conflict'],
  good: ['good'],
  known: ['known', 'repeated'],
  skipped: ['skipped'],
  imported: ['imported'],
  undone: ['undone'],
  kept: ['kept'],
} as const satisfies Record<string, readonly ImportRowState[]>;
export type RowGroup = keyof typeof rowGroups;
