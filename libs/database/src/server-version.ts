import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';

export class ServerNotSupported extends Error {}

/** Parses `VERSION()`; undefined for text without a version. */
export function serverOf(
  version: string,
): { name: 'MySQL' | 'MariaDB'; major: number; minor: number; patch: number } | undefined {
  const match = /(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!match) return undefined;
  const [major, minor, patch] = match.slice(1).map(Number) as [number, number, number];
  return { name: /mariadb/i.test(version) ? 'MariaDB' : 'MySQL', major, minor, patch };
}

/** MySQL 8.0.16 or MariaDB 10.6 and newer: older servers ignore CHECK constraints or lack SKIP LOCKED. */
export function isSupported(version: string): boolean {
  const server = serverOf(version);
  if (!server) return false;
  const value = server.major * 1_000_000 + server.minor * 1000 + server.patch;
  return value >= (server.name === 'MariaDB' ? 10_006_000 : 8_000_016);
}

/** Which server answers at the address. Refuses one that is too old with a sentence. */
export async function supportedServerAt(url: string): Promise<'MySQL' | 'MariaDB'> {
  const connection = await createConnection({ uri: url, connectTimeout: 5000 });
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    const version = String(rows[0]?.version ?? '');
    const server = serverOf(version);
    if (!server || !isSupported(version)) {
      throw new ServerNotSupported(
        `Database server ${version} is not supported: MySQL 8.0.16 or newer, or MariaDB 10.6 or newer, is needed`,
      );
    }
    return server.name;
  } finally {
    await connection.end();
  }
}
