import type { StageLedgerLine, StageStaff } from '@xuekao/contracts';
import { offersAgain } from './judging.js';
import { foulPointsOf } from './ledger.js';
import { mayOf } from './may.js';
import { awaitsAudience, looking, nextOf } from './next-step.js';
import { questionOf, roundOf } from './stage-state.js';
import type { StageLine, StageState } from './stage-state.js';

/** What a table shows before it has asked for more. */
const newestLines = 6;
/** With more teams than this the marks of who has finished are told by the scene alone, until the question is closed. */
const draftsMost = 16;

/** What host and judges see beside the scene. */
export function staffOf(state: StageState): StageStaff {
  const { play, desk, ledger, history } = state;
  const { item, phase } = play;
  const question = isKeyOpen(state) ? questionOf(state) : null;
  // From the reveal on it stands in the scene, and once is enough.
  const own = phase === 'revealed' ? null : question;
  const isJudging = phase === 'judging' || (phase === 'answering' && item?.active.length === 1);
  return {
    baton: desk.baton,
    next: nextOf(state),
    undo: history.at(-1)?.label ?? null,
    drafts: draftsOf(state, question !== null),
    key: own?.key ?? null,
    explanation: own?.explanation ?? null,
    toJudge: isJudging ? (item?.active ?? []) : [],
    ledger: ledger.slice(-newestLines).toReversed().map(lineOf),
    ledgerLines: ledger.length,
    proposals: desk.proposals.map(({ id, by, text }) => ({ id, by, text })),
    roster: play.teams.map(({ team, members }) => ({
      team,
      members: members.map(({ memberId, name, role }) => {
        return { memberId, name, role, signedIn: state.signedIn.includes(memberId) };
      }),
    })),
    audience: { seats: state.audience.length, answered: state.answered },
    foulPoints: foulPointsOf(roundOf(state)),
    may: mayOf(state),
  };
}

function draftsOf({ play: { phase, item } }: StageState, isOpen: boolean): StageStaff['drafts'] {
  const drafts = item?.drafts ?? [];
  if (phase === 'answering' && drafts.length > draftsMost) return [];
  return drafts.map(({ team, choice, finished }) => ({ team, choice: isOpen ? choice : null, finished }));
}

export const lineOf = ({ line, at, team, points, reason, item, verdict, note, undone }: StageLine): StageLedgerLine => {
  return { line, at, team, points, reason, item, verdict, note, undone };
};

/** Officials learn the key when nobody, team or audience, may answer the question any more. */
export function isKeyOpen(state: StageState): boolean {
  const { phase, item } = state.play;
  if (!item || item.voided !== null) return false;
  switch (phase) {
    case 'revealed':
      return true;
    case 'judged':
      return !awaitsAudience(state);
    case 'judging':
      return !offersAgain(looking(state)) && !(roundOf(state)?.nobody === 'audience' && !item.audienceAsked);
    default:
      return false;
  }
}
