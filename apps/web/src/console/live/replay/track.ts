import type { QuizFrame, QuizProgress, QuizView, StageFrame, StageProgress, StageView } from '@xuekao/contracts';
import { afterFrame, afterProgress, type RoomState, stateOfView } from '../../../live-client/room-state.js';
import { afterStageFrame, afterStageProgress, stageOfView, type StageState } from '../../../live-client/stage-state.js';

type Counted<Counters> = Counters & { readonly seq: number; readonly at: number };

export interface HallReplay {
  readonly title: string;
  readonly view: QuizView;
  readonly frames: readonly QuizFrame[];
  readonly progress: readonly Counted<Omit<QuizProgress, 'seq'>>[];
}

export interface StageReplay {
  readonly title: string;
  readonly view: StageView;
  readonly frames: readonly StageFrame[];
  readonly progress: readonly Counted<Pick<StageProgress, 'seats' | 'answered'>>[];
}

/** A place to go to: a question by its number, on a stage within its round, or the podium. */
export interface Mark {
  readonly at: number;
  readonly question: number | null;
  readonly round?: string;
}

/** Everything that a screen showed, by server time. States share what did not change, so all of them may be kept. */
export interface Track<State> {
  readonly from: number;
  readonly until: number;
  readonly moments: readonly { readonly at: number; readonly state: State }[];
  readonly marks: readonly Mark[];
}

/** The last screen stays so long, so that it is seen also at 16 times. */
const lingerMs = 5_000;

interface Step<State> {
  readonly seq: number;
  readonly at: number;
  readonly apply: (state: State) => State;
}

function trackOf<State>(
  first: State,
  steps: readonly Step<State>[],
  markOf: (before: State, after: State) => Omit<Mark, 'at'> | null,
): Track<State> {
  const ordered = steps.toSorted((a, b) => a.seq - b.seq);
  const from = ordered[0]?.at ?? 0;
  const moments = [{ at: from, state: first }];
  const marks: Mark[] = [];
  for (const { at, apply } of ordered) {
    const before = moments.at(-1)!;
    const state = apply(before.state);
    const mark = markOf(before.state, state);
    // Never before what came before it, should a clock have been set back.
    const moment = { at: Math.max(at, before.at), state };
    if (mark) marks.push({ ...mark, at: moment.at });
    moments.push(moment);
  }
  return { from, until: moments.at(-1)!.at + lingerMs, moments, marks };
}

/** What the screen showed at that time. */
export function stateAt<State>({ moments }: Track<State>, now: number): State {
  let low = 0;
  let high = moments.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (moments[middle]!.at <= now) low = middle;
    else high = middle - 1;
  }
  return moments[low]!.state;
}

export const lastState = <State>({ moments }: Track<State>): State => moments.at(-1)!.state;

function followed<State extends object>(next: State | string, seq: number): State {
  if (typeof next === 'string') throw new Error(`Frame ${seq} of the replay does not follow the one before it`);
  return next;
}

export function hallTrack({ view, frames, progress }: HallReplay): Track<RoomState> {
  const steps: Step<RoomState>[] = [
    ...frames.map((frame) => ({
      seq: frame.seq,
      at: frame.at,
      apply: (state: RoomState) => followed(afterFrame(state, frame), frame.seq),
    })),
    ...progress.map((counters) => ({
      seq: counters.seq,
      at: counters.at,
      apply: (state: RoomState) => afterProgress(state, counters),
    })),
  ];
  return trackOf(stateOfView(1, view, null), steps, (before, after) => {
    const { question, phase } = after.view;
    if (question && question.index !== before.view.question?.index) return { question: question.index + 1 };
    return phase === 'podium' && before.view.phase !== 'podium' ? { question: null } : null;
  });
}

/** What is asked, whatever number the room gave it. Of clues the first line is there from the start, the others follow. */
function nameOfQuestion({ scene: { question, round }, rounds }: StageView): string | null {
  if (!question) return null;
  const isClue = round !== null && rounds[round.index]?.staking === 'clue';
  const stem = isClue ? question.stem.split('\n')[0] : question.stem;
  return JSON.stringify([round?.id, stem, question.options, question.targets]);
}

export function stageTrack({ view, frames, progress }: StageReplay): Track<StageState> {
  const steps: Step<StageState>[] = [
    ...frames.map((frame) => ({
      seq: frame.seq,
      at: frame.at,
      apply: (state: StageState) => followed(afterStageFrame(state, frame), frame.seq),
    })),
    ...progress.map((counters) => ({
      seq: counters.seq,
      at: counters.at,
      apply: (state: StageState) => afterStageProgress(state, counters),
    })),
  ];
  const marked = new Set<string>();
  const inRound = new Map<string, number>();
  return trackOf(stageOfView(1, view, null), steps, (before, after) => {
    const { question, phase, round } = after.view.scene;
    const name = nameOfQuestion(after.view);
    // A question that comes back because a step was taken back has its mark, though it has a new number.
    if (question && name !== null && !marked.has(name)) {
      marked.add(name);
      const title = round?.title ?? '';
      const number = (inRound.get(title) ?? 0) + 1;
      inRound.set(title, number);
      return { question: number, round: title };
    }
    return phase === 'podium' && before.view.scene.phase !== 'podium' ? { question: null } : null;
  });
}
