import { Logger } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import type { SocketReply } from '@xuekao/contracts';
import type { Access } from '../access.js';
import type { AppClock } from '../clock.js';
import { runAs, runInRequest } from '../context.js';
import type { Actor } from '../context.js';
import { problemOf } from '../http/problem-of.js';
import { validationPipe } from '../http/validation.js';
import { Refused } from '../refused.js';
import type { GatewayMessage } from './gateway-messages.js';
import { identityOf, overRate, requestIdOf } from './socket-identity.js';
import { socketMetrics } from './socket-metrics.js';

export const messageLimit = { most: 60, windowMs: 10_000 } as const;

type Ack = (reply: SocketReply<unknown>) => void;

interface Call {
  readonly socket: Socket;
  readonly message: BoundMessage;
  readonly ack: Ack | undefined;
  readonly requestId: string;
  readonly startedAt: number;
}

interface BoundMessage extends GatewayMessage {
  readonly handle: (...given: unknown[]) => unknown;
  readonly took: { observe(seconds: number): void };
}

const validation = validationPipe();

/**
 * The one way of a message to its gateway: identity, rate, policy, validation, the actor's context, acknowledgement and
 * metrics, as plain functions that are bound once. A body read at a glance for everybody or for members is in its handler's
 * hands within the same turn; nothing of a phone is kept but the socket itself.
 */
export class MessagePath {
  private readonly logger = new Logger('sockets');
  private readonly messages: ReadonlyMap<string, BoundMessage>;

  constructor(
    gateway: object,
    messages: readonly GatewayMessage[],
    private readonly access: Access,
    private readonly clock: AppClock,
  ) {
    const bind = (message: GatewayMessage): BoundMessage => ({
      ...message,
      handle: (gateway as Record<string, (...given: unknown[]) => unknown>)[message.method]!.bind(gateway),
      took: socketMetrics.ackSeconds.labels(message.name),
    });
    this.messages = new Map(messages.map((message) => [message.name, bind(message)]));
  }

  serve(namespace: Namespace): void {
    const receive = this.receive.bind(this);
    // One function for all sockets: socket.io calls it with the socket as `this`.
    function listen(this: Socket, name: string, ...given: unknown[]): void {
      receive(this, name, given);
    }
    namespace.on('connection', (socket) => socket.onAny(listen));
  }

  /** Unknown messages are passed over, as socket.io does. */
  receive(socket: Socket, name: string, given: unknown[]): void {
    const message = this.messages.get(name);
    if (!message) return;
    const last = given.at(-1);
    const ack = typeof last === 'function' ? (given.pop() as Ack) : undefined;
    const body = given.length <= 1 ? given[0] : given;
    const call = { socket, message, ack, requestId: requestIdOf(socket), startedAt: performance.now() };
    try {
      const actor = this.admitted(socket, message);
      const read = message.policy.kind === 'permission' ? undefined : message.glance?.(body);
      if (read === undefined) this.readFully(call, actor, body);
      else this.run(call, actor, read);
    } catch (error) {
      this.refuse(call, error);
    }
  }

  /** Who sends it; null for a screen. Refuses whoever may not. */
  private admitted(socket: Socket, { policy }: BoundMessage): Actor | null {
    const identity = identityOf(socket);
    if (!identity) throw new Refused('auth.required');
    const retryAfterSeconds = overRate(socket, this.clock.now(), messageLimit.most, messageLimit.windowMs);
    if (retryAfterSeconds > 0) throw new Refused('request.rate-limited', { retryAfterSeconds });
    if (identity.kind === 'screen') {
      if (policy.kind !== 'public') throw new Refused('auth.required');
      return null;
    }
    if (policy.kind === 'member' && identity.actor.memberId === null) throw new Refused('auth.members-only');
    return identity.actor;
  }

  private readFully(call: Call, actor: Actor | null, body: unknown): void {
    this.read(call.message, actor, body).then(
      (value) => this.run(call, actor, value),
      (error: unknown) => this.refuse(call, error),
    );
  }

  private async read({ policy, bodyType }: BoundMessage, actor: Actor | null, body: unknown): Promise<unknown> {
    if (policy.kind === 'permission') await runAs(actor, () => this.holdsOne(policy.anyOf));
    return bodyType ? validated(body, bodyType) : undefined;
  }

  private async holdsOne(permissions: readonly Parameters<Access['holds']>[0][]): Promise<void> {
    for (const permission of permissions) if (await this.access.holds(permission)) return;
    throw new Refused('auth.forbidden', { permission: permissions.join(' / ') });
  }

  private run(call: Call, actor: Actor | null, body: unknown): void {
    const { message, socket, requestId } = call;
    try {
      const given = message.fillings.map((filling) => (filling === 'socket' ? socket : body));
      const answer = runAs(actor, () => message.handle(...given), requestId);
      if (!(answer instanceof Promise)) return this.accept(call, answer);
      answer.then(
        (value) => this.accept(call, value),
        (error: unknown) => this.refuse(call, error),
      );
    } catch (error) {
      this.refuse(call, error);
    }
  }

  private accept({ ack, message, startedAt }: Call, value: unknown): void {
    ack?.({ ok: true, value });
    message.took.observe((performance.now() - startedAt) / 1000);
  }

  /** Acknowledges every refusal and fault with the problem object that HTTP would answer. */
  private refuse({ ack, message, requestId, startedAt }: Call, error: unknown): void {
    const { problem, isFault } = runInRequest(requestId, () => problemOf(error));
    socketMetrics.refused.inc({ code: problem.code });
    if (isFault) this.logger.error({ event: 'socket.fault', requestId, message: message.name, err: error });
    ack?.({ ok: false, problem });
    message.took.observe((performance.now() - startedAt) / 1000);
  }
}

/** The body as an instance of its class; refuses 'request.invalid' with every field's problem. */
export function validated<T extends object>(body: unknown, bodyType: Type<T>): Promise<T> {
  return validation.transform(body, { type: 'body', metatype: bodyType, data: undefined }) as Promise<T>;
}
