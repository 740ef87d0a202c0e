export { ReadAtAGlance } from './gateway-messages.js';
export type { Glance } from './gateway-messages.js';
export { GuardedGateway } from './guarded-gateway.js';
export { messageLimit, validated } from './message-path.js';
export { identify, identityOf } from './socket-identity.js';
export type { SocketIdentity } from './socket-identity.js';
export { socketMetrics } from './socket-metrics.js';
