/**
 * Rule sheets of the stage contest (知识竞赛): data, not code. A sheet has rounds, a round has turns, a turn asks one or more
 * questions. Formats are not named here: they follow from who takes turns, who may answer, what is at stake and what a wrong
 * answer leads to. Points are hundredths (1000 is ten points), losses negative; times are milliseconds. Source: live.md §5.
 */

/** Whose turn it is; the teams of a turn are "the floor". */
export type StageTurns =
  /** Each team in order, `laps` times over. */
  | { readonly kind: 'each'; readonly laps: number; readonly order: StageOrder }
  /** All teams of the round share each question. */
  | { readonly kind: 'together'; readonly count: number }
  /** Two and two: rank 1 against 2, 3 against 4 …; an odd last team has no turn. */
  | { readonly kind: 'pairs'; readonly by: 'rank' | 'seat' | 'draw' }
  /** One team keeps the ring, the others challenge it in order; who is out leaves, the other keeps the ring. */
  | { readonly kind: 'ring'; readonly first: 'draw' | 'leader'; readonly order: StageOrder }
  /** One team alone. */
  | { readonly kind: 'one'; readonly team: 'lowest' | 'leader' }
  /** The teams whose tie matters for the first `places` places; no tie, no round. At most `count` questions. */
  | { readonly kind: 'tied'; readonly places: number; readonly count: number }
  /** Nobody's: questions for the audience. */
  | { readonly kind: 'audience'; readonly count: number };
export type StageOrder = 'seat' | 'low-first' | 'high-first';

/** Who of the floor may answer. */
export const stageAnswerers = {
  floor: '轮到的队',
  all: '各队同时',
  buzz: '抢答',
  alternate: '双方轮流',
  audience: '观众',
} as const;
export type StageAnswerer = keyof typeof stageAnswerers;

/** On a team's device and judged by the machine, or spoken and judged by people. */
export const stageWays = { device: '选手端作答', spoken: '口头作答' } as const;
export type StageWay = keyof typeof stageWays;

/** Which member of the team answers. `in-turn`: 1…n by the question; `captain-first`: the captain answers the team's first one. */
export const stageSpeakers = {
  any: '队员不限',
  'in-turn': '队员依次',
  captain: '队长',
  'captain-first': '队长先答，其后不限',
  'audience-pick': '本队挑选的一名观众',
} as const;
export type StageSpeaker = keyof typeof stageSpeakers;

/** What an answer brings, and the time for it. */
export interface StageStake {
  /** ≥ 0 */
  readonly right: number;
  /** ≤ 0 */
  readonly wrong: number;
  /** No answer or over time; ≤ 0. */
  readonly none: number;
  readonly limitMs: number;
}

/** `fixed`: the first stake. `step`: the n-th question of a turn has the n-th stake. `choice`: the floor chooses. `clue`: the host shows line after line of the stem, each is worth the next stake. */
export const stageStakings = {
  fixed: '固定分值',
  step: '逐题递进',
  choice: '自选分值',
  clue: '线索递减',
} as const;
export type StageStaking = keyof typeof stageStakings;

/** Several questions in one turn. */
export interface StageRun {
  readonly length: number;
  /** The turn ends early at the first wrong (步步高). */
  readonly stopAtWrong?: boolean;
  /** `run`: one clock over all its questions, the time of the first stake (限时速答). */
  readonly clock?: 'question' | 'run';
}

/** Early presses. What each policy does is in `stageFoulPolicies`. */
export const stageFoulPolicies = {
  V1: '扣分，本题作废',
  V2: '扣分，该次抢答无效，其余各队重新抢答',
  V3: '首次失去本题抢答权，再次并扣双倍分',
  V4: '失去本题抢答权；第二次并扣双倍分，第三次退出本环节',
  V5: '抢先按键不计，不处罚',
} as const;
export type StageFoulPolicy = keyof typeof stageFoulPolicies;

