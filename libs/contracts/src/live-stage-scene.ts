import type { QuizChoice, QuizHistogram, QuizKey, QuizShown } from './live.js';
import type { QuestionType } from './bank.js';
import type { BuzzPhase } from './live-buzz.js';
import type { StageHelpKind, StageRound, StageStake, StageWay } from './live-stage-sheet.js';

/**
 * The stage contest between server and browser. One public scene for everybody; officials get `staff` beside it, teams and
 * audience get `me`. Scenes come whole with a view and in changed parts with frames: `scene = {...scene, ...patch}`.
 * Times are server epoch ms, points hundredths, teams by number 1…, options by index.
 */
export const stageRoles = { host: '主持', judge: '评委', team: '选手', audience: '观众', screen: '大屏' } as const;
export type StageRole = keyof typeof stageRoles;

/** Where the contest stands. `question` is on show but no clock runs: the host reads, then presses 开始计时 or 请抢答. */
export const stagePhases = {
  lobby: '候场',
  intro: '环节介绍',
  choosing: '选题',
  question: '读题',
  buzzing: '抢答',
  answering: '作答',
  audience: '观众作答',
  judging: '评判',
  judged: '已评判',
  revealed: '公布答案',
  standings: '比分',
  podium: '颁奖',
  ended: '已结束',
} as const;
export type StagePhase = keyof typeof stagePhases;

export const stageVerdicts = { right: '正确', wrong: '错误', none: '未答', void: '作废' } as const;
export type StageVerdict = keyof typeof stageVerdicts;

/** Why points moved. */
export const stageReasons = {
  answer: '答题',
  foul: '抢答犯规',
  rescue: '抢救减免',
  trap: '陷阱所得',
  award: '环节名次',
  override: '评委改判',
  void: '本题作废',
  discipline: '违纪扣分',
  adjust: '加减分',
} as const;
export type StageReason = keyof typeof stageReasons;

export interface StageTeamView {
  readonly team: number;
  readonly name: string;
  /** Members in answering order, the captain named; substitutes are not listed. */
  readonly members: readonly string[];
  readonly captain: string;
  /** Members who are signed in. */
  readonly present: number;
  readonly score: number;
  /** 1, 2, 2, 4 */
  readonly place: number;
  /** Out of the round under way. */
  readonly out: boolean;
  /** Fouls in the round under way. */
  readonly fouls: number;
  /** Wrong or missing answers in the round under way, where the round puts teams out. */
  readonly wrongs: number;
  readonly helps: readonly { readonly kind: StageHelpKind; readonly left: number }[];
}

export interface StageRoundView {
  /** 0… in `StageView.rounds`. */
  readonly index: number;
  readonly id: string;
  readonly title: string;
  /** Turns of the round so far and in all; `of` is null where it is not known beforehand. */
  readonly turn: number;
  readonly of: number | null;
}

/** A round as the programme lists it. */
export type StageProgrammeItem = Pick<StageRound, 'id' | 'title' | 'brief' | 'answer' | 'via' | 'stakes' | 'staking'>;

export interface StageFloor {
  readonly teams: readonly number[];
  /** Who may answer now; empty while nobody may. */
  readonly active: readonly number[];
  /** Who must answer, by name; null for any. */
  readonly speaker: string | null;
  /** Question of a run, from 1, and its length. */
  readonly step: number;
  readonly steps: number;
}

export interface StageQuestionView extends QuizShown {
  /** Counts every question shown in the room, from 1. Acts of teams and audience name it. */
  readonly item: number;
  readonly type: QuestionType;
  /** With clues: only the lines shown so far. */
  readonly stem: string;
  readonly options: readonly string[];
  /** Matchings only: what the options belong to. */
  readonly targets?: readonly string[];
  readonly blanks: number;
  readonly stake: StageStake;
  readonly via: StageWay;
  /** More lines of the stem can be shown. */
  readonly hasMoreClues: boolean;
}

/** What may be chosen before the question. */
export interface StageChoosing {
  readonly what: 'stake' | 'question' | 'person';
  /** Teams that may choose; the host always may. */
  readonly by: readonly number[];
  /** `stake`: index, stake and whether its pile has questions. */
  readonly stakes: readonly { readonly index: number; readonly stake: StageStake; readonly free: boolean }[];
  /** `question`: numbers still free. */
  readonly questions: readonly number[];
}

export interface StageClock {
  readonly kind: 'buzz' | 'start' | 'answer' | 'run' | 'audience';
  /** Buttons open at `from` (a little ahead, so that all devices open together), and close at `until`. */
  readonly from: number;
  readonly until: number;
}

