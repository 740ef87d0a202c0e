import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Access } from '../access.js';
import { RequestAuthenticator } from '../authentication.js';
import { setActor } from '../context.js';
import type { Actor } from '../context.js';
import { Refused } from '../refused.js';
import { routePolicyKey } from './route-policy.js';
import type { RoutePolicy } from './route-policy.js';

/** Global for HTTP: finds the actor, then holds the route to its declared policy. Gateways bind their own. */
@Injectable()
export class RouteGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: RequestAuthenticator,
    private readonly access: Access,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(routePolicyKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!policy) throw new Refused('auth.forbidden', { permission: 'undeclared' });
    const actor = await this.actorFor(context, policy);
    setActor(actor);
    if (policy.kind !== 'public') await this.allow(actor, policy);
    return true;
  }

  private async actorFor(context: ExecutionContext, policy: RoutePolicy): Promise<Actor | null> {
    if (policy.kind !== 'public') return this.authenticator.actorOf(context);
    return null;
  }

  private async allow(actor: Actor | null, policy: Exclude<RoutePolicy, { kind: 'public' }>): Promise<void> {
    if (!actor) throw new Refused('auth.required');
    if (actor.mustChangePassword && !(policy.kind === 'signed-in' && policy.beforePasswordChange)) {
      throw new Refused('auth.password-change-required');
    }
    if (policy.kind === 'member' && actor.memberId === null) throw new Refused('auth.members-only');
    if (policy.kind === 'permission') {
      for (const permission of policy.anyOf) if (await this.access.holds(permission)) return;
      throw new Refused('auth.forbidden', { permission: policy.anyOf.join(' / ') });
    }
  }
}
