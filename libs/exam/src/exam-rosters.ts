import type { CivilDate } from '@xuekao/kernel';

/** A person as he stands on the day a roster is frozen. */
export interface RosterPerson {
  readonly memberId: string;
  readonly staffNumber: string;
  readonly name: string;
  readonly unitId: string | null;
  readonly unitName: string;
  /** Approved and holding that day; null for who is due. */
  readonly exemption: string | null;
}

/** Port: who is due to sit the exams of a unit. Guests and candidates are not in it. */
export abstract class ExamRosters {
  abstract dueIn(unitId: string, on: CivilDate): Promise<RosterPerson[]>;
  /** As it is called today; empty where there is no such unit. */
  abstract unitName(unitId: string): Promise<string>;
  /** The unit and all below it, as they are today. */
  abstract unitsUnder(unitId: string): Promise<ReadonlySet<string>>;
}
