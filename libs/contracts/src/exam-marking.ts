/** Weights as whole parts of `denominator`, so that thirds stay exact. */
export interface OptionWeights {
  readonly denominator: number;
  readonly of: Readonly<Record<string, number>>;
}

/**
 * How the chosen options S of a multiple choice earn marks, with C the right and W the wrong options and M the full mark.
 * All shares are floored to a whole hundredth. Source: exam.md §5, P1 to P10.
 */
export type MarkPolicy =
  | { readonly kind: 'all-or-nothing' }
  /** P2, P2b: any wrong choice gives 0; otherwise `perOption` hundredths each, or equal shares of M when absent. */
  | { readonly kind: 'part-without-wrong'; readonly perOption?: number }
  /** P3: right but incomplete gives half; the half is rounded as said; questions of at most `noneUpTo` give none. */
  | {
      readonly kind: 'half-when-incomplete';
      readonly round: 'down' | 'up' | 'up-to-whole';
      readonly noneUpTo?: number;
    }
  /** P4: the sum of option fractions, kept in 0 to 1. */
  | { readonly kind: 'option-fractions'; readonly weights: OptionWeights }
  /** P5: the mean over options of a score for a right, wrong or open decision, in parts of `denominator`. */
  | {
      readonly kind: 'mean-of-options';
      readonly denominator: number;
      readonly right: number;
      readonly wrong: number;
      readonly open: number;
    }
  /** P6: every decision counts; an empty choice gives 0. */
  | { readonly kind: 'every-decision' }
  /** P7: no error 1, one error ½ (more than 2 options), two errors ¼ (more than 4), else 0. */
  | { readonly kind: 'halves' }
  /** P8: marks mapped per distinct choice, a default for the rest, then bounds; an empty choice gives `empty`. */
  | {
      readonly kind: 'mapped';
      readonly of: Readonly<Record<string, number>>;
      readonly other: number;
      readonly lower?: number;
      /** The full mark when absent; never more than it. */
      readonly upper?: number;
      readonly empty: number;
    }
  /** P9: hundredths for and against, 0 to M; with `passAt` (hundredths of a percent of M) all or nothing by that line. */
  | { readonly kind: 'plus-minus'; readonly right: number; readonly wrong: number; readonly passAt?: number }
  /** P10: each right choice 1/|C|, each wrong one a penalty; `floor` keeps the mark at 0 or above. */
  | {
      readonly kind: 'penalised';
      readonly penalty: 'false2' | 'false' | 'true' | 'all' | 'none';
      readonly floor: boolean;
    };

export type MarkPolicyKind = MarkPolicy['kind'];

/** By kind: what people read. `perQuestion`: names options, so it fits single questions only. */
export const markPolicies = {
  'all-or-nothing': { code: 'P1', name: '全对得分，多选、少选、错选均不得分' },
  'part-without-wrong': { code: 'P2', name: '少选得部分分，有错选不得分' },
  'half-when-incomplete': { code: 'P3', name: '少选得一半，有错选不得分' },
  'option-fractions': { code: 'P4', name: '按选项权重累计', perQuestion: true },
  'mean-of-options': { code: 'P5', name: '逐项计分取平均' },
  'every-decision': { code: 'P6', name: '每项判断各占一份' },
  halves: { code: 'P7', name: '错一处得一半，错两处得四分之一' },
  mapped: { code: 'P8', name: '按选项赋分并限定上下限', perQuestion: true },
  'plus-minus': { code: 'P9', name: '选对加分、选错扣分，不低于零' },
  penalised: { code: 'P10', name: '选对按比例得分，选错倒扣' },
} as const satisfies Record<MarkPolicyKind, { code: string; name: string; perQuestion?: boolean }>;

/** Per blank: equal shares, the whole floored once; or `shares` in hundredths, one for every blank, adding up to M. */
export type BlankPolicy =
  { readonly kind: 'per-blank'; readonly shares?: readonly number[] } | { readonly kind: 'all-or-nothing' };

/** Places of the right order, or neighbours of it that stand next to each other, or the longest run kept in order. */
export type OrderingPolicy =
  | { readonly kind: 'all-or-nothing' }
  | { readonly kind: 'per-place' }
  | { readonly kind: 'per-neighbours' }
  | { readonly kind: 'longest-order' };

