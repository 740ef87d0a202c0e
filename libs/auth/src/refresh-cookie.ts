import type {} from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppClock, AppConfig } from '@xuekao/platform';
import type { SignedIn } from './session.service.js';

const cookieName = 'xuekao_refresh';
const path = '/api/v1/auth';

/** The refresh token lives in a cookie that scripts cannot read and other sites cannot send. */
@Injectable()
export class RefreshCookie {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: AppClock,
  ) {}

  read(request: FastifyRequest): string | undefined {
    return request.cookies[cookieName];
  }

  write(reply: FastifyReply, { refreshToken, refreshExpiresAt }: SignedIn): void {
    const maxAge = Math.max(0, Math.floor((refreshExpiresAt - this.clock.now()) / 1000));
    void reply.setCookie(cookieName, refreshToken, { ...this.attributes(), maxAge });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(cookieName, this.attributes());
  }

  private attributes() {
    return { path, httpOnly: true, sameSite: 'strict', secure: this.config.secureCookies } as const;
  }
}
