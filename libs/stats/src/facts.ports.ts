import type {
  AttendanceFact,
  ContestFact,
  ExamFact,
  HandbookFact,
  HoursFact,
  MembershipFact,
  ReadingFact,
  ResultFact,
  RoleFact,
  SessionFact,
  UnitFact,
} from './core/index.js';

/** Archived sessions of a year with their frozen rosters and the hours they gave. */
export abstract class SessionFacts {
  abstract ofYear(year: number): Promise<{
    readonly sessions: readonly SessionFact[];
    readonly attendance: readonly AttendanceFact[];
    readonly hours: readonly HoursFact[];
  }>;
}

/** Closed exams of a year, own and imported, with their frozen rosters. */
export abstract class ExamFacts {
  abstract ofYear(
    year: number,
  ): Promise<{ readonly exams: readonly ExamFact[]; readonly results: readonly ResultFact[] }>;
}

/** Both trees, and who stood where in a year. */
export abstract class MemberFacts {
  abstract units(): Promise<readonly UnitFact[]>;
  abstract ofYear(
    year: number,
  ): Promise<{ readonly memberships: readonly MembershipFact[]; readonly roles: readonly RoleFact[] }>;
}

/** The handbooks published in a year and what these members read of them in it. */
export abstract class ReadingFacts {
  abstract ofYear(
    year: number,
    memberIds: readonly string[],
  ): Promise<{ readonly handbooks: readonly HandbookFact[]; readonly readings: readonly ReadingFact[] }>;
}

/** Finished live contests of a year. */
export abstract class ContestFacts {
  abstract ofYear(year: number): Promise<readonly ContestFact[]>;
}
