import { Injectable } from '@nestjs/common';
import { AppClock, Outbox } from '@xuekao/platform';

/** Events about accounts, and the clock they are told by. */
@Injectable()
export class SessionEvents {
  constructor(
    private readonly outbox: Outbox,
    readonly clock: AppClock,
  ) {}

  tell(type: string, accountId: string, payload: object, reason?: string): Promise<void> {
    const event = { type, subjectType: 'account', subjectId: accountId, payload };
    return this.outbox.add(reason === undefined ? event : { ...event, reason });
  }
}
