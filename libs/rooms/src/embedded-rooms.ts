import { Injectable } from '@nestjs/common';
import { newId } from '@xuekao/kernel';
import { OwnerUnreachable, RoomDirectory, RoomLink } from './room-directory.js';

/** One process: it owns every room it is asked for. */
@Injectable()
export class EmbeddedRoomDirectory extends RoomDirectory {
  readonly nodeId = `node-${newId()}`;
  readonly isShared = false;
  override async ownerFor(): Promise<string> {
    return this.nodeId;
  }
  override isOwnedHere(): boolean {
    return true;
  }
  override async release(): Promise<void> {}
  override retire(): void {}
  override doubt(): void {}
  override onLost(): void {}
}

/** One process: there is nobody to ask. */
@Injectable()
export class EmbeddedRoomLink extends RoomLink {
  override async ask(nodeId: string): Promise<unknown> {
    throw new OwnerUnreachable(nodeId);
  }
  override serve(): void {}
  override async summon(): Promise<void> {}
}
