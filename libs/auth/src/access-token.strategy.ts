import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { AppConfig, Refused, RequestAuthenticator, TokenVerifier, type Actor } from '@xuekao/platform';
import { SessionGate } from './session-gate.js';
import { audience, isAccessClaims, issuer, keyFor, Tokens, type AccessClaims } from './tokens.js';

const strategyName = 'xuekao-access';

/** Signature, issuer, audience and the one algorithm; the time is checked against the app's clock by the authenticator. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, strategyName) {
  constructor(config: AppConfig) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // A key and not a text, which would be tried as a public key first at every new token. The declared type lags behind.
      secretOrKey: createSecretKey(keyFor('access-token', config.secret), 'utf8') as unknown as Buffer,
      algorithms: ['HS256'],
      issuer,
      audience,
      ignoreExpiration: true,
    });
  }

  validate(payload: unknown): AccessClaims | null {
    return isAccessClaims(payload) ? payload : null;
  }
}

@Injectable()
class AccessTokenGuard extends AuthGuard(strategyName) {
  override handleRequest<T>(error: unknown, claims: T): T {
    if (error || !claims) throw new Refused('auth.required');
    return claims;
  }
}

/** HTTP's actor by passport, sockets' by the same rules. */
@Injectable()
export class AccessTokenAuthenticator extends RequestAuthenticator {
  private readonly guard = new AccessTokenGuard();

  constructor(
    private readonly tokens: Tokens,
    private readonly gate: SessionGate,
  ) {
    super();
  }

  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: unknown }>();
    const { authorization } = request.headers;
    if (authorization === undefined) return null;
    const token = authorization.replace(/^Bearer /, '');
    const claims = this.tokens.known(token) ?? (await this.verified(context, request, token));
    if (this.tokens.isExpired(claims)) throw new Refused('auth.required');
    const actor = await this.gate.actorOf(claims.sub, claims.sid);
    if (!actor) throw new Refused('auth.required');
    return actor;
  }

  private async verified(
    context: ExecutionContext,
    request: FastifyRequest & { user?: unknown },
    token: string,
  ): Promise<AccessClaims> {
    await this.guard.canActivate(context);
    const claims = request.user;
    if (!isAccessClaims(claims)) throw new Refused('auth.required');
    this.tokens.remember(token, claims);
    return claims;
  }
}

@Injectable()
export class AccessTokenVerifier extends TokenVerifier {
  constructor(
    private readonly tokens: Tokens,
    private readonly gate: SessionGate,
  ) {
    super();
  }

  async verify(token: string): Promise<Actor> {
    const claims = await this.tokens.claimsOf(token);
    const actor = claims && (await this.gate.actorOf(claims.sub, claims.sid));
    if (!actor) throw new Refused('auth.required');
    if (actor.mustChangePassword) throw new Refused('auth.password-change-required');
    return actor;
  }
}
