import type { QuizPhase, StageCue, StagePhase } from '@xuekao/contracts';
import type { QuestionStage } from '../../live-client/question-time.js';
import type { StageTime } from '../../live-client/stage-state.js';
import type { Sound } from './tunes.js';

const lastSeconds = 5;

export interface HallMoment {
  readonly phase: QuizPhase;
  /** Null where no question runs or its clock stands. */
  readonly stage: QuestionStage | null;
  readonly seconds: number;
}

export interface StageMoment {
  readonly phase: StagePhase;
  readonly cue: Pick<StageCue, 'n' | 'type'> | null;
  /** Null where no clock runs or it stands. */
  readonly clock: Pick<StageTime, 'kind' | 'stage' | 'seconds'> | null;
}

const isLast = (seconds: number, before: number): boolean =>
  seconds !== before && seconds > 0 && seconds <= lastSeconds;

/** What is heard when a hall quiz goes on from one moment to the next; null for silence. */
export function hallSound(before: HallMoment, now: HallMoment): Sound | null {
  if (now.phase !== before.phase) {
    if (now.phase === 'locked') return 'over';
    if (now.phase === 'revealed') return 'notice';
    if (now.phase === 'podium') return 'places';
  }
  if (now.stage === 'open' && before.stage === 'reading') return 'open';
  return now.stage === 'open' && before.stage === 'open' && isLast(now.seconds, before.seconds) ? 'second' : null;
}

const cueSounds: Readonly<Record<StageCue['type'], Sound>> = {
  buzz: 'buzz',
  'too-close': 'notice',
  foul: 'foul',
  right: 'right',
  wrong: 'wrong',
  none: 'wrong',
  out: 'wrong',
  override: 'notice',
  adjust: 'notice',
  undone: 'notice',
  help: 'notice',
  drawn: 'notice',
  nobody: 'over',
  ring: 'notice',
};

/** The same for a stage contest. */
export function stageSound(before: StageMoment, now: StageMoment): Sound | null {
  if (now.phase === 'podium' && before.phase !== 'podium') return 'places';
  if (now.cue && now.cue.n !== (before.cue?.n ?? 0)) return cueSounds[now.cue.type];
  if (!now.clock || now.clock.kind !== before.clock?.kind) return null;
  const { kind, stage, seconds } = now.clock;
  if (kind === 'buzz') return stage === 'open' && before.clock.stage === 'ahead' ? 'open' : null;
  if (stage === 'over' && before.clock.stage === 'open') return 'over';
  return stage === 'open' && isLast(seconds, before.clock.seconds) ? 'second' : null;
}