/** Per right pair; with `wrong` every wrong pair takes a right one back, never below 0. */
export type MatchingPolicy =
  { readonly kind: 'all-or-nothing' } | { readonly kind: 'per-pair'; readonly wrongTakesBack?: boolean };

/** The policies of one place; what is absent is taken from the section, then the exam, then the usual one. */
export interface PolicySet {
  readonly multiple?: MarkPolicy;
  readonly blank?: BlankPolicy;
  readonly ordering?: OrderingPolicy;
  readonly matching?: MatchingPolicy;
}

/** Policies per exam, per section and per question; keys are the numbers on the paper. */
export interface MarkingRules {
  readonly exam: PolicySet;
  readonly sections: Readonly<Record<string, PolicySet>>;
  readonly questions: Readonly<Record<string, PolicySet>>;
}

export const blankPolicies = { 'per-blank': '每空分别计分', 'all-or-nothing': '全部答对才得分' } as const;
export const orderingPolicies = {
  'all-or-nothing': '顺序全对才得分',
  'per-place': '按位置正确的项数计分',
  'per-neighbours': '按相邻顺序正确的对数计分',
  'longest-order': '按保持正确顺序的最长序列计分',
} as const;
export const matchingPolicies = { 'all-or-nothing': '全部配对正确才得分', 'per-pair': '每对分别计分' } as const;

/** Short answers: read once, or twice by two people who know nothing of each other. */
export const markingModes = { single: '单人评阅', double: '双人盲评' } as const;
export type MarkingMode = keyof typeof markingModes;

export const markRoundings = { down: '舍去', 'half-up': '四舍五入', up: '进位' } as const;
export type MarkRounding = keyof typeof markRoundings;

/** What counts after an arbiter has spoken. */
export const arbiterRules = { arbiter: '以仲裁分为准', 'nearer-mean': '仲裁分与较近一评的平均分' } as const;
export type ArbiterRule = keyof typeof arbiterRules;

export const markerRoles = { marker: '阅卷人', arbiter: '仲裁人' } as const;
export type MarkerRole = keyof typeof markerRoles;

export const scriptStates = { waiting: '待阅', arbitration: '待仲裁', final: '已定分' } as const;
export type ScriptState = keyof typeof scriptStates;

export const scriptCauses = { written: '主观题', appeal: '复核' } as const;
export type ScriptCause = keyof typeof scriptCauses;

/** Who decided a mark. */
export const markSources = {
  machine: '系统评分',
  manual: '人工评阅',
  appeal: '复核改分',
  given: '送分',
  void: '试题作废',
} as const;
export type MarkSource = keyof typeof markSources;

/** Why marks are made anew after the exam. */
export const regradeKinds = {
  key: '更正答案',
  policy: '调整计分规则',
  'give-all': '全员送分',
  void: '试题作废',
  restore: '恢复计分',
  appeals: '复核改分',
  reverse: '撤销重新评分',
} as const;
export type RegradeKind = keyof typeof regradeKinds;

export const regradeStates = {
  proposed: '待他人确认',
  applied: '已生效',
  withdrawn: '已撤回',
  stale: '已过期，需重新试算',
} as const;
export type RegradeState = keyof typeof regradeStates;

/** When a member looks at his result. */
export const reviewMoments = { 'hand-in': '交卷后', close: '考试结束后', later: '结束一段时间后' } as const;
export type ReviewMoment = keyof typeof reviewMoments;

/** What he may see then. */
export const reviewFacets = {
  score: '成绩',
  'pass-line': '合格线与是否合格',
  answers: '本人答案',
  marks: '各题得分',
  key: '正确答案',
  explanation: '解析与出处',
} as const;
export type ReviewFacet = keyof typeof reviewFacets;

export interface ReviewOptions {
  readonly shown: Readonly<Record<ReviewMoment, readonly ReviewFacet[]>>;
  /** Days after the close from which `later` holds. */
  readonly laterAfterDays: number;
  /** Days in which a member may ask for a review of a question, from when he can see his score; none with 0. */
  readonly appealDays?: number;
}

export const usualAppealDays = 7;

/** 成绩复核申请 */
export const appealStates = { open: '待答复', upheld: '已采纳', dismissed: '维持原判' } as const;
export type AppealState = keyof typeof appealStates;

export const certificateStates = { valid: '有效', revoked: '已撤销' } as const;
export type CertificateState = keyof typeof certificateStates;
