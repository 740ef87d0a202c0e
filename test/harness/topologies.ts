import { startStandalone } from './topology.js';
import type { TopologyKind } from './topology.js';

/** The ways of running the product that this machine can try. */
export const topologies: readonly TopologyKind[] = [{ name: 'standalone on SQLite', start: () => startStandalone() }];
