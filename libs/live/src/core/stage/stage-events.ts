import type {
  QuizChoice,
  StageAct,
  StageHostAct,
  StageJudgeAct,
  StageNews,
  StageRole,
  StageTeamAct,
} from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import type { BuzzPress, BuzzPressCommand } from '../buzzer/index.js';
import type { PartsOf } from './delta.js';
import type { StageDesk, StageLine, StagePlay, StageSetup } from './stage-state.js';

/** Who moved the contest, for the log. */
export interface StageCause {
  readonly role: StageRole | 'clock';
  readonly accountId: string | null;
  readonly name: string | null;
  readonly act: StageAct | { readonly type: 'buzz'; readonly press: BuzzPress } | { readonly type: 'clock' | 'outage' };
}

/** What is written but never broadcast. */
export type StageSecret =
  | { readonly type: 'stage-prepared'; readonly setup: StageSetup; readonly at: Instant }
  | { readonly type: 'signed-in'; readonly memberId: string }
  | {
      readonly type: 'audience-seated';
      readonly seat: number;
      readonly memberId: string;
      readonly name: string;
      readonly unitName: string;
    }
  | {
      readonly type: 'audience-answered';
      readonly seat: number;
      readonly choice: QuizChoice;
      readonly correct: boolean;
    }
  /** What an act changed: parts of the play and the desk, and new lines of the ledger. `label` makes it a step to undo. */
  | {
      readonly type: 'moved';
      readonly cause: StageCause;
      readonly at: Instant;
      readonly play: PartsOf<StagePlay>;
      readonly desk: PartsOf<StageDesk>;
      readonly lines: readonly StageLine[];
      readonly label: string | null;
    }
  /** The last step is taken back; `play` are the parts that do not go back with it. */
  | {
      readonly type: 'undone';
      readonly cause: StageCause;
      readonly at: Instant;
      readonly reason: string;
      readonly play: Partial<StagePlay>;
      readonly desk: PartsOf<StageDesk>;
    }
  /** Whose own view changed: these teams, these audience seats, or all who answered. */
  | {
      readonly type: 'told';
      readonly teams: readonly number[];
      readonly seats: readonly number[];
      readonly answered: boolean;
    };

export type StageEvent = StageNews | StageSecret;

export type StageCommand =
  | { readonly type: 'prepare'; readonly setup: StageSetup }
  | { readonly type: 'join'; readonly memberId: string; readonly name: string; readonly unitName: string }
  | {
      readonly type: 'official';
      readonly role: 'host' | 'judge';
      readonly accountId: string;
      readonly name: string;
      readonly console: string | null;
      readonly act: StageHostAct | StageJudgeAct;
      readonly expect: number | null;
    }
  | { readonly type: 'team'; readonly memberId: string; readonly act: StageTeamAct }
  | { readonly type: 'audience'; readonly memberId: string; readonly item: number; readonly choice: QuizChoice }
  | BuzzPressCommand
  | { readonly type: 'clock'; readonly step: number; readonly item: number }
  | { readonly type: 'outage'; readonly from: Instant; readonly to: Instant };
