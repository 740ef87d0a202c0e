import { Injectable } from '@nestjs/common';
import { MemberDirectory, RoleService } from '@xuekao/org';
import { RateLimiter } from '@xuekao/platform';
import { AuthRefused } from './auth.errors.js';

/** What a sign-in asks of the organisation and of the rate limit. */
@Injectable()
export class SignInPeople {
  constructor(
    private readonly directory: MemberDirectory,
    private readonly roles: RoleService,
    private readonly limiter: RateLimiter,
  ) {}

  async nameOf(memberId: string, otherwise: string): Promise<string> {
    return (await this.directory.byId(memberId))?.name ?? otherwise;
  }

  async staffNumberOf(memberId: string): Promise<string | null> {
    return (await this.directory.byId(memberId))?.staffNumber ?? null;
  }

  isAdministrator(memberId: string): Promise<boolean> {
    return this.roles.isAdministrator(memberId);
  }

  /** Refuses 'request.rate-limited' past the limit of one minute. */
  async slowDown(key: string, perMinute: number): Promise<void> {
    const retryAfterSeconds = await this.limiter.hit(`sign-in:${key}`, perMinute, 60_000);
    if (retryAfterSeconds > 0) throw new AuthRefused('request.rate-limited', { retryAfterSeconds });
  }
}
