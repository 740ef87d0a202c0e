import { sessionTypes } from '@xuekao/contracts';
import type { Session } from './session.js';

/** Study hours that one person earned by one item; hours follow the person, not the unit. */
export interface StudyCredit {
  readonly memberId: string;
  readonly itemId: string;
  readonly unitId: string | null;
  /** Counts towards 集中学习培训学时: present in person at an item of a collective type. Source: domain.md §3.1, §4.1. */
  readonly isCollective: boolean;
  readonly isMadeUp: boolean;
  readonly hours: number;
}

/**
 * The credits of an archived session: everyone of the roster who was present, exempt or not, earns each item's hours; who made
 * it up earns them as not collective. Any other session gives none.
 */
export function creditsOf(session: Session): readonly StudyCredit[] {
  if (session.head.state !== 'archived') return [];
  const earners = session.attendance.filter((row) => row.status === 'present' || row.madeUpAt !== null);
  const items = session.items.filter((item) => item.hours !== null && item.hours > 0);
  return earners.flatMap((row) => {
    const isMadeUp = row.status !== 'present';
    return items.map((item) => ({
      memberId: row.memberId,
      itemId: item.id,
      unitId: row.unitId,
      isCollective: !isMadeUp && sessionTypes[item.type].collective,
      isMadeUp,
      hours: item.hours!,
    }));
  });
}
