export { RedisConnections, RedisUnavailable } from './redis-connections.js';
export { ScaledAdaptersModule } from './scaled-adapters.module.js';
export type { ScaledAdaptersOptions } from './scaled-adapters.module.js';
