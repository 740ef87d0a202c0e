import { sessionTypes, type AnnualFigures, type MonthRow, type StudyRow } from '@xuekao/contracts';
import { basisPointsFloor, formatRate, rate } from '@xuekao/kernel';
import type { Hint } from './skeleton.js';

/** Share of attendance below which a unit is named beside 存在问题. Source: domain.md §3.2 (主题党日 85%). */
export const attendanceAttention = 8500;

/**
 * Remarks drawn from the records and listed beside 存在问题 and 努力方向. They state what is missing and how much; they
 * judge nobody, name no person and are never printed. Source: domain.md §0 finding 9, §5.1.
 */
export function problemHints(figures: AnnualFigures, months: readonly MonthRow[], units: readonly StudyRow[]): Hint[] {
  const missing = months
    .filter((row) => row.gaps.length > 0)
    .map((row) => ({
      section: 'problems' as const,
      text: `${row.unit}：${sessionTypes[row.type].name}缺${row.gaps.length}次（${row.gaps.join('、')}）`,
      ids: row.months.flatMap((month) => month.trace.ids),
    }));
  return [...missing, ...attendanceHints(units), ...hourHints(figures)];
}

function attendanceHints(units: readonly StudyRow[]): Hint[] {
  return units.flatMap((row) => {
    const { numerator, denominator } = row.attendance;
    const points = basisPointsFloor(rate(numerator.value, denominator.value));
    if (points === null || points >= attendanceAttention || row.unitId === null) return [];
    const text = `${row.unit}到会率${formatRate(rate(numerator.value, denominator.value))}（${numerator.value}/${denominator.value}）`;
    return [{ section: 'problems' as const, text, ids: numerator.trace.ids }];
  });
}

function hourHints({ hours }: AnnualFigures): Hint[] {
  const short = hours.members.value - hours.reached.value;
  if (hours.members.value === 0 || short <= 0) return [];
  const reached = new Set(hours.reached.trace.ids);
  const ids = hours.members.trace.ids.filter((id) => !reached.has(id));
  return [
    {
      section: 'problems',
      text: `${hours.members.value}名党员中${short}人未达到${hours.target / 100}学时`,
      ids,
    },
  ];
}
