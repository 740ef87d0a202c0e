import { isRefusal, seededRng } from '@xuekao/kernel';
import { aStageSetup, PlayedStage } from '../../testing/stage-builders.js';
import { plainRules } from '../grading.js';
import { decideStage } from './decide-stage.js';
import { shippedSheets } from './sheets/index.js';
import { stake } from './sheets/parts.js';
import type { StageLine, StageState } from './stage-state.js';

const teams = 100;
const verdictsEach = 200;

/** The ledger of a long evening, counting how often a line is looked at. */
function countedLedger(): { readonly ledger: readonly StageLine[]; readonly looks: () => number } {
  const lines = [...Array(teams * verdictsEach).keys()].map((index): StageLine => {
    const { right } = stake(10, 0, 15);
    const line = { line: index + 1, at: index, team: (index % teams) + 1, points: right, reason: 'answer' as const };
    return { ...line, item: 1, verdict: 'right', note: null, undone: false, stake: stake(10, 0, 15), of: null };
  });
  let looks = 0;
  const get = (target: StageLine[], key: string | symbol): unknown => {
    if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
    return Reflect.get(target, key, target);
  };
  // Methods run on the proxy, so that they are counted as well.
  const ledger = new Proxy(lines, { get: (target, key) => get(target, key) });
  return { ledger, looks: () => looks };
}

describe('an override after 20,000 verdicts of a hundred teams', () => {
  it('folds the scores again in a few looks at each line, and writes only itself', () => {
    const sheet = { ...shippedSheets.survival!, teams: { least: 2, most: teams } };
    const played = new PlayedStage(aStageSetup(sheet, teams)).next(3);
    const { ledger, looks } = countedLedger();
    const state: StageState = { ...played.state, ledger };
    const act = { type: 'override', line: 5, verdict: 'wrong', reason: '复核' } as const;
    const official = { role: 'host', accountId: 'h', name: '主持', console: 'c1', expect: null } as const;
    const at = { now: played.now, rng: seededRng('override'), rules: plainRules };
    const decided = decideStage(state, { type: 'official', ...official, act }, at);
    if (isRefusal(decided)) throw new Error(decided.code);
    expect(looks()).toBeLessThan(8 * ledger.length);
    const [moved] = decided;
    expect(moved).toMatchObject({ type: 'moved', lines: [{ team: 5, points: -1000, of: 5 }] });
    expect(JSON.stringify(moved).length).toBeLessThan(1_024);
  });
});
