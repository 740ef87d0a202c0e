import { UnitOfWork, dialects } from '@xuekao/database';
import { MarkRow } from '../attempt.entity.js';
import type { MarkChange } from '../core/index.js';

export interface ChangedMarks {
  readonly attemptId: string;
  readonly marks: readonly MarkChange[];
}

export function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** With fewer marks than this to an attempt, statements by mark are cheaper than statements by attempt. */
const manyMarks = 4;
/** More attempts in one statement cost the server more in comparisons than they save. */
const attemptsAtOnce = 10;

/**
 * Puts new marks in place, inside the caller's transaction. What a server spends on a row is mostly finding it, so either many
 * rows of neighbours are found at once, or all marks of an attempt, which lie side by side.
 */
export async function writeMarks(uow: UnitOfWork, changes: readonly ChangedMarks[]): Promise<void> {
  const few = changes.filter(({ marks }) => marks.length < manyMarks);
  const many = changes.filter(({ marks }) => marks.length >= manyMarks);
  for (const some of chunked(few, 5000)) {
    for (const { change, ids } of sameMarks(some)) await writeSame(uow, change, ids);
  }
  for (const some of chunked(many, attemptsAtOnce)) await writeAttempts(uow, some);
}

/** Attempts by what becomes of one question's mark. */
function sameMarks(
  changes: readonly ChangedMarks[],
): Iterable<{ readonly change: MarkChange; readonly ids: string[] }> {
  const groups = new Map<string, { change: MarkChange; ids: string[] }>();
  for (const { attemptId, marks } of changes) {
    for (const change of marks) {
      const [number, , , , now, full, source] = change;
      const key = `${number} ${now} ${full} ${source}`;
      const group = groups.get(key);
      if (group) group.ids.push(attemptId);
      else groups.set(key, { change, ids: [attemptId] });
    }
  }
  return groups.values();
}

async function writeSame(
  uow: UnitOfWork,
  [number, , , , marks, full, source]: MarkChange,
  ids: readonly string[],
): Promise<void> {
  for (const some of chunked(ids, 1000)) {
    await uow.manager
      .createQueryBuilder()
      .update(MarkRow)
      .set({ marks, full, source })
      .where('number = :number AND attempt_id IN (:...ids)', { number, ids: some })
      .execute();
  }
}

/** The old and the new value of a column in a change. */
const columns = { marks: [1, 4], full: [2, 5], source: [3, 6] } as const;

/** One statement for some attempts; only columns that change are named. */
async function writeAttempts(uow: UnitOfWork, changes: readonly ChangedMarks[]): Promise<void> {
  const { quote } = dialects[uow.dialect];
  const values: unknown[] = [];
  const sets = (Object.keys(columns) as (keyof typeof columns)[]).flatMap((column) => {
    const [old, now] = columns[column];
    if (!changes.some(({ marks }) => marks.some((change) => change[old] !== change[now]))) return [];
    const arms = changes.map(({ attemptId, marks }) => {
      values.push(attemptId);
      const inner = marks.map((change) => `WHEN ${change[0]} THEN ${literal(change[now], values)}`);
      return `WHEN ? THEN CASE ${quote('number')} ${inner.join(' ')} END`;
    });
    return [`${quote(column)} = CASE ${quote('attempt_id')} ${arms.join(' ')} END`];
  });
  const rows = changes.map(({ attemptId, marks }) => {
    const numbers = marks.map(([number]) => number);
    values.push(attemptId);
    // The range finds the rows in one go; the sum keeps a server from looking up each number by itself.
    const range = `BETWEEN ${Math.min(...numbers)} AND ${Math.max(...numbers)}`;
    const number = quote('number');
    return `(${quote('attempt_id')} = ? AND ${number} ${range} AND ${number} + 0 IN (${numbers.join(', ')}))`;
  });
  await uow.manager.query(`UPDATE ${quote('exam_mark')} SET ${sets.join(', ')} WHERE ${rows.join(' OR ')}`, values);
}

function literal(value: number | string | null, values: unknown[]): string {
  if (value === null || typeof value === 'number') return String(value ?? 'NULL');
  values.push(value);
  return '?';
}
