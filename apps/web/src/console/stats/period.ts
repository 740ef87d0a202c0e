import { zonedParts } from '@xuekao/kernel';
import type { LocationQuery } from 'vue-router';
import { zone } from '../../format/when.js';
import type { Period } from './stats.api.js';

/** The period and unit in the URL: `year`, `span` (`q1` to `q4`, `m1` to `m12`) and `unitId`; this year where absent. */
export function periodFrom(query: LocationQuery, now: number): Period {
  const year = Number(query.year) || zonedParts(now, zone).year;
  const span = /^([qm])(\d{1,2})$/.exec(String(query.span ?? ''));
  const part = span ? Number(span[2]) : 0;
  return {
    year,
    ...(span?.[1] === 'q' && part >= 1 && part <= 4 ? { quarter: part } : {}),
    ...(span?.[1] === 'm' && part >= 1 && part <= 12 ? { month: part } : {}),
    ...(typeof query.unitId === 'string' && query.unitId ? { unitId: query.unitId } : {}),
  };
}
