import type { StageLedgerLine, StagePage } from '@xuekao/contracts';
import { knownLines, newestLines } from './ledger-lines.js';

const line = (number: number, undone = false): StageLedgerLine => {
  const also = { item: null, verdict: null, note: null, undone } as const;
  return { line: number, at: number, team: 1, points: 100, reason: 'adjust', ...also };
};
const down = (from: number, to: number): StageLedgerLine[] =>
  [...Array(from - to + 1).keys()].map((step) => line(from - step));
const numbers = (lines: readonly StageLedgerLine[]): number[] => lines.map((one) => one.line);

describe('the lines of a ledger', () => {
  it('are the newest ones and those asked for, each once', () => {
    expect(numbers(knownLines(down(9, 7), down(8, 1)))).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(knownLines([line(3, true)], [line(3), line(2)])[0]?.undone).toBe(true);
    expect(knownLines([], [])).toEqual([]);
  });

  it('never hide a hole: what is older waits until the lines between have come', () => {
    expect(numbers(knownLines(down(20, 15), down(9, 1)))).toEqual([20, 19, 18, 17, 16, 15]);
  });

  it('are brought page by page, also while lines are added', async () => {
    let total = 25;
    const page = async (from: number): Promise<StagePage> => {
      const items = down(total, 1).slice(from, from + 10);
      total += 1;
      return { part: 'ledger', from, total: total - 1, items };
    };
    expect(numbers(await newestLines(Infinity, page))).toEqual(numbers(down(25, 1)));
    expect(await newestLines(5, page)).toHaveLength(10);
    expect(await newestLines(5, async (from) => ({ part: 'ledger', from, total: 0, items: [] }))).toEqual([]);
  });
});
