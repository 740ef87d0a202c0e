import type { AppConfig } from '@xuekao/platform';

/**
 * Where the server listens. A hall comes in at once: a connection that finds the queue full is reset without a word, and Node's
 * own 511 are gone in one stall of a second. The system's `net.core.somaxconn` bounds it further.
 */
export const doorwayOf = ({ port, host }: AppConfig): { port: number; host: string; backlog: number } => ({
  port,
  host,
  backlog: 4_096,
});
