import { formatRate } from '@xuekao/kernel';
import { i18n } from '../../i18n/index.js';
import type { MonthRow, StudyRow } from './stats.api.js';

interface Drawn {
  readonly option: Record<string, unknown>;
  readonly rows: readonly (readonly (string | number)[])[];
}

const { t } = i18n.global;
const grid = { left: 8, right: 24, top: 24, bottom: 8, containLabel: true };

/** Attendance of each unit that had somebody due; the sum row is not a unit. */
export function attendanceChart(rows: readonly StudyRow[]): Drawn {
  const shown = rows.filter((row) => row.unitId !== null && row.attendance.denominator.value > 0);
  const percent = (row: StudyRow): number =>
    Math.floor((row.attendance.numerator.value / row.attendance.denominator.value) * 10_000) / 100;
  return {
    rows: shown.map(({ unit, attendance: { numerator, denominator } }) => [
      unit,
      numerator.value,
      denominator.value,
      formatRate({ numerator: numerator.value, denominator: denominator.value }),
    ]),
    option: {
      grid,
      tooltip: { valueFormatter: (value: number) => `${value}%` },
      xAxis: { type: 'value', max: 100, axisLabel: { formatter: '{value}%' } },
      yAxis: { type: 'category', inverse: true, data: shown.map(({ unit }) => unit) },
      series: [
        {
          type: 'bar',
          name: t('desk.schedule.rate'),
          barMaxWidth: 22,
          data: shown.map(percent),
          label: { show: true, position: 'insideRight', formatter: '{c}%', color: '#fff', textBorderWidth: 0 },
        },
      ],
    },
  };
}

/** Sessions of the unit and all below it, month by month. */
export function monthChart(rows: readonly MonthRow[]): Drawn {
  const totals = Array.from({ length: 12 }, (_, at) => rows.reduce((sum, row) => sum + (row.months[at] ?? 0), 0));
  const names = totals.map((_, at) => t('desk.stats.month', { number: at + 1 }));
  return {
    rows: totals.map((total, at) => [names[at] ?? '', total]),
    option: {
      grid,
      tooltip: {},
      xAxis: { type: 'category', data: names, axisLabel: { interval: 0, fontSize: 11 } },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        {
          type: 'bar',
          name: t('desk.stats.sessions'),
          barMaxWidth: 26,
          data: totals,
          label: { show: true, position: 'top' },
        },
      ],
    },
  };
}
