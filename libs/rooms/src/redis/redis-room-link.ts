import type { Redis } from 'ioredis';
import { newId } from '@xuekao/kernel';
import { HostStopped } from '../host-needs.js';
import { StaleOwner } from '../room-log.js';
import { OwnerUnreachable, RoomLink } from '../room-directory.js';
import type { RoomQuestion } from '../room-directory.js';
import { detached } from '../timers.js';
import type { RedisSubscriptions } from './redis-subscriptions.js';

const answerWithinMs = 3_000;
const summonChannel = 'xuekao:rooms:summon';
const channelOf = (nodeId: string): string => `xuekao:rooms:node:${nodeId}`;

type Letter =
  | { readonly kind: 'ask'; readonly id: string; readonly from: string; readonly question: RoomQuestion }
  | { readonly kind: 'answer'; readonly id: string; readonly value: unknown }
  | { readonly kind: 'not-owner'; readonly id: string }
  | { readonly kind: 'fault'; readonly id: string; readonly message: string };

interface Waiting {
  readonly nodeId: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Questions and answers between nodes over Redis pub/sub. A lost letter is a timeout, and the question is asked again. */
export class RedisRoomLink extends RoomLink {
  private readonly waiting = new Map<string, Waiting>();
  private answerQuestion: (question: RoomQuestion) => Promise<unknown> = async () => {
    throw new OwnerUnreachable(this.nodeId);
  };

  constructor(
    private readonly redis: Redis,
    private readonly subscriptions: RedisSubscriptions,
    private readonly nodeId: string,
  ) {
    super();
    void this.subscriptions.add(channelOf(nodeId), (text) => this.receive(JSON.parse(text) as Letter));
  }

  override ask(nodeId: string, question: RoomQuestion): Promise<unknown> {
    const id = newId();
    return new Promise((resolve, reject) => {
      const giveUp = (): void => this.settle(id, ({ reject: fail }) => fail(new OwnerUnreachable(nodeId)));
      const timer = setTimeout(giveUp, answerWithinMs);
      this.waiting.set(id, { nodeId, resolve, reject, timer });
      this.post(nodeId, { kind: 'ask', id, from: this.nodeId, question }).then(
        // Nobody listens on a dead node's channel, so there is no need to wait for its silence.
        (listeners) => (listeners === 0 ? giveUp() : undefined),
        giveUp,
      );
    });
  }

  override serve(answer: (question: RoomQuestion) => Promise<unknown>, summoned: (roomId: string) => void): void {
    this.answerQuestion = answer;
    void this.subscriptions.add(summonChannel, summoned);
  }

  override async summon(roomId: string): Promise<void> {
    await this.redis.publish(summonChannel, roomId);
  }

  private post(nodeId: string, letter: Letter): Promise<number> {
    return this.redis.publish(channelOf(nodeId), JSON.stringify(letter));
  }

  private receive(letter: Letter): void {
    switch (letter.kind) {
      case 'ask':
        return void detached(() => this.reply(letter.from, letter.id, letter.question));
      case 'answer':
        return this.settle(letter.id, ({ resolve }) => resolve(letter.value));
      case 'not-owner':
        return this.settle(letter.id, ({ reject, nodeId }) => reject(new OwnerUnreachable(nodeId)));
      case 'fault':
        return this.settle(letter.id, ({ reject }) => reject(new Error(letter.message)));
    }
  }

  private async reply(to: string, id: string, question: RoomQuestion): Promise<void> {
    const letter = await this.answerQuestion(question).then(
      (value): Letter => ({ kind: 'answer', id, value }),
      (error: unknown): Letter => letterOfError(id, error),
    );
    await this.post(to, letter).catch(() => undefined);
  }

  private settle(id: string, how: (waiting: Waiting) => void): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    how(waiting);
  }
}

function letterOfError(id: string, error: unknown): Letter {
  const isPassing = error instanceof OwnerUnreachable || error instanceof HostStopped || error instanceof StaleOwner;
  if (isPassing) return { kind: 'not-owner', id };
  return {
    kind: 'fault',
    id,
    message: `The room's owner failed: ${error instanceof Error ? error.message : String(error)}`,
  };
}
