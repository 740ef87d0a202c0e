import type { QuestionState } from '@xuekao/contracts';

export const stateTones = { draft: 'plain', reviewed: 'info', published: 'good' } as const satisfies Record<
  QuestionState,
  string
>;
