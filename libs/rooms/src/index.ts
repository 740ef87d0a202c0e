export * from './machine.js';
export * from './room-host.js';
export * from './room-log.js';
export * from './room-memory.js';
export * from './room-sink.js';
export * from './timers.js';
