import { Injectable } from '@nestjs/common';
import type { Instant } from '@xuekao/kernel';
import { AppClock } from '@xuekao/platform';

/** A clock that a script sets: the demo plays a past year through the services with it. It never goes back. */
@Injectable()
export class ScriptedClock extends AppClock {
  constructor(private at: Instant) {
    super();
  }

  now(): Instant {
    return this.at;
  }

  moveTo(at: Instant): void {
    if (at > this.at) this.at = at;
  }
}
