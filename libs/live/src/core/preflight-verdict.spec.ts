import fc from 'fast-check';
import { preflightVerdict } from './preflight-verdict.js';
import type { PreflightFigures } from './preflight-verdict.js';

const calm: PreflightFigures = {
  phones: 500,
  failed: 0,
  reachP50: 20,
  reachP99: 60,
  spread: 50,
  ackP50: 6,
  ackP99: 30,
  unanswered: 0,
  loopLagP99: 15,
  kbPerPhone: 41.2,
};

describe('the verdict of a pre-flight', () => {
  it('says that the server will hold, with its figures', () => {
    expect(preflightVerdict(calm)).toEqual({
      level: 'good',
      sentences: [
        '这台服务器能承受 500 部手机同时答题。',
        '题目送达：一半手机在 20 毫秒内，99% 在 60 毫秒内（应不超过 800 毫秒），先后相差 50 毫秒。',
        '答案保存并确认：一半在 6 毫秒内，99% 在 30 毫秒内（应不超过 600 毫秒）。',
        '服务器停顿：99% 不超过 15 毫秒（应不超过 200 毫秒）；每部手机约占内存 41 KB。',
      ],
    });
  });

  it.each([
    [{ ackP99: 601 }, 'tight'],
    [{ reachP99: 2_001 }, 'bad'],
    [{ loopLagP99: 300 }, 'tight'],
    [{ failed: 1 }, 'bad'],
    [{ unanswered: 1 }, 'bad'],
  ] as const)('is %j: %s', (change, level) => {
    expect(preflightVerdict({ ...calm, ...change }).level).toBe(level);
  });

  it('never gets better by a worse figure', () => {
    const order = ['good', 'tight', 'bad'];
    const rank = (figures: PreflightFigures): number => order.indexOf(preflightVerdict(figures).level);
    const names = ['failed', 'reachP99', 'ackP99', 'unanswered', 'loopLagP99'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(3000), fc.nat(3000), (name, value, more) => {
        expect(rank({ ...calm, [name]: value + more })).toBeGreaterThanOrEqual(rank({ ...calm, [name]: value }));
      }),
    );
  });
});
