import type { Instant, Refusal, Rng } from '@xuekao/kernel';

/** Who looks at a room: an audience sees the same broadcasts; a seat also gets what is meant for it alone. */
export interface RoomViewer {
  readonly audience: string;
  /** The key under which the machine knows the holder of a seat. */
  readonly seat: string | null;
}

/** What the room does by itself at an instant unless something happens before. */
export interface Deadline<Command> {
  readonly at: Instant;
  readonly command: Command;
}

/**
 * A room as pure functions. State belongs to one host: `evolve` may change the state it is given and return it, because
 * copying ten thousand seats for every answer would make a batch quadratic. Everything in an event is decided, never derived
 * from the clock while folding, so that a replay gives the same state to the byte.
 */
export interface RoomMachine<State, Command, Event, View> {
  /** Name of the kind of room, stored with it. */
  readonly kind: string;
  /** Version of the snapshot's shape; a snapshot of another version is passed over and the log folded from its start. */
  readonly version: number;
  /** The audiences by name, with the least time between two counters. */
  readonly audiences: Readonly<Record<string, { readonly progressMs: number }>>;
  initial(roomId: string): State;
  /** The facts that follow from a command, none when nothing changes, or an expected refusal. Never changes the state. */
  decide(state: State, command: Command, now: Instant, rng: Rng): readonly Event[] | Refusal;
  evolve(state: State, event: Event): State;
  nextDeadline(state: State): Deadline<Command> | null;
  /** The command that gives back the time in which nobody ran the room; null when no clock was running. */
  afterOutage(state: State, from: Instant, to: Instant): Command | null;
  isOver(state: State): boolean;
  /** True for commands that must not wait for company, such as a press of the buzzer: the batch is written at once. */
  isUrgent?(command: Command): boolean;
  viewFor(state: State, viewer: RoomViewer): View;
  /**
   * The parts of a viewer's view that no frame tells, such as counters and his own result. With them over the frames he missed
   * he sees what a fresh view would show. Viewers with a seat always get a view from a machine without it.
   */
  untold?(state: State, viewer: RoomViewer): unknown;
  /** Answers to questions that no view holds, such as pages of a long list. The asking lib has seen to the right. */
  inspect?(state: State, inquiry: unknown): unknown;
  visible(event: Event, audience: string): 'full' | 'skip';
  /** Messages for single seats that follow from an event. */
  personal(state: State, event: Event): Iterable<readonly [seat: string, message: unknown]>;
  /** Counters of the moment for an audience; null for none. Sent at most twice a second, and may be lost. */
  progress(state: State, audience: string): unknown;
  encode(state: State): string;
  decode(text: string): State;
}

/** A machine whose types only its own lib knows; rooms moves its commands, events and views as opaque JSON. */
export type OpaqueMachine = RoomMachine<unknown, unknown, unknown, unknown>;

export function opaque<State, Command, Event, View>(machine: RoomMachine<State, Command, Event, View>): OpaqueMachine {
  return machine as unknown as OpaqueMachine;
}
