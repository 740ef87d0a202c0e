import { hundredths } from '@xuekao/kernel';
import type { Choice } from './mark-policy.js';

/** Ways to answer a multiple choice, from all right to nothing. */
export const exampleCases = {
  right: '全部选对',
  less: '少选一项',
  one: '只选对一项',
  more: '选对并多选一个错项',
  mixed: '少选一项并错选一项',
  all: '全部选项都选',
  wrong: '只选一个错项',
  none: '不选',
} as const;
export type ExampleCase = keyof typeof exampleCases;

export interface Example {
  readonly kind: ExampleCase;
  readonly chosen: readonly string[];
}

/** Four points, options A to D, A, B and C right. */
export const sampleChoice: Omit<Choice, 'chosen'> = {
  options: new Set(['A', 'B', 'C', 'D']),
  correct: new Set(['A', 'B', 'C']),
  full: hundredths(400),
};

/** One answer of every kind that the question allows, in order of its options; none stands twice. */
export function examplesOf({ options, correct }: Pick<Choice, 'options' | 'correct'>): Example[] {
  const ids = [...options];
  const right = ids.filter((id) => correct.has(id));
  const wrong = ids.filter((id) => !correct.has(id)).slice(0, 1);
  const less = right.slice(0, -1);
  const chosen: Readonly<Record<ExampleCase, readonly string[]>> = {
    right,
    less,
    one: right.slice(0, 1),
    more: [...right, ...wrong],
    mixed: [...less, ...wrong],
    all: ids,
    wrong,
    none: [],
  };
  const seen = new Set<string>();
  return (Object.keys(exampleCases) as ExampleCase[]).flatMap((kind): Example[] => {
    const ordered = ids.filter((id) => chosen[kind].includes(id));
    const key = ordered.join();
    if (seen.has(key) || (kind !== 'none' && ordered.length === 0)) return [];
    seen.add(key);
    return [{ kind, chosen: ordered }];
  });
}
