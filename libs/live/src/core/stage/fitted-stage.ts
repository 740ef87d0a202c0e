import { stageParts } from '@xuekao/contracts';
import type { StagePage, StagePart, StageView } from '@xuekao/contracts';
import { bytesOf, mostViewBytes } from '../fitted-view.js';
import { lineOf } from './staff.js';
import type { StageState } from './stage-state.js';
import { partOf, withPart } from './view-parts.js';

/** A page is asked for by one who has his view already: fewer, longer ones come sooner. */
export const mostPageBytes = 16_384;

/**
 * The view in at most `mostViewBytes`: what is on the stage now, and names of the parts that found no room. With some dozen
 * teams nothing but the roster gives way, which only officials have.
 */
export function fittedStage(view: StageView): StageView {
  if (sizeOf(view) <= mostViewBytes) return view;
  const rest: StagePart[] = [];
  let fitted = view;
  for (const part of stageParts) {
    const value = partOf(fitted, part);
    // What is shorter than its name gains nothing by being left out.
    if (!value || sizeOf(value) <= part.length + 8) continue;
    rest.push(part);
    fitted = { ...withPart(fitted, part, typeof value === 'string' ? '' : []), rest };
    if (sizeOf(fitted) <= mostViewBytes) break;
  }
  return fitted;
}

/** The part from an index on, as much as a page holds. At least one item, so that whoever asks gets on. */
export function stagePage(view: StageView, part: StagePart, from: number): StagePage {
  const whole = partOf(view, part) ?? [];
  return { part, from, total: whole.length, items: whole.slice(from, from + fittingCount(whole, from)) };
}

/** Every movement of points, newest first. */
export function ledgerPage({ ledger }: StageState, from: number): StagePage {
  const total = ledger.length;
  // A line is at least a hundred bytes.
  const lines = ledger.slice(Math.max(0, total - from - mostPageBytes / 100), Math.max(0, total - from));
  const newest = lines.toReversed().map(lineOf);
  return { part: 'ledger', from, total, items: newest.slice(0, fittingCount(newest, 0)) };
}

function fittingCount(whole: string | readonly unknown[], from: number): number {
  let bytes = 0;
  let count = 0;
  for (let at = from; at < whole.length; at++) {
    bytes += sizeOf(whole[at]) + 1;
    if (bytes > mostPageBytes && count > 0) break;
    count += 1;
  }
  return count;
}

const sizeOf = (value: unknown): number => bytesOf(JSON.stringify(value));
