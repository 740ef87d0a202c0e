import type { QuizChoice } from './live.js';
import type { RoomCatchUp, RoomFrame, RoomReceipt } from './rooms.js';
import type { SocketReply } from './socket.js';
import type { StageHelpKind, StageSheet, StageSheetFault } from './live-stage-sheet.js';
import type {
  StageMemberRole,
  StageNews,
  StageNext,
  StagePage,
  StagePersonalNews,
  StageProgress,
  StageRole,
  StageVerdict,
  StageView,
} from './live-stage-scene.js';

/** Host. Judges have those of `StageJudgeAct`. */
export type StageHostAct =
  /** The one big button; see `staff.next`. */
  | { readonly type: 'next' }
  | { readonly type: StageNext }
  /** Any round with questions left, from its start: to skip those between, or to play one again. Points stay as they are. */
  | { readonly type: 'go-round'; readonly round: number; readonly reason: string }
  /** 抽签: seats give the teams their order; sets give each team its question set. Seeded and logged. Lobby and intro only. */
  | { readonly type: 'draw'; readonly what: 'seats' | 'sets' }
  /** On the floor's behalf: index of the stake, number of the question, or audience seat. */
  | { readonly type: 'choose'; readonly choice: number }
  /** The speaker has begun: the start limit is met. */
  | { readonly type: 'begin' }
  | { readonly type: 'clue' }
  /** On a team's behalf, for spoken answers: 回答完毕. */
  | { readonly type: 'finish'; readonly team: number }
  | { readonly type: 'help'; readonly team: number; readonly help: StageHelpKind }
  /** A foul the machine cannot see, such as helping or interrupting. */
  | { readonly type: 'foul'; readonly team: number; readonly reason: string }
  /** The question counts for nothing; the next one of the pile takes its place. */
  | { readonly type: 'void-question'; readonly reason: string }
  | { readonly type: 'substitute'; readonly team: number; readonly out: string; readonly in: string }
  | { readonly type: 'undo'; readonly reason: string }
  | { readonly type: 'pause' | 'resume' | 'take-baton' }
  | StageJudgeAct;

export type StageJudgeAct =
  | { readonly type: 'judge'; readonly team: number; readonly verdict: StageVerdict }
  /** 改判: another verdict for a line of the ledger. */
  | { readonly type: 'override'; readonly line: number; readonly verdict: StageVerdict; readonly reason: string }
  | {
      readonly type: 'adjust';
      readonly team: number;
      readonly points: number;
      readonly discipline: boolean;
      readonly reason: string;
    }
  /** Between presses too close to call; null gives the question to nobody. */
  | { readonly type: 'award-buzz'; readonly team: number | null }
  /** The second official's word on a proposal; never the proposer's own. */
  | { readonly type: 'confirm' | 'reject'; readonly proposal: number };

export type StageTeamAct =
  /** A draft: may be changed until it is finished. It counts as it stands when time is up. */
  | { readonly type: 'answer'; readonly item: number; readonly choice: QuizChoice }
  /** 回答完毕: no change after it. */
  | { readonly type: 'finish'; readonly item: number }
  | { readonly type: 'choose'; readonly choice: number }
  | { readonly type: 'help'; readonly item: number; readonly help: StageHelpKind };

/** The first answer is final. */
export type StageAudienceAct = { readonly type: 'answer'; readonly item: number; readonly choice: QuizChoice };

export type StageAct = StageHostAct | StageTeamAct | StageAudienceAct;

export interface StageJoinBody {
  readonly code: string;
}
export interface StageWatchBody {
  readonly roomId: string;
  /** Screens are admitted by their token alone and send `screen`. */
  readonly role: 'host' | 'judge' | 'screen';
}
export interface StageResumeBody {
  readonly roomId: string;
  readonly role: StageRole;
  readonly lastSeq: number;
}
/** The rest of a part of the view from an index on, or of the ledger (officials only). */
export interface StageMoreBody {
  readonly roomId: string;
  readonly role: StageRole;
  readonly part: StagePage['part'];
  readonly from: number;
}
export interface StageActBody {
  /** A UUID made once per intention; the same for every retry. */
  readonly commandId: string;
  readonly roomId: string;
  readonly role: Exclude<StageRole, 'screen'>;
  /** Hosts: a random id kept in `sessionStorage`; the one with the baton moves the contest. */
  readonly console?: string;
  readonly act: StageAct;
  /** `scene.step` as shown when the button was pressed: a contest that has moved on refuses. Hosts and judges. */
  readonly expect?: number;
}
export interface StageJoined {
  readonly kind: 'stage';
  readonly roomId: string;
  readonly role: StageRole;
  readonly seq: number;
  readonly view: StageView;
  readonly serverTime: number;
}
export type StageFrame = RoomFrame<StageNews>;
/** What a frame does not tell: what the viewer himself may do, and the counters of the audience. */
export type StageUntold = Pick<StageView, 'me'> & Pick<StageProgress, 'seats' | 'answered'>;
export type StageCatchUp = RoomCatchUp<StageNews, StageView, StageUntold>;

