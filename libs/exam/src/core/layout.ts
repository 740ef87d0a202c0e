import type { QuestionBody } from '@xuekao/contracts';
import type { Rng } from '@xuekao/kernel';
import type { PaperItem } from './paper.js';

/** One place on a member's own paper. Stored with the attempt, never computed again. */
export interface LayoutPlace {
  /** The item's number on the paper; answers and marks are kept under it. */
  readonly number: number;
  /** Option ids in shown order; empty for blanks. */
  readonly optionIds: readonly string[];
}

export interface Shuffling {
  readonly questions: boolean;
  readonly options: boolean;
}

function optionOrder(body: QuestionBody, shuffle: boolean, rng: Rng): readonly string[] {
  if (body.type === 'blank') return [];
  const ids = body.options.map((option) => option.id);
  return shuffle && body.type !== 'true-false' ? rng.shuffle(ids) : ids;
}

/** Sections stay in their order; questions move inside their section, options inside their question. */
export function layoutOf(
  items: readonly PaperItem[],
  bodyOf: (versionId: string) => QuestionBody,
  shuffling: Shuffling,
  rng: Rng,
): LayoutPlace[] {
  const sections = [...new Set(items.map((item) => item.section))].toSorted((a, b) => a - b);
  return sections
    .flatMap((section) => {
      const inSection = items.filter((item) => item.section === section);
      return shuffling.questions ? rng.shuffle(inSection) : inSection;
    })
    .map((item) => ({
      number: item.number,
      optionIds: optionOrder(bodyOf(item.versionId), shuffling.options, rng),
    }));
}
