import { transferStates, type TransferState, type Tree } from '@xuekao/contracts';
import { refuse, type CivilDate, type Refusal } from '@xuekao/kernel';
import type { Membership } from './membership.js';
import { membershipOn } from './membership.js';

export interface Transfer {
  readonly id: string;
  readonly memberId: string;
  readonly tree: Tree;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly state: TransferState;
  readonly startedOn: CivilDate;
  /** The first day in the new unit, or the day of cancelling; null while on the way. */
  readonly endedOn: CivilDate | null;
}

export type OpenTransfer = Pick<Transfer, 'tree' | 'startedOn'>;

/** Where the transfer starts from, or why it may not start. */
export function decideStart(
  history: readonly Membership[],
  open: readonly OpenTransfer[],
  command: { readonly tree: Tree; readonly toUnitId: string; readonly startedOn: CivilDate; readonly today: CivilDate },
): Membership | Refusal {
  const { tree, toUnitId, startedOn, today } = command;
  if (startedOn > today) return refuse('org.transfer.future', { today });
  const already = open.find((transfer) => transfer.tree === tree);
  if (already) return refuse('org.transfer.already-started', { startedOn: already.startedOn });
  const current = membershipOn(history, tree, startedOn);
  if (!current || current.to !== null) return refuse('org.membership.none-open', { on: startedOn });
  return current.unitId === toUnitId ? refuse('org.transfer.same-unit') : current;
}

/** Null when the transfer may be accepted or cancelled with that day: from the day it started to today. */
export function refusalOfEnding(transfer: Transfer, endedOn: CivilDate, today: CivilDate): Refusal | null {
  if (transfer.state !== 'started') return refuse('org.transfer.not-open', { state: transferStates[transfer.state] });
  if (endedOn > today) return refuse('org.transfer.future', { today });
  if (endedOn < transfer.startedOn) return refuse('org.transfer.before-start', { startedOn: transfer.startedOn });
  return null;
}

/** On the way on that day: started, and neither accepted nor cancelled yet. The old unit stays responsible. */
export function isInTransit(transfer: Pick<Transfer, 'startedOn' | 'endedOn'>, date: CivilDate): boolean {
  return transfer.startedOn <= date && (transfer.endedOn === null || date < transfer.endedOn);
}
