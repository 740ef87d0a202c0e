export { GuardedGateway } from './guarded-gateway.js';
export { SocketContextInterceptor } from './socket-context.interceptor.js';
export { identify, identityOf } from './socket-identity.js';
export type { SocketIdentity } from './socket-identity.js';
export { socketMetrics } from './socket-metrics.js';
export { SocketProblemFilter } from './socket-problem.filter.js';
export { messageLimit, SocketGuard } from './socket.guard.js';