/** Namespace `/live`, beside the messages of the hall quiz. Every message is acknowledged. Presses go by `room:buzz` with `scene.buzz.number`. */
export interface StageClientMessages {
  /** A member of a team enters as its contestant, anybody else as audience. */
  'stage:join': (body: StageJoinBody, ack: (reply: SocketReply<StageJoined>) => void) => void;
  'stage:watch': (body: StageWatchBody, ack: (reply: SocketReply<StageJoined>) => void) => void;
  'stage:resume': (body: StageResumeBody, ack: (reply: SocketReply<StageCatchUp>) => void) => void;
  'stage:more': (body: StageMoreBody, ack: (reply: SocketReply<StagePage>) => void) => void;
  'stage:act': (body: StageActBody, ack: (reply: SocketReply<RoomReceipt>) => void) => void;
}
/** The same names as in a hall quiz. `room:progress` and `room:presence` may be lost. */
export interface StageServerMessages {
  'room:event': (frame: StageFrame) => void;
  'room:personal': (message: {
    readonly roomId: string;
    readonly seq: number;
    readonly news: StagePersonalNews;
  }) => void;
  'room:progress': (message: { readonly roomId: string } & StageProgress) => void;
  'room:presence': (message: {
    readonly roomId: string;
    readonly online: Readonly<Partial<Record<StageRole, number>>>;
  }) => void;
}

/**
 * HTTP, permission `live.host` throughout; contests are those of the units the actor may host for.
 * `GET /live/stage-sheets`, `GET /live/stage-sheets/:id`, `POST`, `PUT /:id`, `DELETE /:id`: shipped sheets have ids like
 * `classic` and cannot be changed. `POST /live/stage-sheets/check` tells every fault and what questions a sheet needs.
 * `GET /live/stages/judge-accounts` lists who may be named as a judge (`{accountId, name, unitName}`, `q`, `cursor`).
 * `POST|GET /live/stages`, `GET /live/stages/:id`, `POST /live/stages/:id/screens`, `DELETE /live/stages/:id` (a rehearsal with
 * all its data), `GET /live/stages/:id/results(.xlsx)`, `GET /live/stages/:id/log` after the end.
 * `GET /live/join/:code` tells `kind: 'quiz' | 'stage'` of a code, so that the page opens the right room.
 */
export interface StageSheetSummary {
  readonly id: string;
  readonly name: string;
  readonly note: string | null;
  readonly rounds: readonly string[];
  readonly shipped: boolean;
  /** Null for shipped ones. */
  readonly unitId: string | null;
  readonly version: number;
}

/** What a pile of questions of a round must hold at least, with `teams` teams. */
export interface StageNeed {
  readonly round: string;
  /** 0…: the only pile, the team's (`per-team`), or the stake's (`per-stake`). */
  readonly pile: number;
  readonly questions: number;
}

export interface StageHint {
  readonly round: string;
  /** Chinese, ready to be shown. */
  readonly message: string;
}

export interface StageSheetCheckBody {
  readonly sheet: unknown;
  readonly teams?: number;
  readonly members?: number;
}
export interface StageSheetCheck {
  readonly faults: readonly StageSheetFault[];
  /** Empty while there are faults. */
  readonly needs: readonly StageNeed[];
  /** What is allowed but worth knowing with so many teams, such as one that sits out in 两两对战. */
  readonly hints: readonly StageHint[];
}

export interface StageTeamInput {
  readonly name: string;
  readonly members: readonly { readonly memberId: string; readonly role: StageMemberRole }[];
}
/** The questions of one pile in their order, pinned by version. */
export interface StagePileInput {
  readonly round: string;
  readonly pile: number;
  readonly versionIds: readonly string[];
}
export interface StageContestInput {
  readonly unitId: string;
  readonly title: string;
  readonly rehearsal?: boolean;
  readonly sheetId: string;
  readonly teams: readonly StageTeamInput[];
  readonly piles: readonly StagePileInput[];
  /** Accounts that may sit at the judges' table. */
  readonly judges: readonly string[];
}
export interface StageContestView {
  readonly id: string;
  readonly unitId: string;
  readonly title: string;
  readonly code: string | null;
  readonly joinPath: string | null;
  readonly rehearsal: boolean;
  readonly sheetName: string;
  readonly sheet: StageSheet;
  readonly teams: readonly { readonly team: number; readonly name: string; readonly members: readonly string[] }[];
  readonly judges: readonly string[];
  readonly hostName: string;
  readonly createdAt: number;
  readonly endedAt: number | null;
}
export interface StageResultRow {
  readonly team: number;
  readonly name: string;
  readonly score: number;
  readonly place: number;
  readonly right: number;
  readonly wrong: number;
  readonly members: readonly string[];
}
