import { normalText } from '@xuekao/kernel';

/** The form in which two stems are the same question: no white space, no punctuation, no gaps, one width and case. */
export function stemForm(stem: string): string {
  return normalText(stem).replace(/[\s\p{P}\p{S}]/gu, '');
}
