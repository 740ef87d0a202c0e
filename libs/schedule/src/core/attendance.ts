import type { Rate } from '@xuekao/kernel';
import { rate } from '@xuekao/kernel';
import type { Attendance, Guest, Vote } from './session.js';

/** Head counts of one session; `due = present + leave + absent`, and nothing else enters a rate. */
export interface AttendanceCounts {
  readonly due: number;
  readonly present: number;
  readonly leave: number;
  readonly absent: number;
  /** Of those not present, how many made the study up later (补学). */
  readonly madeUp: number;
  /** 列席: people without standing who came, and named guests. */
  readonly guests: number;
  readonly exempt: number;
  /** Exempt people who came all the same; in no rate. */
  readonly exemptPresent: number;
}

const isOnLeave = (row: Attendance): boolean => row.status === 'leave' && row.leaveState === 'approved';

/** Source: domain.md §2.4. */
export function attendanceCounts(
  rows: readonly Attendance[],
  guests: readonly Pick<Guest, 'memberId'>[] = [],
): AttendanceCounts {
  const due = rows.filter((row) => row.group === 'due');
  const present = due.filter((row) => row.status === 'present').length;
  const leave = due.filter(isOnLeave).length;
  const exempt = rows.filter((row) => row.group === 'exempt');
  const guestRows = rows.filter((row) => row.group === 'guest' && row.status === 'present');
  const onRoster = new Set(rows.map((row) => row.memberId));
  const named = guests.filter((guest) => guest.memberId === null || !onRoster.has(guest.memberId));
  return {
    due: due.length,
    present,
    leave,
    absent: due.length - present - leave,
    madeUp: due.filter((row) => row.status !== 'present' && row.madeUpAt !== null).length,
    guests: guestRows.length + named.length,
    exempt: exempt.length,
    exemptPresent: exempt.filter((row) => row.status === 'present').length,
  };
}

/** 到会率 = 实到/应到. */
export const attendanceRate = (counts: AttendanceCounts): Rate => rate(counts.present, counts.due);
/** 覆盖率（含补学）= (实到+补学)/应到. */
export const coverageRate = (counts: AttendanceCounts): Rate => rate(counts.present + counts.madeUp, counts.due);
/** 请假率 = 请假/应到. */
export const leaveRate = (counts: AttendanceCounts): Rate => rate(counts.leave, counts.due);

export interface VotingCounts {
  readonly entitled: number;
  readonly present: number;
  /** More than half of the entitled are present. */
  readonly hasQuorum: boolean;
  /** The least number of votes in favour that carries a resolution: more than half of the entitled. */
  readonly needed: number;
}

/** Quorum of a member meeting: probationary members attend without a vote. Source: domain.md §2.4. */
export function votingCounts(rows: readonly Attendance[]): VotingCounts {
  const voters = rows.filter((row) => row.group === 'due' && row.votes);
  const present = voters.filter((row) => row.status === 'present').length;
  const needed = Math.floor(voters.length / 2) + 1;
  return { entitled: voters.length, present, hasQuorum: voters.length > 0 && present >= needed, needed };
}

/** A vote whose parts exceed the people entitled, or that is negative, cannot have happened. */
export function isPossibleVote(vote: Vote): boolean {
  const parts = [vote.entitled, vote.inFavour, vote.against, vote.abstained];
  return (
    parts.every((n) => Number.isSafeInteger(n) && n >= 0) &&
    vote.inFavour + vote.against + vote.abstained <= vote.entitled
  );
}
