import { Refused } from '@xuekao/platform';
import type { Refusal } from '@xuekao/kernel';

export class BankRefused extends Refused {
  static of(refusal: Refusal): BankRefused {
    return new BankRefused(refusal.code, refusal.facts);
  }
}

export function retired(question: { readonly code: string; readonly retiredReason: string | null }): BankRefused {
  return new BankRefused('bank.question.retired', { code: question.code, reason: question.retiredReason });
}
