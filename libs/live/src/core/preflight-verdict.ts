/** What a rehearsal with simulated phones has measured. Times in milliseconds. */
export interface PreflightFigures {
  readonly phones: number;
  /** Phones that could not connect, or lost their connection. */
  readonly failed: number;
  /** From the press of the host until the question is at half of the phones, and at 99 of 100. */
  readonly reachP50: number;
  readonly reachP99: number;
  /** Between the first phone and 99 of 100. */
  readonly spread: number;
  readonly ackP50: number;
  readonly ackP99: number;
  /** Answers without an acknowledgement. */
  readonly unanswered: number;
  /** Longest standstill of the server but one in a hundred. */
  readonly loopLagP99: number;
  readonly kbPerPhone: number;
}

export type PreflightLevel = 'good' | 'tight' | 'bad';

export interface PreflightVerdict {
  readonly level: PreflightLevel;
  readonly sentences: readonly string[];
}

/** Above `good` a hall notices, above `tight` it complains. Source: live.md §1, items 2, 11 and 13. */
export const preflightLimits = {
  reachP99: { good: 800, tight: 2_000 },
  ackP99: { good: 600, tight: 1_500 },
  loopLagP99: { good: 200, tight: 500 },
} as const;

const levels: readonly PreflightLevel[] = ['good', 'tight', 'bad'];
const headlines: Readonly<Record<PreflightLevel, (phones: number) => string>> = {
  good: (phones) => `这台服务器能承受 ${phones} 部手机同时答题。`,
  tight: (phones) => `这台服务器承受 ${phones} 部手机较为吃力，现场可能出现延迟。`,
  bad: (phones) => `这台服务器承受不了 ${phones} 部手机，请减少人数、关闭其他程序或换用更好的机器。`,
};

/** The verdict with its reasons, in words for the host. */
export function preflightVerdict(figures: PreflightFigures): PreflightVerdict {
  const grade = (name: keyof typeof preflightLimits): number => {
    const { good, tight } = preflightLimits[name];
    return figures[name] <= good ? 0 : figures[name] <= tight ? 1 : 2;
  };
  const lost = figures.failed + figures.unanswered;
  const worst = Math.max(grade('reachP99'), grade('ackP99'), grade('loopLagP99'), lost > 0 ? 2 : 0);
  const level = levels[worst]!;
  const ms = (value: number): string => `${Math.round(value)} 毫秒`;
  return {
    level,
    sentences: [
      headlines[level](figures.phones),
      ...(figures.failed > 0 ? [`有 ${figures.failed} 部手机连不上或中途断开，请检查系统允许打开的文件数。`] : []),
      ...(figures.unanswered > 0 ? [`有 ${figures.unanswered} 份答案没有得到确认。`] : []),
      `题目送达：一半手机在 ${ms(figures.reachP50)}内，99% 在 ${ms(figures.reachP99)}内（应不超过 ${preflightLimits.reachP99.good} 毫秒），先后相差 ${ms(figures.spread)}。`,
      `答案保存并确认：一半在 ${ms(figures.ackP50)}内，99% 在 ${ms(figures.ackP99)}内（应不超过 ${preflightLimits.ackP99.good} 毫秒）。`,
      `服务器停顿：99% 不超过 ${ms(figures.loopLagP99)}（应不超过 ${preflightLimits.loopLagP99.good} 毫秒）；每部手机约占内存 ${Math.round(figures.kbPerPhone)} KB。`,
    ],
  };
}
