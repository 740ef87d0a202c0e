import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { currentActor, RateLimiter, Refused } from '@xuekao/platform';
import { LiveRefused } from './live.errors.js';
import type { ContestRow } from './live.entity.js';
import { LiveStore } from './live.store.js';

/** Looks at codes per account and minute: enough for a slip of the finger, too few to find a room by trying. */
const looksPerMinute = 30;

const codeTries = 20;

/** Stores the contest under a code that no other running contest has. Refuses 'live.code.exhausted'. */
export async function addWithCode<Contest extends Omit<ContestRow, 'code'>>(
  store: LiveStore,
  draft: Contest,
): Promise<Contest & { readonly code: string }> {
  for (let attempt = 0; attempt < codeTries; attempt++) {
    const contest = { ...draft, code: String(randomInt(100_000, 1_000_000)) };
    if (await store.addContest(contest)) return contest;
  }
  throw new LiveRefused('live.code.exhausted');
}

/** Running contests by the code people type. */
@Injectable()
export class JoinCodes {
  constructor(
    private readonly store: LiveStore,
    private readonly limiter: RateLimiter,
  ) {}

  async contestOf(code: string): Promise<ContestRow> {
    const key = `live-code:${currentActor().accountId}`;
    const retryAfterSeconds = await this.limiter.hit(key, looksPerMinute, 60_000);
    if (retryAfterSeconds > 0) throw new Refused('request.rate-limited', { retryAfterSeconds });
    const contest = await this.store.contestByCode(code);
    if (!contest) throw new LiveRefused('live.code.unknown', { code });
    return contest;
  }
}
