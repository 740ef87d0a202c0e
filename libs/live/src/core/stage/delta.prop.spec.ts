import fc from 'fast-check';
import { aStageSetup, PlayedStage } from '../../testing/stage-builders.js';
import { partsOf, withParts } from './delta.js';
import { shippedSheets } from './sheets/index.js';

const key = fc.constantFrom('a', 'b', 'c', '0', '1');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(null, 0, 1, 'x', true),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ),
}));

describe('the parts that changed', () => {
  it('laid over the former value give the new one, also after a way through JSON', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const before = { of: one };
        const parts = JSON.parse(JSON.stringify(partsOf(before, { of: other }))) as object;
        const held = JSON.stringify(before);
        expect(withParts(before, parts)).toEqual({ of: other });
        expect(JSON.stringify(before)).toBe(held);
      }),
      { numRuns: 500 },
    );
  });

  it('are none where nothing changed', () => {
    fc.assert(fc.property(value, (one) => void expect(partsOf({ of: one }, structuredClone({ of: one }))).toEqual({})));
  });

  it('of one place of a long list are told alone, and a list that moved along as a whole', () => {
    const list = [...Array(100).keys()].map((n) => ({ n, choice: null as number | null }));
    const one = list.map((row) => (row.n === 3 ? { ...row, choice: 2 } : row));
    expect(partsOf({ list }, { list: one })).toEqual({ list: { '#': 100, 3: { choice: 2 } } });
    expect(partsOf({ list: [7, 8, 9] }, { list: [8, 9] })).toEqual({ list: { '=': [8, 9] } });
  });
});

describe('the log of a hundred teams', () => {
  const teams = 100;
  const sheet = { ...shippedSheets.survival!, teams: { least: 2, most: teams } };
  const sized = (events: readonly object[]): number => JSON.stringify(events).length;

  it('holds an answer in half a kilobyte and its end in one, however many teams there are', () => {
    const played = new PlayedStage(aStageSetup(sheet, teams)).next(3);
    for (let team = 1; team < teams; team++) {
      const before = played.events.length;
      const { item } = played;
      played.tryTeam(team, { type: 'answer', item, choice: { options: [1] } });
      const answered = played.events.slice(before);
      played.tryTeam(team, { type: 'finish', item });
      expect(sized(answered)).toBeLessThan(512);
      expect(sized(played.events.slice(before + answered.length))).toBeLessThan(1_024);
    }
    expect(played.view('screen').scene.finished).toHaveLength(teams - 1);
  });

  it('holds a whole question of a hundred answers in 250 KB', () => {
    const played = new PlayedStage(aStageSetup(sheet, teams)).next();
    const before = played.events.length;
    played.next(2);
    for (let team = 1; team <= teams; team++) played.answer(team, true);
    played.next();
    expect(sized(played.events.slice(before))).toBeLessThan(250_000);
  });
});
