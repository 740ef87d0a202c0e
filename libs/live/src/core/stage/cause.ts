import { assertNever } from '@xuekao/kernel';
import type { StageCause, StageCommand } from './stage-events.js';
import { teamOfMember } from './stage-state.js';
import type { StageState } from './stage-state.js';

/** Who did what, as the log keeps it. */
export function causeOf(state: StageState, command: StageCommand): StageCause {
  switch (command.type) {
    case 'official': {
      const { role, accountId, name, act } = command;
      return { role, accountId, name, act };
    }
    case 'team':
      return { role: 'team', accountId: null, name: nameOf(state, command.memberId), act: command.act };
    case 'buzz': {
      const { seat, arrivedAt, claimedAt, rttMs } = command;
      const team = String(teamOfMember(state, seat) ?? '');
      const act = { type: 'buzz', press: { team, seat, arrivedAt, claimedAt, rttMs } } as const;
      return { role: 'team', accountId: null, name: nameOf(state, seat), act };
    }
    case 'audience': {
      const act = { type: 'answer', item: command.item, choice: command.choice } as const;
      return { role: 'audience', accountId: null, name: null, act };
    }
    case 'clock':
    case 'outage':
      return { role: 'clock', accountId: null, name: null, act: { type: command.type } };
    case 'prepare':
    case 'join':
      return { role: 'clock', accountId: null, name: null, act: { type: 'clock' } };
    default:
      return assertNever(command);
  }
}

function nameOf(state: StageState, memberId: string): string | null {
  const members = state.play.teams.flatMap((team) => team.members);
  return members.find((member) => member.memberId === memberId)?.name ?? null;
}
