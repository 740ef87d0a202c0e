import { Injectable } from '@nestjs/common';
import type { Clock, Instant } from '@xuekao/kernel';

/** Inject this for "now". */
export abstract class AppClock implements Clock {
  abstract now(): Instant;
}

@Injectable()
export class SystemClock extends AppClock {
  now(): Instant {
    return Date.now();
  }
}
