import { formatRate, rate } from '@xuekao/kernel';
import type { ContestFact } from './facts.js';

/** `参赛12人，参赛单位3个，参与率80%`: those who took part, of the rolls of the units that had somebody there. */
export function contestDetail({ memberIds, units }: Pick<ContestFact, 'memberIds' | 'units'>): string {
  const roll = units.reduce((sum, unit) => sum + unit.roll, 0);
  const present = units.reduce((sum, unit) => sum + unit.participants, 0);
  const shown = roll === 0 ? '' : `，参赛单位${units.length}个，参与率${formatRate(rate(present, roll))}`;
  return `参赛${memberIds.length}人${shown}`;
}
