import { Counter, Gauge, Histogram, register } from 'prom-client';

function once<T>(name: string, make: () => T): T {
  return (register.getSingleMetric(name) as T | undefined) ?? make();
}

/** Figures of every gateway, in the process' default registry. */
export const socketMetrics = {
  sockets: once('xuekao_sockets', () => new Gauge({ name: 'xuekao_sockets', help: 'Open sockets' })),
  refused: once(
    'xuekao_socket_refused_total',
    () =>
      new Counter({
        name: 'xuekao_socket_refused_total',
        help: 'Messages refused, by problem code',
        labelNames: ['code'],
      }),
  ),
  ackSeconds: once(
    'xuekao_socket_ack_seconds',
    () =>
      new Histogram({
        name: 'xuekao_socket_ack_seconds',
        help: 'Time from arrival of a message to its acknowledgement',
        labelNames: ['message'],
        buckets: [0.002, 0.005, 0.01, 0.02, 0.03, 0.045, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1, 2.5],
      }),
  ),
};
