import type { RoomReceipt } from '@xuekao/contracts';
import { isRefusal, seededRng } from '@xuekao/kernel';
import type { Instant, Refusal, Rng } from '@xuekao/kernel';
import type { OpaqueMachine } from './machine.js';
import type { Waiting } from './mailbox.js';
import type { RowBody } from './room-log.js';
import type { RoomMemory } from './room-memory.js';

export interface Decided {
  readonly body: RowBody<unknown>;
  /** To be given once the body is committed. */
  readonly replies: readonly (() => void)[];
}

/** Decides and folds the commands of a batch one after the other; nothing is answered yet. */
export function decideBatch(machine: OpaqueMachine, memory: RoomMemory, batch: readonly Waiting[]): Decided {
  const seq = memory.seq + 1;
  const commands: [string, Instant][] = [];
  const events: unknown[] = [];
  const replies: (() => void)[] = [];
  const inThisRow = new Map<string, RoomReceipt>();
  for (const { id, command, at: arrivedAt, resolve, reject } of batch) {
    const known = memory.receiptOf(id) ?? inThisRow.get(id);
    if (known) {
      replies.push(() => resolve(known));
      continue;
    }
    const at = Math.max(arrivedAt, memory.lastAt);
    memory.lastAt = at;
    const rng = seededRng(`${memory.roomId}:${seq}:${commands.length}`);
    const decided = tryDecide(machine, memory, command, at, rng);
    if (decided instanceof Error) {
      replies.push(() => reject(decided));
      continue;
    }
    if (isRefusal(decided)) {
      replies.push(() => resolve(decided));
      continue;
    }
    const receipt: RoomReceipt = { commandId: id, seq: decided.length > 0 ? seq : memory.seq, at };
    replies.push(() => resolve(receipt));
    if (decided.length === 0) continue;
    inThisRow.set(id, receipt);
    commands.push([id, at]);
    for (const event of decided) {
      memory.state = machine.evolve(memory.state, event);
      events.push(event);
    }
  }
  return { body: { commands, events }, replies };
}

/** A fault in one command must not take the others of its batch, and the room, with it. */
function tryDecide(
  machine: OpaqueMachine,
  memory: RoomMemory,
  command: unknown,
  at: Instant,
  rng: Rng,
): readonly unknown[] | Refusal | Error {
  try {
    return machine.decide(memory.state, command, at, rng);
  } catch (cause) {
    return new Error(`Room ${memory.roomId} could not decide a command`, { cause });
  }
}
