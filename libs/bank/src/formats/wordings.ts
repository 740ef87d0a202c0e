/** Splits at signs of `separators` that no backslash precedes; the backslashes go. */
export function splitUnescaped(text: string, separators: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    const next = text[at + 1];
    if (sign === '\\' && next !== undefined && (separators + '\\|｜;；').includes(next)) {
      parts[parts.length - 1] += separators.includes(next) ? next : sign + next;
      at++;
    } else if (separators.includes(sign)) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

/** Accepted wordings of one blank: `使命|光荣使命`. */
export function wordingsOf(part: string): string[] {
  return splitUnescaped(part, '|｜').map((wording) => wording.replace(/\\([\\;；])/gu, '$1').trim());
}

const escaped = (wording: string): string => wording.replace(/[\\|｜;；]/gu, (sign) => `\\${sign}`);

/** `初心；使命|光荣使命`, with `（顺序不限）` where any order will do. */
export function printWordings(answers: readonly (readonly string[])[], orderFree: boolean): string {
  const text = answers.map((wordings) => wordings.map(escaped).join('|')).join('；');
  return orderFree ? `${text}（顺序不限）` : text;
}
