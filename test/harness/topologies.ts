import { hasScaled, startScaled } from './scaled-topology.js';
import { startStandalone } from './topology.js';
import type { TopologyKind } from './topology.js';

const only = process.env.TEST_DATABASES?.split(',');
const standalone: TopologyKind = { name: 'standalone on SQLite', start: () => startStandalone() };
const scaled: TopologyKind = { name: 'api, realtime and worker on a server database and Redis', start: startScaled };

/** The ways of running the product that this machine can try. */
export const topologies: readonly TopologyKind[] = [
  ...(!only || only.includes('sqlite') ? [standalone] : []),
  ...(hasScaled && (!only || only.some((name) => name !== 'sqlite')) ? [scaled] : []),
];
