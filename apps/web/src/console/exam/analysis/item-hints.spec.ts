import type { ItemStatistics } from './analysis.api.js';
import { figureText, itemHints, orderedItems, pointsText } from './item-hints.js';

const item = (changes: Partial<ItemStatistics> = {}): ItemStatistics => ({
  number: 1,
  section: '单选题',
  code: 'A1',
  type: 'single',
  stem: '题干',
  full: 200,
  facility: 70,
  standardDeviation: 80,
  randomGuess: 25,
  intendedWeight: 5,
  effectiveWeight: 5,
  hasNegativeCovariance: false,
  discrimination: 40,
  efficiency: 50,
  d27: 40,
  open: 0,
  options: [],
  ...changes,
});

describe('the hints of an item', () => {
  it('are none for a sound one, and none from figures that are not defined', () => {
    expect(itemHints(item())).toEqual([]);
    expect(itemHints(item({ facility: null, discrimination: null, d27: null }))).toEqual([]);
  });

  it.each([
    [{ discrimination: -5 }, ['negative']],
    [{ d27: -1 }, ['negative']],
    [{ facility: 25 }, ['guess']],
    [{ facility: 28 }, ['hard']],
    [{ facility: 99, discrimination: 5 }, ['easy', 'weak']],
    [{ full: 0, facility: 0, discrimination: -100 }, ['void']],
  ] as const)('read %j as %j', (changes, hints) => {
    expect(itemHints(item(changes))).toEqual(hints);
  });

  it('doubt the key where the strong choose another option', () => {
    const option = { letter: 'B', text: '', isKey: false, chosen: 9, topShare: 60, bottomShare: 10 };
    const flags = ['beats-key-among-strong', 'drawn-to-by-strong'] as const;
    expect(itemHints(item({ options: [{ ...option, flags }] }))).toEqual(['key-doubt']);
  });
});

describe('the order of items', () => {
  const items = [item({ discrimination: null }), item({ number: 2, discrimination: 50 }), item({ number: 3 })];
  it('puts the lowest figure first and undefined ones last', () => {
    expect(orderedItems(items, 'discrimination').map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  it('puts first what wants looking at', () => {
    const list = [item(), item({ number: 2, facility: 10, discrimination: -3 })];
    expect(orderedItems(list, 'hints').map(({ number }) => number)).toEqual([2, 1]);
  });
});

describe('figures as text', () => {
  it('show at most two decimals, and a dash for what is not defined', () => {
    expect([figureText(12.3456), figureText(-0.001), figureText(null, '%'), pointsText(8125)]).toEqual([
      '12.35',
      '0',
      '—',
      '81.25',
    ]);
  });
});
