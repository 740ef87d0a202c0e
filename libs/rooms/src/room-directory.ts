/** Port: which node owns a room. The directory only speeds things up; the epoch in the database decides who may write. */
export abstract class RoomDirectory {
  abstract readonly nodeId: string;
  /** True where other nodes exist: orphaned rooms are then looked for all the time, not at start alone. */
  abstract readonly isShared: boolean;
  /** The owner's name: this node, which becomes owner where nobody was; null where nobody is and this node owns no rooms. */
  abstract ownerFor(roomId: string): Promise<string | null>;
  /** True where this node is known to be the owner without asking anybody. */
  abstract isOwnedHere(roomId: string): boolean;
  abstract release(roomId: string): Promise<void>;
  /** This node is about to end: it keeps what it owns until released, and takes no room any more. */
  abstract retire(): void;
  /** The owner that was told did not answer: look anew next time. */
  abstract doubt(roomId: string): void;
  /** Called with rooms this node has lost to another or to time. */
  abstract onLost(lost: (roomId: string) => void): void;
}

/** What one node asks of a room's owner. */
export type RoomQuestion =
  | { readonly ask: 'submit'; readonly roomId: string; readonly id: string; readonly command: unknown }
  | { readonly ask: 'inspect'; readonly roomId: string; readonly inquiry: unknown }
  | { readonly ask: 'view'; readonly roomId: string; readonly audience: string; readonly seat: string | null }
  | {
      readonly ask: 'catch-up';
      readonly roomId: string;
      readonly audience: string;
      readonly seat: string | null;
      readonly lastSeq: number;
    };

/** The owner did not answer in time: he may be dead, or the answer lost. Asking again with the same command id is safe. */
export class OwnerUnreachable extends Error {
  constructor(nodeId: string) {
    super(`Node ${nodeId} did not answer as owner`);
  }
}

/** Port: the way to other nodes. */
export abstract class RoomLink {
  abstract ask(nodeId: string, question: RoomQuestion): Promise<unknown>;
  /** `answer` rejects with a passing error where this node is not the owner; `summoned` offers a room that nobody owns. */
  abstract serve(answer: (question: RoomQuestion) => Promise<unknown>, summoned: (roomId: string) => void): void;
  /** Asks any node that owns rooms to take this one. */
  abstract summon(roomId: string): Promise<void>;
}
