import { Refused } from '@xuekao/platform';
import type { Refusal } from '@xuekao/kernel';

export class BankRefused extends Refused {
  static of(refusal: Refusal): BankRefused {
    return new BankRefused(refusal.code, refusal.facts);
  }
}
