import type { EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { UniqueViolation } from './db-errors.js';
import { dialects } from './dialect.js';
import type { UnitOfWork } from './unit-of-work.js';

const chunkRows = 200;

/** Plain inserts in chunks, inside the caller's transaction. */
export async function insertRows<T extends ObjectLiteral>(
  uow: UnitOfWork,
  entity: EntityTarget<T>,
  rows: readonly Partial<T>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += chunkRows) {
    await insertChunk(uow, entity, rows.slice(start, start + chunkRows));
  }
}

/** Inserts what is not there yet and returns how many rows were new. Only a taken unique key is passed over. */
export async function insertIgnore<T extends ObjectLiteral>(
  uow: UnitOfWork,
  entity: EntityTarget<T>,
  given: Partial<T> | readonly Partial<T>[],
): Promise<number> {
  const rows = Array.isArray(given) ? (given as readonly Partial<T>[]) : [given as Partial<T>];
  let inserted = 0;
  for (let start = 0; start < rows.length; start += chunkRows) {
    inserted += await insertNew(uow, entity, rows.slice(start, start + chunkRows));
  }
  return inserted;
}

async function insertNew<T extends ObjectLiteral>(
  uow: UnitOfWork,
  entity: EntityTarget<T>,
  rows: readonly Partial<T>[],
): Promise<number> {
  try {
    await insertChunk(uow, entity, rows);
    return rows.length;
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    if (rows.length === 1) return 0;
  }
  let inserted = 0;
  for (const row of rows) inserted += await insertNew(uow, entity, [row]);
  return inserted;
}

/** The insert builder, not `manager.insert`: it must not write generated values back into the caller's objects. */
async function insertChunk<T extends ObjectLiteral>(
  uow: UnitOfWork,
  entity: EntityTarget<T>,
  rows: readonly Partial<T>[],
): Promise<void> {
  if (rows.length === 0) return;
  await uow.manager
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values(rows as never)
    .updateEntity(false)
    .execute();
}

/** The rows stay as read until the end of the transaction: FOR UPDATE where the dialect has it. */
export function forUpdate<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  uow: UnitOfWork,
): SelectQueryBuilder<T> {
  return dialects[uow.dialect].forUpdate === '' ? query : query.setLock('pessimistic_write');
}

/** As {@link forUpdate}, passing over rows that another worker holds: for queues. */
export function forUpdateSkipLocked<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  uow: UnitOfWork,
): SelectQueryBuilder<T> {
  return dialects[uow.dialect].forUpdate === '' ? query : query.setLock('pessimistic_write').setOnLocked('skip_locked');
}
