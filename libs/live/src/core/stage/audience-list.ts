import type { StageListedSeat, StageSeatPage } from '@xuekao/contracts';
import { normalText } from '@xuekao/kernel';
import { meOfSeat } from './me.js';
import type { AudienceSeat, StageState } from './stage-state.js';

export interface AudienceQuery {
  /** Part of a name or unit name, or the number of a seat; empty for all. */
  readonly q: string;
  readonly after: number;
  readonly limit: number;
}

/** A page of the audience by seat. What is right in a question that is not revealed is not counted yet. */
export function audiencePage(state: StageState, { q, after, limit }: AudienceQuery): StageSeatPage {
  const wanted = normalText(q);
  const found = state.audience.filter((seat) => fits(seat, wanted));
  const rest = found.filter(({ seat }) => seat > after);
  const page = rest.slice(0, limit);
  const items = page.map((seat): StageListedSeat => {
    return { seat: seat.seat, name: seat.name, unitName: seat.unitName, right: meOfSeat(state, seat).right };
  });
  return { items, total: found.length, next: rest.length > page.length ? page.at(-1)!.seat : null };
}

function fits({ seat, name, unitName }: AudienceSeat, wanted: string): boolean {
  return wanted === '' || String(seat) === wanted || normalText(`${name} ${unitName}`).includes(wanted);
}