export interface StagePress {
  readonly team: number;
  /** After the opening on the room's clock, credited; negative for a foul. */
  readonly ms: number;
  readonly foul: boolean;
}

export interface StageBuzz {
  /** `room:buzz` names it. */
  readonly number: number;
  readonly phase: BuzzPhase;
  readonly presses: readonly StagePress[];
  readonly winner: number | null;
  /** Too close to be told apart: the host or a judge decides between these. */
  readonly tooClose: readonly number[];
  /** May not press for this question any more. */
  readonly barred: readonly number[];
}

/** What became of an answer. */
export interface StageResult {
  readonly team: number;
  readonly verdict: StageVerdict;
  readonly points: number;
  /** Came as a second chance: 补答, 抢救, or by the opponent. */
  readonly again: boolean;
}

export interface StageReveal {
  readonly key: QuizKey;
  readonly explanation: string | null;
  /** What the teams had entered. */
  readonly boards: readonly { readonly team: number; readonly choice: QuizChoice }[];
  readonly histogram: QuizHistogram | null;
}

/** The newest thing to play an effect for. `n` grows with each. */
export interface StageCue {
  readonly n: number;
  readonly type:
    | 'buzz'
    | 'too-close'
    | 'foul'
    | 'right'
    | 'wrong'
    | 'none'
    | 'out'
    | 'override'
    | 'adjust'
    | 'undone'
    | 'help'
    | 'drawn'
    | 'nobody'
    | 'ring';
  readonly team: number | null;
  readonly points: number | null;
  /** Chinese, ready for the screen: 「第2队 评委改判 +10」. */
  readonly text: string;
}

/** What everybody may see, part by part. */
export interface StageScene {
  readonly phase: StagePhase;
  /** Grows with every change of phase or question; acts send it back as `expect`. */
  readonly step: number;
  readonly paused: boolean;
  readonly round: StageRoundView | null;
  readonly floor: StageFloor | null;
  readonly choosing: StageChoosing | null;
  readonly question: StageQuestionView | null;
  readonly clock: StageClock | null;
  readonly buzz: StageBuzz | null;
  /** Devices that have finished (回答完毕) this question, teams only. */
  readonly finished: readonly number[];
  readonly results: readonly StageResult[];
  readonly reveal: StageReveal | null;
  readonly teams: readonly StageTeamView[];
  /** Teams in a tie that still matters. */
  readonly tied: readonly number[];
  readonly cue: StageCue | null;
}

/** One movement of points. A changed verdict is a new line; an undone line stays, struck out. */
export interface StageLedgerLine {
  /** 1…; `override` names it. */
  readonly line: number;
  readonly at: number;
  readonly team: number;
  readonly points: number;
  readonly reason: StageReason;
  readonly item: number | null;
  readonly verdict: StageVerdict | null;
  /** Free text of the official. */
  readonly note: string | null;
  readonly undone: boolean;
}

/** A change of a score that waits for a second official. */
export interface StageProposal {
  readonly id: number;
  readonly by: string;
  readonly text: string;
}

/** For host and judges only. */
export interface StageStaff {
  readonly baton: { readonly console: string; readonly name: string } | null;
  /** What `next` would do; null where the host has to choose or judge. */
  readonly next: StageNext | null;
  /** What `undo` would take back, in words; null for nothing. */
  readonly undo: string | null;
  readonly drafts: readonly { readonly team: number; readonly choice: QuizChoice | null; readonly finished: boolean }[];
  /** Only when nobody may answer this question any more; from the reveal on it is in the scene, and null here. */
  readonly key: QuizKey | null;
  readonly explanation: string | null;
  /** Teams whose spoken answer waits for a verdict. */
  readonly toJudge: readonly number[];
  /** The newest six lines, newest first; part `ledger` has all of them. */
  readonly ledger: readonly StageLedgerLine[];
  /** How many lines there are. */
  readonly ledgerLines: number;
  readonly proposals: readonly StageProposal[];
  readonly roster: readonly {
    readonly team: number;
    readonly members: readonly {
      readonly memberId: string;
      readonly name: string;
      readonly role: StageMemberRole;
      readonly signedIn: boolean;
    }[];
  }[];
  readonly audience: { readonly seats: number; readonly answered: number };
  /** What `foul` costs in the round under way, ≤ 0. */
  readonly foulPoints: number;
  readonly may: StageMay;
}
/** Which acts beside the big button are possible now; the server decides again when they come. */
export interface StageMay {
  /** Indices of the rounds for `go-round`: again or by skipping others. Empty while a question is under way. */
  readonly rounds: readonly number[];
  /** `help` on a team's behalf. */
  readonly helps: readonly { readonly team: number; readonly help: StageHelpKind }[];
  readonly void: boolean;
  /** `award-buzz`, with null for nobody. */
  readonly award: boolean;
}
/** A seat of the audience as officials find it: for `choose` where the audience is asked, and for prizes. */
export interface StageListedSeat {
  readonly seat: number;
  readonly name: string;
  readonly unitName: string;
  readonly right: number;
}
/** `GET /live/stages/:id/audience?role=host|judge&q=&after=&limit=` */
export interface StageSeatPage {
  readonly items: readonly StageListedSeat[];
  /** Give it as `after` for the next page; null at the end. */
  readonly next: number | null;
  readonly total: number;
}
export const stageMemberRoles = { captain: '队长', member: '队员', substitute: '替补' } as const;
export type StageMemberRole = keyof typeof stageMemberRoles;

