import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import type { DataSourceOptions, EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import { prepareMetadata } from './columns.js';
import { mapDatabaseError, StorageUnavailable } from './db-errors.js';
import type { Dialect } from './dialect.js';
import { migrate } from './migrate.js';
import { supportedServerAt } from './server-version.js';
import { NodeSqlite } from './sqlite/node-sqlite.js';
import { WalKeeper } from './sqlite/wal-keeper.js';
import { FifoMutex, TypeOrmUnitOfWork } from './unit-of-work.js';
import type { UnitOfWork } from './unit-of-work.js';

export type Entities = readonly EntityTarget<ObjectLiteral>[];

export interface DatabaseOptions {
  /** `mysql://user:password@host:port/name`; absent = the embedded file. */
  readonly url?: string | undefined;
  /** Path of the embedded SQLite file. */
  readonly file?: string | undefined;
  readonly entities: Entities;
  /** Connections of the MySQL pool, for each of the writing and the reading side. */
  readonly poolSize?: number;
  /** False where another process migrates: the schema version is then only checked. */
  readonly migrate?: boolean;
}

export interface OpenDatabase {
  readonly writer: DataSource;
  readonly reader: DataSource;
  readonly uow: UnitOfWork;
  readonly dialect: Dialect;
  close(): Promise<void>;
}

/** Decorator metadata is process-wide and dialect-dependent while it is built, so only one source builds it at a time. */
const building = new FifoMutex();

/** Opens the writing and the reading side, migrates or checks the schema version, and fails with one clear sentence. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { keeper, ...opened } = options.url ? await openMysql(options, options.url) : await openSqlite(options);
  return {
    ...opened,
    async close() {
      await opened.reader.destroy();
      await keeper?.close();
      await opened.writer.destroy();
    },
  };
}

async function initialise(dialect: Dialect, dataSource: DataSource): Promise<DataSource> {
  await building.hold(async () => {
    prepareMetadata(dialect);
    await dataSource.initialize();
  });
  return nameErrors(dataSource);
}

/** Every query of the source, whoever makes it, fails with a named database error. */
function nameErrors(dataSource: DataSource): DataSource {
  const named = new WeakSet<QueryRunner>();
  const create = dataSource.createQueryRunner.bind(dataSource);
  dataSource.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (named.has(runner)) return runner;
    named.add(runner);
    const query = runner.query.bind(runner) as (...call: unknown[]) => Promise<unknown>;
    runner.query = (async (...call: unknown[]) => {
      try {
        return await query(...call);
      } catch (error) {
        throw mapDatabaseError(error, dataSource);
      }
    }) as typeof runner.query;
    return runner;
  };
  return dataSource;
}

/** Pages kept in memory, filled only as far as they are used: SQLite's own 2 MB make bulk writes read every page again. */
const writerCacheKib = 65_536;
const readerCacheKib = 32_768;

/** A net below the keeper's checkpoints: an import without a pause must not make a log without end. About 64 MB. */
const longestWalPages = 16_000;

interface Opened extends Omit<OpenDatabase, 'close'> {
  readonly keeper?: WalKeeper;
}

async function openSqlite(options: DatabaseOptions): Promise<Opened> {
  if (!options.file) throw new Error('The embedded database needs a file path');
  await mkdir(dirname(options.file), { recursive: true });
  const base = {
    type: 'better-sqlite3',
    database: options.file,
    driver: NodeSqlite,
    timeout: 5000,
    entities: options.entities as never,
    logging: false,
  } as const;
  const writer = await initialise(
    'sqlite',
    new DataSource({
      ...base,
      prepareDatabase: (database: NodeSqlite) => {
        database.pragma('journal_mode = WAL');
        database.pragma('synchronous = FULL');
        database.pragma(`cache_size = -${writerCacheKib}`);
        database.pragma(`wal_autocheckpoint = ${longestWalPages}`);
      },
    } as DataSourceOptions),
  );
  await settleSchema(writer, 'sqlite', options);
  const reader = await initialise(
    'sqlite',
    new DataSource({
      ...base,
      readonly: true,
      prepareDatabase: (database: NodeSqlite) => {
        database.pragma(`cache_size = -${readerCacheKib}`);
      },
    } as DataSourceOptions),
  );
  // From here on whoever commits waits for the keeper instead of stopping everybody for the disk (ADR 0009).
  await writer.query('PRAGMA synchronous = NORMAL');
  const keeper = new WalKeeper(options.file);
  const durable = (): Promise<void> =>
    keeper.durable().catch((cause: Error) => {
      throw new StorageUnavailable('What was committed may not have reached the disk', { cause });
    });
  const uow = new TypeOrmUnitOfWork(writer, reader, 'sqlite', { mutex: new FifoMutex(), durable });
  return { writer, reader, dialect: 'sqlite', uow, keeper };
}

interface PoolConnection {
  query(sql: string): void;
}
interface Pool {
  on(event: 'connection', listener: (connection: PoolConnection) => void): void;
}

const strictMode =
  "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";

/** For the session: TypeORM's own option would say it in a round trip of its own before every transaction. */
const isolation = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

async function openMysql(options: DatabaseOptions, url: string): Promise<Opened> {
  const server = await supportedServerAt(url);
  const base = {
    // TypeORM reads MariaDB's catalogue rightly only when it is told which of the two it meets.
    type: server === 'MariaDB' ? 'mariadb' : 'mysql',
    url,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: options.poolSize ?? 10,
    connectTimeout: 5000,
    entities: options.entities as never,
    logging: false,
    extra: { enableKeepAlive: true },
  } as const;
  const open = async (session: readonly string[]): Promise<DataSource> => {
    const source = await initialise('mysql', new DataSource(base as unknown as DataSourceOptions));
    const pool = (source.driver as unknown as { pool: Pool }).pool;
    pool.on('connection', (connection) => session.forEach((statement) => connection.query(statement)));
    for (const statement of session) await source.query(statement);
    return source;
  };
  const writer = await open([strictMode, isolation]);
  await settleSchema(writer, 'mysql', options);
  const reader = await open([strictMode, isolation, 'SET SESSION TRANSACTION READ ONLY']);
  return { writer, reader, dialect: 'mysql', uow: new TypeOrmUnitOfWork(writer, reader, 'mysql') };
}

async function settleSchema(writer: DataSource, dialect: Dialect, options: DatabaseOptions): Promise<void> {
  await migrate(writer, dialect, { apply: options.migrate ?? true });
}
