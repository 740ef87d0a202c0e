import type { StageLedgerLine, StagePage } from '@xuekao/contracts';

type Lines = readonly StageLedgerLine[];

/**
 * What is known of the ledger without a hole, newest first: the lines that came with the room, then those that were asked for.
 * Of a line that is in both, the room's word is the newer.
 */
export function knownLines(newest: Lines, asked: Lines): StageLedgerLine[] {
  const last = newest.at(-1)?.line ?? 0;
  const older = asked.filter(({ line }) => line < last);
  const isJoined = (older[0]?.line ?? last - 1) === last - 1;
  return isJoined ? [...newest, ...older] : [...newest];
}

/** The newest `wanted` lines, or all there are, page by page. A line that is added meanwhile moves the others along. */
export async function newestLines(
  wanted: number,
  page: (from: number) => Promise<StagePage>,
): Promise<StageLedgerLine[]> {
  const lines: StageLedgerLine[] = [];
  for (;;) {
    const { items, total } = await page(lines.length);
    const last = lines.at(-1)?.line ?? Infinity;
    const older = (items as Lines).filter(({ line }) => line < last);
    lines.push(...older);
    if (older.length === 0 || lines.length >= Math.min(wanted, total)) return lines;
  }
}
