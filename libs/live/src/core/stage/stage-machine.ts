import type { StagePage, StageRole, StageSeatPage, StageUntold, StageView } from '@xuekao/contracts';
import type { Rng } from '@xuekao/kernel';
import type { QuizRules } from '../grading.js';
import { audiencePage } from './audience-list.js';
import type { AudienceQuery } from './audience-list.js';
import { decideStage, nextStageDeadline } from './decide-stage.js';
import { evolveStage } from './evolve-stage.js';
import { fittedStage, ledgerPage, stagePage } from './fitted-stage.js';
import { meOf, stagePersonal } from './me.js';
import { programmeOf, sceneOf } from './scene.js';
import { staffOf } from './staff.js';
import type { StageCommand, StageEvent } from './stage-events.js';
import { decodeStage, emptyStage, encodeStage } from './stage-state.js';
import type { StageState } from './stage-state.js';

const isStaff = (audience: string): boolean => audience === 'host' || audience === 'judge';

/** The whole screen of a viewer. `memberId` for team and audience. */
export function stageViewFor(state: StageState, audience: string, memberId: string | null): StageView {
  return {
    kind: 'stage',
    roomId: state.roomId,
    title: state.setup?.title ?? '',
    rehearsal: state.setup?.rehearsal ?? false,
    rounds: programmeOf(state),
    scene: sceneOf(state),
    staff: isStaff(audience) ? staffOf(state) : null,
    me: meFor(state, audience, memberId),
  };
}

function meFor(state: StageState, audience: string, memberId: string | null): StageView['me'] {
  return memberId !== null && (audience === 'team' || audience === 'audience') ? meOf(state, memberId) : null;
}

const countersOf = (state: StageState) => ({ seats: state.audience.length, answered: state.answered });

/** What the view of this viewer had no room for. Everything comes from his own view, so he sees nothing else by it. */
export interface StageInquiry {
  readonly audience: string;
  readonly seat: string | null;
  readonly part: StagePage['part'];
  readonly from: number;
}

/** Of officials alone; who asks is settled before. */
export interface AudienceInquiry extends AudienceQuery {
  readonly what: 'audience';
}

export function answerStageInquiry(state: StageState, { audience, seat, part, from }: StageInquiry): StagePage {
  if (part !== 'ledger') return stagePage(stageViewFor(state, audience, seat), part, from);
  return isStaff(audience) ? ledgerPage(state, from) : { part, from, total: 0, items: [] };
}

/** Scenes are for all, staff news for officials, the rest for the log alone. */
export function isStageVisible(event: StageEvent, audience: string): boolean {
  return event.type === 'scene' || (event.type === 'staff' && isStaff(audience));
}

const audiences: Readonly<Record<StageRole, { readonly progressMs: number }>> = {
  host: { progressMs: 500 },
  judge: { progressMs: 500 },
  team: { progressMs: 5_000 },
  audience: { progressMs: 5_000 },
  screen: { progressMs: 500 },
};

/** The stage contest in the shape of a room machine. */
export const stageMachineOf = (rules: QuizRules) => ({
  kind: 'live.stage',
  version: 2,
  audiences,
  initial: emptyStage,
  decide: (state: StageState, command: StageCommand, now: number, rng: Rng) =>
    decideStage(state, command, { now, rng, rules }),
  evolve: evolveStage,
  nextDeadline: nextStageDeadline,
  afterOutage(state: StageState, from: number, to: number): StageCommand | null {
    return nextStageDeadline(state) === null ? null : { type: 'outage', from, to };
  },
  isUrgent: (command: StageCommand): boolean => command.type === 'buzz',
  isOver: (state: StageState): boolean => state.play.phase === 'ended',
  viewFor: (state: StageState, viewer: { audience: string; seat: string | null }): StageView =>
    fittedStage(stageViewFor(state, viewer.audience, viewer.seat)),
  untold: (state: StageState, viewer: { audience: string; seat: string | null }): StageUntold => ({
    me: meFor(state, viewer.audience, viewer.seat),
    ...countersOf(state),
  }),
  inspect(state: StageState, inquiry: unknown): StagePage | StageSeatPage {
    const given = inquiry as StageInquiry | AudienceInquiry;
    return 'what' in given ? audiencePage(state, given) : answerStageInquiry(state, given);
  },
  visible: (event: StageEvent, audience: string): 'full' | 'skip' =>
    isStageVisible(event, audience) ? 'full' : 'skip',
  personal: stagePersonal,
  progress: countersOf,
  encode: encodeStage,
  decode: decodeStage,
});
