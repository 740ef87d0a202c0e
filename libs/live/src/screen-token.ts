import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppClock, AppConfig } from '@xuekao/platform';

/** A screen may stay on over a long day of contests, not longer. */
const validMs = 24 * 3_600_000;

/** Read-only admission of a big screen to one room: `roomId.expiry.signature`, nothing is stored. */
@Injectable()
export class ScreenTokens {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: AppClock,
  ) {}

  issue(roomId: string): { readonly token: string; readonly expiresAt: number } {
    const expiresAt = this.clock.now() + validMs;
    return { token: `${roomId}.${expiresAt}.${this.signatureOf(roomId, expiresAt)}`, expiresAt };
  }

  /** The room the token admits to, or null. */
  roomOf(token: string): string | null {
    const [roomId = '', expiry = '', signature = ''] = token.split('.');
    const expiresAt = Number(expiry);
    if (!Number.isSafeInteger(expiresAt) || expiresAt < this.clock.now()) return null;
    const expected = Buffer.from(this.signatureOf(roomId, expiresAt));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) ? roomId : null;
  }

  private signatureOf(roomId: string, expiresAt: number): string {
    return createHmac('sha256', this.config.secret).update(`live-screen:${roomId}:${expiresAt}`).digest('base64url');
  }
}
