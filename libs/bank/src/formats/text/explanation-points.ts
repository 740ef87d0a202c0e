import { gapsIn } from '../../core/index.js';
import type { Block, Line } from './document.js';
import { answerInStem } from './inline-answer.js';
import { headingOf, labelOf, labelPlaces, optionMarks, startOf } from './marks.js';
import type { Label } from './marks.js';

/** The label whose text is open at the end of a block. */
function openLabel({ lines }: Block): Label | undefined {
  const line = lines.findLast((each) => labelOf(each.folded) ?? labelPlaces(each.folded).length > 0);
  if (!line) return undefined;
  return labelOf(line.folded.slice(labelPlaces(line.folded).at(-1) ?? 0))?.label;
}

/** Options, an answer or a gap before the next numbered line or heading. */
function isLikeQuestion([line, ...next]: readonly Line[]): boolean {
  const { folded } = line!;
  if (labelPlaces(folded).length > 0 || answerInStem(folded, 'either') || gapsIn(folded) > 0) return true;
  for (const each of next) {
    if (optionMarks(each.folded, 0, false).length > 0) return true;
    if (startOf(each.folded) || headingOf(each.folded)) return false;
    if (labelOf(each.folded)?.label === 'answer') return true;
  }
  return false;
}

/**
 * `解析：理由有三。1. … 2. …`: whether a numbered line, the first of `lines`, goes on with the explanation of the block before it
 * because what follows has nothing of a question. Notes the point in the block.
 */
export function isPointOfExplanation(block: Block, number: number, lines: readonly Line[]): boolean {
  const { points } = block;
  const label = openLabel(block);
  if ((label !== 'explanation' && label !== 'rubric') || (number !== 1 && number !== points.last + 1)) return false;
  if (isLikeQuestion(lines)) return false;
  points.last = number;
  if (number === Number(block.start.number) + 1) points.isDoubtful = true;
  return true;
}
