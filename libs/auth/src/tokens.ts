import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Instant } from '@xuekao/kernel';
import { AppClock, AppConfig } from '@xuekao/platform';

export const issuer = 'xuekao';
export const audience = 'xuekao-api';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** One secret, one key per purpose. */
export function keyFor(purpose: 'access-token' | 'refresh-token', secret: string): string {
  return createHmac('sha256', secret).update(`xuekao:${purpose}`).digest('base64url');
}

/** What an access token says: who and in which session. Everything else is looked up, so that it is never stale. */
export interface AccessClaims {
  readonly sub: string;
  readonly sid: string;
  /** Seconds since 1970, as JWT has it. */
  readonly exp: number;
}

export function isAccessClaims(value: unknown): value is AccessClaims {
  const claims = value as Partial<AccessClaims> | null;
  return typeof claims?.sub === 'string' && typeof claims.sid === 'string' && typeof claims.exp === 'number';
}

const tokensKept = 20_000;

@Injectable()
export class Tokens {
  /** Claims of tokens whose signature was found good: a phone sends the same one for minutes. */
  private readonly verified = new Map<string, AccessClaims>();
  private readonly accessKey: string;
  private readonly refreshKey: string;

  constructor(
    private readonly jwt: JwtService,
    private readonly clock: AppClock,
    config: AppConfig,
  ) {
    this.accessKey = keyFor('access-token', config.secret);
    this.refreshKey = keyFor('refresh-token', config.secret);
  }

  access(accountId: string, sessionId: string, expiresAt: Instant): Promise<string> {
    const iat = Math.floor(this.clock.now() / 1000);
    const claims = { sub: accountId, sid: sessionId, iat, exp: Math.floor(expiresAt / 1000) };
    return this.jwt.signAsync(claims, { secret: this.accessKey, algorithm: 'HS256', issuer, audience });
  }

  /** Null for a token that is forged, of another issuer or algorithm, or expired by the app's clock. */
  async claimsOf(token: string): Promise<AccessClaims | null> {
    const known = this.verified.get(token);
    if (known) return this.isExpired(known) ? null : known;
    try {
      const claims: unknown = await this.jwt.verifyAsync(token, {
        secret: this.accessKey,
        algorithms: ['HS256'],
        issuer,
        audience,
        ignoreExpiration: true,
        clockTimestamp: Math.floor(this.clock.now() / 1000),
      });
      if (!isAccessClaims(claims) || this.isExpired(claims)) return null;
      this.remember(token, claims);
      return claims;
    } catch {
      return null;
    }
  }

  /** Claims of a token that was found good before; its time and its session are still to be asked. */
  known(token: string): AccessClaims | undefined {
    return this.verified.get(token);
  }

  /** Call when the signature was verified. */
  remember(token: string, claims: AccessClaims): void {
    if (this.verified.size >= tokensKept) this.verified.clear();
    this.verified.set(token, claims);
  }

  isExpired(claims: AccessClaims): boolean {
    return claims.exp * 1000 <= this.clock.now();
  }

  firstRefresh(): string {
    return randomBytes(32).toString('base64url');
  }

  /** The one successor of a token: derived, so that it can be handed out again after a lost response, yet stored nowhere. */
  successorOf(refreshToken: string): string {
    return createHmac('sha256', this.refreshKey).update(refreshToken).digest('base64url');
  }
}
