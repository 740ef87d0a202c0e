import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Socket } from 'socket.io';
import { Access } from '../access.js';
import { AppClock } from '../clock.js';
import { runAs } from '../context.js';
import { routePolicyKey } from '../http/route-policy.js';
import { Refused } from '../refused.js';
import type { RoutePolicy } from '../http/route-policy.js';
import { identityOf, overRate } from './socket-identity.js';

export const messageLimit = { most: 60, windowMs: 10_000 } as const;

/** Holds every message to its declared policy, as the HTTP guard does for routes, and every socket to its rate. */
@Injectable()
export class SocketGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: Access,
    private readonly clock: AppClock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const socket = context.switchToWs().getClient<Socket>();
    const identity = identityOf(socket);
    if (!identity) throw new Refused('auth.required');
    const retryAfterSeconds = overRate(socket, this.clock.now(), messageLimit.most, messageLimit.windowMs);
    if (retryAfterSeconds > 0) throw new Refused('request.rate-limited', { retryAfterSeconds });
    const policy = this.reflector.get<RoutePolicy | undefined>(routePolicyKey, context.getHandler());
    if (!policy) throw new Refused('auth.forbidden', { permission: 'undeclared' });
    if (policy.kind === 'public') return true;
    if (identity.kind === 'screen') throw new Refused('auth.required');
    const { actor } = identity;
    if (policy.kind === 'member' && actor.memberId === null) throw new Refused('auth.members-only');
    if (policy.kind === 'permission') await runAs(actor, () => this.holdsOne(policy.anyOf));
    return true;
  }

  private async holdsOne(permissions: Extract<RoutePolicy, { kind: 'permission' }>['anyOf']): Promise<void> {
    for (const permission of permissions) if (await this.access.holds(permission)) return;
    throw new Refused('auth.forbidden', { permission: permissions.join(' / ') });
  }
}
