import { Counter, Gauge, register } from 'prom-client';
import type { Instant } from '@xuekao/kernel';

/** The hosts of this process, for the gauges below. */
export const runningRooms = new Set<{ readonly oldestUncommittedAt: Instant | null }>();

function once<T>(name: string, make: () => T): T {
  return (register.getSingleMetric(name) as T | undefined) ?? make();
}

const counter = (name: string, help: string): Counter => once(name, () => new Counter({ name, help }));

function gauge(name: string, help: string, measure: () => number): Gauge {
  const collect = function collect(this: Gauge): void {
    this.set(measure());
  };
  return once(name, () => new Gauge({ name, help, collect }));
}

/** Seconds since the oldest command came that is in no log yet; 0 where nothing waits. */
function logLagSeconds(): number {
  const oldest = Math.min(...[...runningRooms].map((room) => room.oldestUncommittedAt ?? Infinity));
  return Number.isFinite(oldest) ? Math.max(0, Date.now() - oldest) / 1000 : 0;
}

/** Figures of the rooms of this process, in its default registry. */
export const roomMetrics = {
  rooms: gauge('xuekao_rooms', 'Rooms that this process runs', () => runningRooms.size),
  rows: counter('xuekao_room_rows_total', 'Rows written to the logs of rooms'),
  commands: counter('xuekao_room_commands_total', 'Commands that rooms have decided'),
  droppedTicks: counter('xuekao_room_ticks_dropped_total', 'Counters that gave way to questions and answers'),
  logLag: gauge('xuekao_room_log_lag_seconds', 'Age of the oldest command that is in no log yet', logLagSeconds),
};
