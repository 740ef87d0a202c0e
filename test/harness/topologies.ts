import { isEmbeddedTried } from './embedded-alone.js';
import { scaledServers, startScaled } from './scaled-topology.js';
import { startStandalone } from './topology.js';
import type { TopologyKind } from './topology.js';

const standalone: TopologyKind = { name: 'standalone on SQLite', start: () => startStandalone() };
const scaled = scaledServers.map((server): TopologyKind => ({
  name: `api, realtime and worker on ${server.name} and Redis`,
  start: () => startScaled(server),
}));

/** The ways of running the product that this machine can try. */
export const topologies: readonly TopologyKind[] = [...(isEmbeddedTried ? [standalone] : []), ...scaled];
