import { changed } from './diff.js';
import { meOfMember } from './me.js';
import { sceneOf } from './scene.js';
import { staffOf } from './staff.js';
import type { StageEvent } from './stage-events.js';
import type { StageState } from './stage-state.js';

/** What a change means for everybody, for the officials, and for single persons. */
export function newsOf(before: StageState, after: StageState): StageEvent[] {
  const events: StageEvent[] = [];
  const scene = changed(sceneOf(before), sceneOf(after));
  if (Object.keys(scene).length > 0) events.push({ type: 'scene', patch: scene });
  const staff = changed(staffOf(before), staffOf(after));
  if (Object.keys(staff).length > 0) events.push({ type: 'staff', patch: staff });
  const teams = after.play.teams
    .filter(({ members }) => members.some(({ memberId }) => isTold(before, after, memberId)))
    .map(({ team }) => team);
  const seats = [before, after].flatMap(({ play }) => play.item?.person ?? []);
  const isRevealed = after.play.phase === 'revealed' && before.play.phase !== 'revealed';
  const answered = isRevealed && after.play.item?.audienceAsked === true;
  const told = [...new Set(seats)];
  if (teams.length > 0 || told.length > 0 || answered) events.push({ type: 'told', teams, seats: told, answered });
  return events;
}

function isTold(before: StageState, after: StageState, memberId: string): boolean {
  if (!after.signedIn.includes(memberId)) return false;
  return JSON.stringify(meOfMember(before, memberId)) !== JSON.stringify(meOfMember(after, memberId));
}
