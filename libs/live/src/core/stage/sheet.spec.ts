import fc from 'fast-check';
import type { StageRound } from '@xuekao/contracts';
import { readAct } from './acts.js';
import { hintsOf, needsOf } from './needs.js';
import { readSheet } from './sheet.js';
import { shippedSheets } from './sheets/index.js';

const { classic } = shippedSheets;
const [required, , buzzer, risk] = classic!.rounds as readonly [StageRound, StageRound, StageRound, StageRound];
const faultsWith = (...rounds: object[]): string[] =>
  readSheet({ ...classic, rounds }).faults.map(({ path, message }) => `${path}：${message}`);

describe('a rule sheet that is read', () => {
  it('tells every fault of shape by its path, also of keys that it does not have', () => {
    const { faults } = readSheet({
      ...classic,
      baseScore: '100',
      extra: 1,
      rounds: [{ ...required, turns: { kind: 'dance' } }],
    });
    expect(faults.map(({ path }) => path)).toEqual(['baseScore', 'rounds[0].turns.kind', 'extra']);
    expect(readSheet(null).faults).toEqual([{ path: '(整表)', message: '应为对象' }]);
  });

  it('tells what does not make sense together', () => {
    const { buzz: _buzz, ...noBuzz } = buzzer;
    const { audienceMs: _ms, ...noTime } = buzzer;
    expect(faultsWith(noBuzz)).toEqual(['rounds[0].buzz：有抢答时必须设置']);
    expect(faultsWith(noTime)).toEqual(['rounds[0].audienceMs：有观众作答时必须设置']);
    expect(faultsWith(required, required)).toEqual(['rounds[1].id：与前面的环节重复']);
    expect(faultsWith({ ...required, answer: 'buzz' })).toContain('rounds[0].answer：turns.kind 为 each 时应为 floor');
    expect(faultsWith({ ...risk, stakes: risk.stakes.slice(0, 1) })).toEqual([
      'rounds[0].stakes：staking 为 choice 时应有 2 到 20 项',
    ]);
    expect(faultsWith({ ...required, pick: 'trap' })).toEqual(['rounds[0].pick：陷阱题需指定一队作答并设 trappers']);
    const duel = shippedSheets.duel!.rounds[1]!;
    expect(faultsWith({ ...duel, run: { length: 5 } })).toEqual([
      'rounds[0].run.length：双方轮流作答，题数应为偶数，两队才各答同样多',
    ]);
    expect(faultsWith({ ...duel, run: undefined })).toEqual([
      'rounds[0].run：双方轮流作答，题数应为偶数，两队才各答同样多',
    ]);
    expect(readSheet({ ...classic, ranking: 'exit', rounds: [required] }).faults.map(({ path }) => path)).toEqual([
      'ranking',
    ]);
  });

  it('never throws, whatever is given, and gives a sheet only where there is no fault', () => {
    fc.assert(
      fc.property(fc.anything(), fc.jsonValue(), (anything, json) => {
        for (const given of [
          anything,
          json,
          { ...classic, rounds: [json] },
          { ...classic, rounds: [{ ...required, turns: json }] },
        ]) {
          const { sheet, faults } = readSheet(given);
          expect(sheet === null).toBe(faults.length > 0);
        }
        for (const role of ['host', 'judge', 'team', 'audience'] as const) {
          const { act, faults } = readAct(role, anything);
          expect(act === null).toBe(faults.length > 0);
        }
      }),
    );
  });

  it('tells that a team sits out where an odd number of teams meets in pairs', () => {
    expect(hintsOf(shippedSheets.duel!, 4)).toEqual([]);
    expect(hintsOf(shippedSheets.duel!, 5)).toEqual([
      { round: 'duel', message: '“对战题”两队一组，5 队时有一队轮空，不参加本环节。' },
    ]);
    expect(hintsOf(classic!, 5)).toEqual([]);
  });

  it('tells how many questions each pile needs', () => {
    expect(needsOf(classic!, 3).filter(({ round }) => round !== 'overtime')).toEqual([
      ...[0, 1, 2].map((pile) => ({ round: 'required', pile, questions: 3 })),
      { round: 'boards', pile: 0, questions: 2 },
      { round: 'buzzer', pile: 0, questions: 4 },
      ...[0, 1, 2].map((pile) => ({ round: 'risk', pile, questions: 1 })),
    ]);
  });
});
