import type { ImportGuess, ImportPlace } from '@xuekao/contracts';
import { faultsOf } from '../question-check.js';
import { excerpt } from '../import-row.js';
import type { ImportRow, Reading } from '../import-row.js';
import { TextDocument } from './document.js';
import type { Block } from './document.js';
import { readBlock } from './question-from-block.js';

const linePlace = (index: number): ImportPlace => ({ kind: 'line', line: index + 1 });

function pictureGuess(found: number): ImportGuess {
  return { what: 'picture', guess: '', reason: 'picture-dropped', facts: { found } };
}

function rowOf(block: Block, placeOf: (index: number) => ImportPlace): ImportRow {
  const { draft, isWhole, refusals, guesses } = readBlock(block);
  const pictures = block.lines.reduce((sum, line) => sum + line.pictures, 0);
  const own = refusals.map((refusal) => ({ refusal }));
  return {
    place: placeOf(block.lines[0]!.index),
    label: block.start.number,
    draft,
    faults: draft && isWhole ? [...own, ...faultsOf(draft)] : own,
    guesses: pictures > 0 ? [...guesses, pictureGuess(pictures)] : guesses,
    raw: excerpt(block.lines.map((line) => line.text).join('\n')),
  };
}

/**
 * Questions from lines in the layouts that circulate: see docs/import-formats.md. Never throws; every line with signs belongs
 * to a row, is a heading, a list of answers or material that was used, or is named as unread.
 */
export function readChineseLines(
  lines: readonly string[],
  placeOf: (index: number) => ImportPlace = linePlace,
): Reading {
  const document = new TextDocument(lines);
  return {
    rows: document.blocks.map((block) => rowOf(block, placeOf)),
    unread: document.leftOver.map(({ index, text }) => ({ place: placeOf(index), text: excerpt(text, 200) })),
  };
}

export function readChineseText(text: string): Reading {
  return readChineseLines(text.split(/\r\n|\r|\n|\u2028|\u2029|\u0085|\v|\f/u));
}
