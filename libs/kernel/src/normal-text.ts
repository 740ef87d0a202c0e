/** The form in which people's input is compared and kept unique: NFKC, trimmed, inner white space folded, lower case. */
export function normalText(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
