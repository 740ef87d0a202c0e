import type { QuestionBody } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import type { Rng } from '@xuekao/kernel';
import type { PaperItem } from './paper.js';

/** One place on a member's own paper. Stored with the attempt, never computed again. */
export interface LayoutPlace {
  /** The item's number on the paper; answers and marks are kept under it. */
  readonly number: number;
  /** Ids of what may move (options, the right side of a matching) in shown order; empty where nothing may. */
  readonly optionIds: readonly string[];
}

export interface Shuffling {
  readonly questions: boolean;
  readonly options: boolean;
}

/** Orderings and matchings move on every paper: their order is what is asked. */
function optionOrder(body: QuestionBody, shuffle: boolean, rng: Rng): readonly string[] {
  const ids = movableOptions(body).map((option) => option.id);
  const isAsked = body.type === 'ordering' || body.type === 'matching';
  return isAsked || (shuffle && body.type !== 'true-false') ? rng.shuffle(ids) : ids;
}

/** Neighbours that ask about one material are one block; every other question is a block of its own. */
function blocksOf(items: readonly PaperItem[], bodyOf: (versionId: string) => QuestionBody): PaperItem[][] {
  const blocks: { material: string | undefined; items: PaperItem[] }[] = [];
  for (const item of items) {
    const material = bodyOf(item.versionId).material?.versionId;
    const last = blocks.at(-1);
    if (last && material !== undefined && last.material === material) last.items.push(item);
    else blocks.push({ material, items: [item] });
  }
  return blocks.map((block) => block.items);
}

/**
 * Sections stay in their order; questions move inside their section, options inside their question. Questions of one
 * material move together and keep their order.
 */
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
      return shuffling.questions ? rng.shuffle(blocksOf(inSection, bodyOf)).flat() : inSection;
    })
    .map((item) => ({
      number: item.number,
      optionIds: optionOrder(bodyOf(item.versionId), shuffling.options, rng),
    }));
}
