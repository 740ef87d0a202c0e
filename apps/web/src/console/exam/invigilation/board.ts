import type { InvigilationRow, InvigilationState } from '@xuekao/contracts';

/** What needs a look comes first. */
export const watchOrder: readonly InvigilationState[] = [
  'disconnected',
  'working',
  'not-started',
  'absent',
  'handed-in',
  'exempt',
];

export interface UnitBoard {
  readonly unitId: string | null;
  readonly unitName: string;
  /** Without those who are exempt. */
  readonly due: number;
  readonly counts: Readonly<Record<InvigilationState, number>>;
  /** The oldest last save among those who work, null where nobody has saved. */
  readonly oldestSaveAt: number | null;
}

export interface WatchFilter {
  readonly state: InvigilationState | null;
  readonly unitId: string | null;
  readonly text: string;
}

export function countsOf(rows: readonly InvigilationRow[]): Record<InvigilationState, number> {
  const counts = { 'not-started': 0, working: 0, disconnected: 0, 'handed-in': 0, exempt: 0, absent: 0 };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

function boardOf(rows: readonly InvigilationRow[]): UnitBoard {
  const counts = countsOf(rows);
  const saves = rows.flatMap(({ state, lastSavedAt }) =>
    (state === 'working' || state === 'disconnected') && lastSavedAt !== null ? [lastSavedAt] : [],
  );
  return {
    unitId: rows[0]?.unitId ?? null,
    unitName: rows[0]?.unitName ?? '',
    due: rows.length - counts.exempt,
    counts,
    oldestSaveAt: saves.length > 0 ? Math.min(...saves) : null,
  };
}

const collator = new Intl.Collator('zh');

/** One line per unit, by name. */
export function unitBoards(rows: readonly InvigilationRow[]): UnitBoard[] {
  const units = new Map<string, InvigilationRow[]>();
  for (const row of rows) {
    const own = units.get(row.unitId ?? '');
    if (own) own.push(row);
    else units.set(row.unitId ?? '', [row]);
  }
  return [...units.values()].map(boardOf).sort((a, b) => collator.compare(a.unitName, b.unitName));
}

/** The rows that fit, what needs a look first; people of the same state keep their place. */
export function watchedRows(rows: readonly InvigilationRow[], { state, unitId, text }: WatchFilter): InvigilationRow[] {
  const wanted = text.trim().toLowerCase();
  return rows
    .filter(
      (row) =>
        (state === null || row.state === state) &&
        (unitId === null || row.unitId === unitId) &&
        (wanted === '' || `${row.name} ${row.staffNumber}`.toLowerCase().includes(wanted)),
    )
    .sort(
      (a, b) =>
        watchOrder.indexOf(a.state) - watchOrder.indexOf(b.state) ||
        collator.compare(a.unitName, b.unitName) ||
        collator.compare(a.name, b.name) ||
        (a.memberId < b.memberId ? -1 : 1),
    );
}

/** The rows after news: all of them anew, or those that changed. */
export function afterNews(
  before: ReadonlyMap<string, InvigilationRow>,
  rows: readonly InvigilationRow[],
  isWhole: boolean,
): ReadonlyMap<string, InvigilationRow> {
  const next = new Map(isWhole ? [] : before);
  for (const row of rows) next.set(row.memberId, row);
  return next;
}