export interface StageBuzzRule {
  /** After 「请抢答」; nobody within it: `nobody` applies. */
  readonly openMs: number;
  /** The winner must begin within it; later counts as no answer. */
  readonly startMs: number;
  readonly fouls: StageFoulPolicy;
  /** The single loss of a foul, ≤ 0; policies double it where they say so. */
  readonly foulPoints: number;
  /** Most of the way to the server that a press is given back, 0 to 250 ms; left out for 250. As low as 30 where all devices are on one good network. */
  readonly creditMostMs?: number;
}

/** What follows a wrong or missing answer. */
export interface StageAgain {
  /** `buzz`: the other teams press (补答). `rescue`: the same, and the first team's loss becomes `softened` when they are right (抢救). `opponent`: the other of the floor. */
  readonly kind: 'buzz' | 'rescue' | 'opponent';
  readonly chances: number;
  readonly openMs: number;
  readonly stake: StageStake;
  readonly softened?: number;
}

export const stageHelpKinds = {
  /** 求助: the clock of the question starts again. */
  help: '求助',
  /** 免答权: the question goes on to the opponent without loss, or is closed. */
  pass: '免答',
  /** 置换: another question. */
  exchange: '换题',
} as const;
export type StageHelpKind = keyof typeof stageHelpKinds;
export interface StageHelp {
  readonly kind: StageHelpKind;
  readonly times: number;
  readonly per: 'round' | 'contest';
}

/** Who leaves a round. */
export interface StageOut {
  /** Wrong or missing answers that put a team out. */
  readonly wrongs: number;
  /** The round ends when so many are left. A question that would put out all who are left puts out nobody. */
  readonly left: number;
  /** First to be right ends it (加时, sudden death). */
  readonly sudden?: boolean;
}

export interface StageRound {
  /** `[a-z0-9-]{1,32}`, unique in the sheet. */
  readonly id: string;
  readonly title: string;
  /** Lines for the big screen before the round. */
  readonly brief?: readonly string[];
  readonly turns: StageTurns;
  readonly answer: StageAnswerer;
  readonly via: StageWay;
  readonly speaker: StageSpeaker;
  readonly staking: StageStaking;
  readonly stakes: readonly StageStake[];
  readonly run?: StageRun;
  /** With `answer: 'buzz'`, and wherever `again` presses. */
  readonly buzz?: StageBuzzRule;
  readonly again?: StageAgain;
  /** What a foul that people see (提示、插话) costs, ≤ 0; without it as much as an early press. */
  readonly foulPoints?: number;
  /** When nobody presses or nobody was right. */
  readonly nobody?: 'void' | 'audience';
  readonly helps?: readonly StageHelp[];
  readonly out?: StageOut;
  /** The question is chosen out of the pool by number, by the floor or by the teams that set a trap (智力陷阱). */
  readonly pick?: 'floor' | 'trap';
  /** With `pick: 'trap'`: what the floor loses goes in equal parts to so many lowest teams. */
  readonly trappers?: number;
  /** Extra points by place in the round, first first. */
  readonly awards?: readonly number[];
  /** How questions are laid out: one pile, a set for each team (drawn by lot), or a pile for each stake. */
  readonly pools: 'one' | 'per-team' | 'per-stake';
  /** Time for the audience, where it answers. */
  readonly audienceMs?: number;
}

export interface StageSheet {
  readonly format: 1;
  readonly name: string;
  readonly note?: string;
  /** 基础分 */
  readonly baseScore: number;
  readonly teams: { readonly least: number; readonly most: number };
  /** Per team, without substitutes. */
  readonly members: { readonly least: number; readonly most: number; readonly substitutes: number };
  /** Who judges spoken answers, and whether a change of a score needs a second official. */
  readonly judging: { readonly by: 'host' | 'judges'; readonly confirm: 'one' | 'two' };
  /** `exit`: places by order of leaving the last round with `out`; points decide the rest. */
  readonly ranking: 'points' | 'exit';
  readonly rounds: readonly StageRound[];
}

/** A fault of a sheet: `path` like `rounds[2].stakes[0].wrong`. */
export interface StageSheetFault {
  readonly path: string;
  readonly message: string;
}
