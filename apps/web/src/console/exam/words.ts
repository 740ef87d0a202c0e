import type { ExamState, SittingState } from '@xuekao/contracts';

export const examTones = {
  draft: 'plain',
  published: 'info',
  closed: 'warn',
  archived: 'good',
} as const satisfies Record<ExamState, string>;

export const sittingTones = {
  'not-started': 'idle',
  working: 'info',
  'handed-in': 'good',
  exempt: 'plain',
  absent: 'bad',
} as const satisfies Record<SittingState, string>;

/** Hundredths as people read marks: 8050 is `80.5`, null is a dash. */
export const marksText = (hundredths: number | null): string => (hundredths === null ? '—' : String(hundredths / 100));
