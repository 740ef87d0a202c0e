export * from './memory-room-log.js';
export * from './fake-timers.js';
export * from './counter-machine.js';
