/** Events of this lib in the outbox; their subject is the contest or the set. */
export const liveEvents = {
  setCreated: 'live.set.created',
  setChanged: 'live.set.changed',
  setDeleted: 'live.set.deleted',
  sheetCreated: 'live.sheet.created',
  sheetChanged: 'live.sheet.changed',
  sheetDeleted: 'live.sheet.deleted',
  contestCreated: 'live.contest.created',
  contestEnded: 'live.contest.ended',
  rehearsalsCleared: 'live.rehearsals.cleared',
  logExported: 'live.log.exported',
  resultsExported: 'live.results.exported',
} as const;

/** Payload of `live.contest.ended`. Rehearsals end without an event. */
export interface ContestEnded {
  readonly contestId: string;
  readonly unitId: string;
  readonly title: string;
  readonly endedAt: number;
  readonly seats: number;
  readonly answeredSeats: number;
  readonly units: number;
}
