import type { EntityMetadata, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
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

interface Replacing {
  readonly columns: EntityMetadata['columns'];
  sqlOf(rows: number): string;
}

const replacing = new WeakMap<EntityMetadata, Replacing>();

function replacingOf(metadata: EntityMetadata, guard: string, uow: UnitOfWork): Replacing {
  const known = replacing.get(metadata);
  if (known) return known;
  const { quote, replaceOlder } = dialects[uow.dialect];
  const names = metadata.columns.map((column) => column.databaseName);
  const key = metadata.primaryColumns.map((column) => column.databaseName);
  const guardName = metadata.findColumnWithPropertyName(guard)!.databaseName;
  const others = names.filter((name) => !key.includes(name) && name !== guardName);
  const head = `INSERT INTO ${quote(metadata.tableName)} (${names.map(quote).join(', ')}) VALUES `;
  const row = `(${names.map(() => '?').join(', ')})`;
  const tail = replaceOlder(metadata.tableName, key, others, guardName);
  const texts = new Map<number, string>();
  const made: Replacing = {
    columns: metadata.columns,
    sqlOf(rows) {
      const text = texts.get(rows) ?? head + Array.from({ length: rows }, () => row).join(', ') + tail;
      texts.set(rows, text);
      return text;
    },
  };
  replacing.set(metadata, made);
  return made;
}

/** Few lengths, so that the statements stay prepared: 64, 32, 16, … rows, the largest first. */
export function* inPowers<T>(rows: readonly T[], largest = 64): Generator<readonly T[]> {
  let size = largest;
  for (let start = 0; start < rows.length; start += size) {
    while (size > rows.length - start) size /= 2;
    yield rows.slice(start, start + size);
  }
}

/**
 * Inserts rows, and replaces a stored row of the same primary key where the given `guard` is larger than the stored one. In
 * raw statements of many rows, for the hot paths. The keys of the rows differ from each other.
 */
export async function insertOrReplaceOlder<T extends ObjectLiteral>(
  uow: UnitOfWork,
  entity: EntityTarget<T>,
  rows: readonly T[],
  guard: keyof T & string,
): Promise<void> {
  if (rows.length === 0) return;
  const { manager } = uow;
  const { columns, sqlOf } = replacingOf(manager.connection.getMetadata(entity), guard, uow);
  const { driver } = manager.connection;
  for (const some of inPowers(rows)) {
    const values: unknown[] = [];
    for (const row of some) {
      for (const column of columns) values.push(driver.preparePersistentValue(row[column.propertyName], column));
    }
    await manager.query(sqlOf(some.length), values);
  }
}

/** Runs one raw statement in the caller's transaction, for the hot paths, and returns how many rows it changed. */
export async function affectedBy(uow: UnitOfWork, sql: string, parameters: readonly unknown[]): Promise<number> {
  const runner = uow.manager.queryRunner;
  if (!runner) throw new Error('A raw statement that writes needs a transaction');
  const { affected } = await runner.query(sql, [...parameters], true);
  return affected ?? 0;
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
