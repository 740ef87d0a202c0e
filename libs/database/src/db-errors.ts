import { QueryFailedError } from 'typeorm';
import type { DataSource } from 'typeorm';

export class DatabaseError extends Error {}

/** A row with these values is there already. `constraint` is the constraint's name, or `PRIMARY`. */
export class UniqueViolation extends DatabaseError {
  constructor(
    readonly table: string,
    readonly constraint: string,
    cause: unknown,
  ) {
    super(`Unique key ${constraint} of ${table} violated`, { cause });
  }
}
export class ForeignKeyViolation extends DatabaseError {}
/** A value that the column's type, length or check does not allow. */
export class ValueRefused extends DatabaseError {}
export class Deadlock extends DatabaseError {}
export class Busy extends DatabaseError {}
export class ReadOnlyViolation extends DatabaseError {}
export class StorageFull extends DatabaseError {}
export class StorageUnavailable extends DatabaseError {}

interface DriverError {
  readonly errno?: number;
  readonly errcode?: number;
  readonly code?: string;
  readonly message: string;
}

const lostConnection = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'POOL_CLOSED',
]);

/** Names a driver's error; what it does not know comes back unchanged. */
export function mapDatabaseError(error: unknown, dataSource: DataSource): unknown {
  if (error instanceof DatabaseError) return error;
  const driver = (error instanceof QueryFailedError ? error.driverError : error) as DriverError | null;
  if (typeof driver !== 'object' || driver === null || typeof driver.message !== 'string') return error;
  if (driver.code === 'ERR_SQLITE_ERROR') return mapSqlite(driver, error, dataSource);
  if (driver.code !== undefined && lostConnection.has(driver.code)) {
    return new StorageUnavailable(driver.message, { cause: error });
  }
  return typeof driver.errno === 'number' ? mapMysql(driver, error) : error;
}

function mapSqlite(driver: DriverError, error: unknown, dataSource: DataSource): unknown {
  const options = { cause: error };
  switch (driver.errcode) {
    case 1555:
    case 2067:
      return sqliteUnique(driver.message, error, dataSource);
    case 787:
      return new ForeignKeyViolation(driver.message, options);
    case 275:
    case 1299:
      return new ValueRefused(driver.message, options);
    case 13:
      return new StorageFull(driver.message, options);
    default:
  }
  switch ((driver.errcode ?? 0) & 0xff) {
    case 5:
    case 6:
      return new Busy(driver.message, options);
    case 8:
      return new ReadOnlyViolation(driver.message, options);
    case 10:
    case 14:
      return new StorageUnavailable(driver.message, options);
    default:
      return error;
  }
}

/** SQLite names the columns, not the constraint: the entity metadata has the name. */
function sqliteUnique(message: string, error: unknown, dataSource: DataSource): UniqueViolation {
  const columns = message
    .slice(message.indexOf(':') + 1)
    .split(',')
    .map((part) => part.trim().split('.'));
  const table = columns[0]?.[0] ?? '';
  const names = columns
    .map((part) => part[1])
    .toSorted()
    .join();
  const metadata = dataSource.entityMetadatas.find((each) => each.tableName === table);
  const unique = metadata?.uniques.find(
    (each) =>
      each.columns
        .map((column) => column.databaseName)
        .toSorted()
        .join() === names,
  );
  return new UniqueViolation(table, unique?.name ?? 'PRIMARY', error);
}

function mapMysql(driver: DriverError, error: unknown): unknown {
  const options = { cause: error };
  switch (driver.errno) {
    case 1062:
    case 1586: {
      const key = /for key '(?:([^'.]+)\.)?([^']+)'/.exec(driver.message);
      return new UniqueViolation(key?.[1] ?? '', key?.[2] ?? '', error);
    }
    case 1216:
    case 1217:
    case 1451:
    case 1452:
      return new ForeignKeyViolation(driver.message, options);
    case 1048:
    case 1264:
    case 1265:
    case 1366:
    case 1406:
    case 3819:
    case 4025:
      return new ValueRefused(driver.message, options);
    case 1213:
    case 1020:
      return new Deadlock(driver.message, options);
    case 1205:
      return new Busy(driver.message, options);
    case 1290:
    case 1792:
    case 1836:
      return new ReadOnlyViolation(driver.message, options);
    case 1021:
    case 1114:
    case 3:
      return new StorageFull(driver.message, options);
    case 1040:
    case 1053:
    case 2006:
    case 2013:
      return new StorageUnavailable(driver.message, options);
    default:
      return error;
  }
}
