import type { StageRound, StageSheet } from '@xuekao/contracts';
import { aStageSetup, PlayedStage } from '../../testing/stage-builders.js';
import { readSheet } from './sheet.js';
import { shippedSheets } from './sheets/index.js';

const { classic } = shippedSheets as { classic: StageSheet };
const round = classic.rounds.findIndex(({ answer }) => answer === 'buzz');

function withCredit(creditMostMs?: number): StageSheet {
  const rounds = classic.rounds.map((one, index): StageRound => {
    if (index !== round) return one;
    return { ...one, buzz: { ...one.buzz!, ...(creditMostMs === undefined ? {} : { creditMostMs }) } };
  });
  return { ...classic, rounds };
}

/** The first team pressed 100 ms before the second one, and arrives 50 ms after it over a link of 150 ms each way. */
function winnerWith(creditMostMs?: number): number | undefined {
  const played = new PlayedStage(aStageSetup(withCredit(creditMostMs), 4));
  played.next().host({ type: 'go-round', round, reason: '跳到抢答' }).next(2).after(1_000);
  const { buzz } = played.state.play.buzz;
  const pressed = played.now;
  const press = { type: 'buzz', buzz } as const;
  played.do({ ...press, seat: 't2m1', arrivedAt: pressed, claimedAt: null, rttMs: null });
  played.now += 50;
  played.do({ ...press, seat: 't1m1', arrivedAt: played.now, claimedAt: pressed - 100, rttMs: 300 });
  return played.after(400).state.play.item?.active[0];
}

describe('the bound of the credited press time', () => {
  it('is set by the sheet, and 250 ms where the sheet is silent', () => {
    expect([winnerWith(), winnerWith(250), winnerWith(30), winnerWith(0)]).toEqual([1, 1, 2, 2]);
  });

  it('is 0 to 250 whole milliseconds, and refused by its path otherwise', () => {
    for (const good of [0, 30, 250]) expect(readSheet(withCredit(good)).faults).toEqual([]);
    for (const bad of [-1, 251, 12.5, '30', null]) {
      expect(readSheet(withCredit(bad as number)).faults).toEqual([
        { path: `rounds[${round}].buzz.creditMostMs`, message: '应为 0 到 250 的整数' },
      ]);
    }
  });
});
