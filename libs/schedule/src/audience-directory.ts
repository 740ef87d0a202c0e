import type { CivilDate } from '@xuekao/kernel';
import type { Audience, RosterPerson } from './core/index.js';

/** Port: the organisation as sessions need it. */
export abstract class AudienceDirectory {
  /** Everyone the audience means on that day, with exemptions in force; people known by id even where they are in no unit. */
  abstract peopleOf(audience: Audience, on: CivilDate): Promise<readonly RosterPerson[]>;
  /** The branches whose secretary or deputy the member is that day: he reads the notes of their sick leaves. */
  abstract branchesLedBy(memberId: string, on: CivilDate): Promise<ReadonlySet<string>>;
}
