import { refuse } from '@xuekao/kernel';
import type { RoomMachine } from '../machine.js';

export interface Counter {
  total: number;
  readonly by: Map<number, number>;
  /** The counter adds 100 by itself at this instant. */
  dueAt: number | null;
  over: boolean;
}

export type CounterCommand =
  | { readonly type: 'add'; readonly n: number; readonly seat: number }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'ring' }
  | { readonly type: 'outage'; readonly ms: number }
  | { readonly type: 'finish' };

export type CounterEvent =
  | { readonly type: 'added'; readonly n: number; readonly seat: number }
  | { readonly type: 'waiting'; readonly until: number }
  | { readonly type: 'rang' }
  | { readonly type: 'shifted'; readonly byMs: number }
  | { readonly type: 'finished' };

/** The smallest room that has batches, a clock, secrets and an end. */
export const counterMachine: RoomMachine<Counter, CounterCommand, CounterEvent, unknown> = {
  kind: 'test.counter',
  version: 1,
  audiences: { seats: { progressMs: 1000 }, board: { progressMs: 500 } },
  initial: () => ({ total: 0, by: new Map(), dueAt: null, over: false }),
  decide(state, command, now) {
    if (state.over) return refuse('rooms.closed');
    switch (command.type) {
      case 'add':
        if (command.n < 0) return refuse('request.invalid', { n: command.n });
        return command.n === 0 ? [] : [{ type: 'added', n: command.n, seat: command.seat }];
      case 'wait':
        return [{ type: 'waiting', until: now + command.ms }];
      case 'ring':
        return [{ type: 'rang' }];
      case 'outage':
        return [{ type: 'shifted', byMs: command.ms }];
      case 'finish':
        return [{ type: 'finished' }];
    }
  },
  evolve(state, event) {
    if (event.type === 'added') {
      state.total += event.n;
      state.by.set(event.seat, (state.by.get(event.seat) ?? 0) + event.n);
    } else if (event.type === 'waiting') state.dueAt = event.until;
    else if (event.type === 'rang') {
      state.total += 100;
      state.dueAt = null;
    } else if (event.type === 'shifted') state.dueAt = (state.dueAt ?? 0) + event.byMs;
    else state.over = true;
    return state;
  },
  nextDeadline: (state) => (state.dueAt === null ? null : { at: state.dueAt, command: { type: 'ring' } }),
  afterOutage: (state, from, to) => (state.dueAt === null ? null : { type: 'outage', ms: to - from }),
  isOver: (state) => state.over,
  isUrgent: (command) => command.type === 'wait' && command.ms >= 50_000,
  viewFor: (state, { seat }) => ({
    total: state.total,
    mine: seat === null ? null : (state.by.get(Number(seat)) ?? 0),
  }),
  visible: (event, audience) => (event.type === 'added' && audience === 'seats' ? 'skip' : 'full'),
  personal: (_state, event) => (event.type === 'rang' ? [['1', { rang: true }]] : []),
  progress: (state) => ({ total: state.total }),
  encode: (state) => JSON.stringify({ ...state, by: [...state.by] }),
  decode(text) {
    const stored = JSON.parse(text) as Omit<Counter, 'by'> & { by: [number, number][] };
    return { ...stored, by: new Map(stored.by) };
  },
};
