import 'reflect-metadata';
import { EventEmitter } from 'node:events';
import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { GatewayMetadataExplorer } from '@nestjs/websockets/gateway-metadata-explorer.js';
import { MetadataScanner } from '@nestjs/core';
import { IsInt, Max } from 'class-validator';
import type { Namespace, Socket } from 'socket.io';
import type { SocketReply } from '@xuekao/contracts';
import { currentActor, currentRequestId } from '../context.js';
import type { Actor } from '../context.js';
import { Permit, PermitMember, Public } from '../http/route-policy.js';
import { Refused } from '../refused.js';
import { closeEnded } from './close-ended.js';
import { GuardedGateway, identify, messageLimit, ReadAtAGlance } from './index.js';
import type { SocketIdentity } from './index.js';

class CountDto {
  @IsInt()
  @Max(9)
  count!: number;
}

const glance = (body: unknown): CountDto | undefined =>
  (body as CountDto | null)?.count === 7 ? (body as CountDto) : undefined;

@GuardedGateway()
class CountingGateway {
  wasInitialised = false;
  afterInit(): void {
    this.wasInitialised = true;
  }
  @SubscribeMessage('look')
  @Public()
  look(@ConnectedSocket() socket: Socket): string {
    return socket.id;
  }
  @SubscribeMessage('count')
  @PermitMember()
  @ReadAtAGlance(glance)
  async count(@MessageBody() { count }: CountDto): Promise<object> {
    return { count, by: currentActor().name, request: currentRequestId() };
  }
  @SubscribeMessage('lead')
  @Permit('live.host')
  lead(): string {
    return currentActor().name;
  }
  @SubscribeMessage('fail')
  @Public()
  fail(): void {
    throw new Refused('resource.not-found');
  }
}

const actor: Actor = { accountId: 'a1', memberId: 'm1', name: '王芳', mustChangePassword: false };
const member: SocketIdentity = { kind: 'account', actor };

/** A gateway that serves, and a way to send it one message. */
function served(may = true) {
  const gateway = new CountingGateway();
  const clock = { now: () => 1000 };
  Object.assign(gateway, { guardedClock: clock, guardedAccess: { holds: async () => may } });
  const namespace = new EventEmitter();
  (gateway.afterInit as (given: Namespace) => void).call(gateway, namespace as unknown as Namespace);
  const connect = (identity?: SocketIdentity) => {
    let listen: (...given: unknown[]) => void = () => undefined;
    const socket = { id: 's1', data: {}, onAny: (listener: typeof listen) => (listen = listener) };
    namespace.emit('connection', socket);
    if (identity) identify(socket as unknown as Socket, identity);
    return (name: string, ...body: unknown[]): Promise<SocketReply<unknown>> =>
      new Promise((resolve) => listen.call(socket, name, ...body, resolve));
  };
  return { gateway, connect };
}

const codeOf = (reply: SocketReply<unknown>): string => (reply.ok ? 'ok' : reply.problem.code);

describe('a guarded gateway', () => {
  it('keeps its messages from the pipeline of Nest, and its own afterInit', () => {
    const { gateway } = served();
    expect(gateway.wasInitialised).toBe(true);
    expect(new GatewayMetadataExplorer(new MetadataScanner()).explore(gateway)).toEqual([]);
  });

  it('runs the handler as the account and acknowledges what it returns', async () => {
    const send = served().connect(member);
    const value = { count: 7, by: '王芳', request: 's1-1' };
    expect(await send('count', { count: 7 })).toEqual({ ok: true, value });
    expect(await send('count', { count: 3 })).toMatchObject({ ok: true, value: { count: 3, by: '王芳' } });
    expect(await send('look', {})).toEqual({ ok: true, value: 's1' });
  });

  it('refuses whoever is nobody, no member or a screen', async () => {
    const { connect } = served();
    expect(codeOf(await connect()('look', {}))).toBe('auth.required');
    expect(codeOf(await connect({ kind: 'screen', roomId: 'r1' })('count', { count: 7 }))).toBe('auth.required');
    expect(codeOf(await connect({ kind: 'screen', roomId: 'r1' })('look'))).toBe('ok');
    const clerk = { kind: 'account', actor: { ...actor, memberId: null } } as const;
    expect(codeOf(await connect(clerk)('count', { count: 7 }))).toBe('auth.members-only');
  });

  it('asks for the permission before it reads the body', async () => {
    expect(codeOf(await served(false).connect(member)('lead', null))).toBe('auth.forbidden');
    expect(await served().connect(member)('lead')).toEqual({ ok: true, value: '王芳' });
  });

  it.each([[null], [[]], ['7'], [{ count: 10 }], [{ count: 7.5 }], [{ count: 3, isAdmin: true }]])(
    'refuses the body %j',
    async (body) => {
      expect(codeOf(await served().connect(member)('count', body))).toBe('request.invalid');
    },
  );

  it('tells a refusal of the handler with its request, and survives a missing acknowledgement', async () => {
    const send = served().connect(member);
    expect(await send('fail')).toMatchObject({ ok: false, problem: { code: 'resource.not-found', requestId: 's1-1' } });
    void send('destroy', {});
    expect(codeOf(await send('look', {}, { second: true }))).toBe('ok');
  });

  it('closes the sockets of sessions that have ended', () => {
    const closed: string[] = [];
    const socketOf = (id: string, identity: SocketIdentity | null): [string, Socket] => {
      const socket = {
        data: {},
        emit: (name: string) => closed.push(`${id} ${name}`),
        disconnect: () => closed.push(id),
      };
      if (identity) identify(socket as unknown as Socket, identity);
      return [id, socket as unknown as Socket];
    };
    const inSession = (sessionId: string): SocketIdentity => ({ kind: 'account', actor: { ...actor, sessionId } });
    const sockets = new Map([
      socketOf('phone', inSession('x1')),
      socketOf('laptop', inSession('x2')),
      socketOf('job', member),
      socketOf('screen', { kind: 'screen', roomId: 'r1' }),
      socketOf('nobody', null),
    ]);
    closeEnded({ sockets } as unknown as Namespace, new Set(['x1', 'x9']));
    expect(closed).toEqual(['phone session:ended', 'phone']);
  });

  it('holds a socket to its rate', async () => {
    const send = served().connect(member);
    for (let sent = 0; sent < messageLimit.most; sent++) expect(codeOf(await send('look'))).toBe('ok');
    expect(codeOf(await send('look'))).toBe('request.rate-limited');
  });

  it('is not made of a message without a policy, nor of one that takes more than socket and body', () => {
    class Bare {
      @SubscribeMessage('open')
      open(): void {}
    }
    expect(() => GuardedGateway()(Bare)).toThrow('Bare.open does not say who may send open');
    class Piped {
      @SubscribeMessage('open')
      @Public()
      open(@MessageBody('part') part: string): string {
        return part;
      }
    }
    expect(() => GuardedGateway()(Piped)).toThrow('@ConnectedSocket() and @MessageBody() only');
  });
});