/** The steps of the one big button. */
export const stageNexts = {
  intro: '进入下一环节',
  show: '出题',
  start: '开始计时',
  open: '请抢答',
  close: '停止作答',
  reveal: '公布答案',
  audience: '转为观众题',
  standings: '显示比分',
  podium: '颁奖',
  end: '结束',
} as const;
export type StageNext = keyof typeof stageNexts;

/** A contestant's own view of what he may do now. The server decides again when he does it. */
export interface StageTeamMe {
  readonly as: 'team';
  readonly team: number;
  readonly name: string;
  readonly role: StageMemberRole;
  readonly mayAnswer: boolean;
  readonly mayBuzz: boolean;
  readonly mayChoose: boolean;
  readonly helps: readonly StageHelpKind[];
  readonly draft: QuizChoice | null;
  readonly finished: boolean;
}

export interface StageAudienceMe {
  readonly as: 'audience';
  readonly seat: number;
  readonly name: string;
  readonly mayAnswer: boolean;
  /** The question of `choice` and `correct`; null for none. On another question they mean nothing. */
  readonly item: number | null;
  readonly choice: QuizChoice | null;
  /** Null before the reveal. */
  readonly correct: boolean | null;
  /** Right answers so far, for the audience's own prizes; no team gains by them. */
  readonly right: number;
  /** Chosen to answer for this team. */
  readonly pickedBy: number | null;
}

/** The whole screen of one viewer. */
export interface StageView {
  readonly kind: 'stage';
  readonly roomId: string;
  readonly title: string;
  readonly rehearsal: boolean;
  readonly rounds: readonly StageProgrammeItem[];
  readonly scene: StageScene;
  readonly staff: StageStaff | null;
  readonly me: StageTeamMe | StageAudienceMe | null;
  /** Parts that are empty here for want of room, and are asked for with `stage:more`. None where left out. */
  readonly rest?: readonly StagePart[];
}

/**
 * What of a view may be as long as the contest is large, and gives way, in this order, where the whole would be longer than a
 * phone is given at once. A part is a list or a text.
 */
export const stageParts = [
  'staff.roster',
  'scene.reveal.boards',
  'staff.drafts',
  'scene.reveal.explanation',
  'staff.explanation',
  'scene.results',
  'scene.teams',
  'rounds',
  'staff.ledger',
  'scene.buzz.presses',
  'staff.proposals',
  'scene.choosing.questions',
  'scene.choosing.stakes',
  'scene.buzz.barred',
  'scene.buzz.tooClose',
  'scene.finished',
  'scene.tied',
  'staff.toJudge',
  'scene.floor.teams',
  'scene.floor.active',
  'staff.undo',
  'scene.cue.text',
  'title',
  'scene.question.material.text',
  'scene.question.stem',
  'scene.question.options',
] as const;
export type StagePart = (typeof stageParts)[number];

/** A page of a part, or of the whole ledger, newest line first. */
export interface StagePage {
  readonly part: StagePart | 'ledger';
  readonly from: number;
  /** Length of the whole; a text is counted and parted like a list of its UTF-16 units. */
  readonly total: number;
  readonly items: string | readonly unknown[];
}

/** Broadcast: parts that changed, to be laid over what the page has. `staff` reaches host and judges only. */
export type StageNews =
  | { readonly type: 'scene'; readonly patch: Partial<StageScene> }
  | { readonly type: 'staff'; readonly patch: Partial<StageStaff> };
/** For one person. */
export type StagePersonalNews = { readonly type: 'me'; readonly me: StageTeamMe | StageAudienceMe };
export interface StageProgress {
  readonly seq: number;
  /** Audience seats taken, and how many of them have answered the open question. */
  readonly seats: number;
  readonly answered: number;
}
