/** Splits at signs of `separators` that no backslash precedes; the backslashes go. */
export function splitUnescaped(text: string, separators: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    const next = text[at + 1];
    if (sign === '\\' && next !== undefined && (separators + '\\|｜;；/／').includes(next)) {
      parts[parts.length - 1] += separators.includes(next) ? next : sign + next;
      at++;
    } else if (separators.includes(sign)) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

/** Accepted wordings of one blank: `使命|光荣使命`. */
export function wordingsOf(part: string): string[] {
  return splitUnescaped(part, '|｜').map((wording) => wording.replace(/\\([\\;；/／])/gu, '$1').trim());
}

/** Strokes that may part wordings; one between figures is a fraction or a date. */
const strokes = /(?<!\d\s*)[/／]|[/／](?!\s*\d)/gu;

const escaped = (wording: string): string =>
  wording.replace(/[\\|｜;；]/gu, (sign) => `\\${sign}`).replace(strokes, (sign) => `\\${sign}`);

/** `初心；使命|光荣使命`, with `（顺序不限）` where any order will do. */
export function printWordings(answers: readonly (readonly string[])[], orderFree: boolean): string {
  const text = answers.map((wordings) => wordings.map(escaped).join('|')).join('；');
  return orderFree ? `${text}（顺序不限）` : text;
}

/**
 * `牢记/铭记`, which may be two wordings or one with a stroke, as two. Undefined without such a stroke: one behind a backslash or
 * between figures parts nothing.
 */
export function waysAtStrokes(part: string): string[] | undefined {
  if (splitUnescaped(part, '|｜').length > 1) return undefined;
  const ways: string[] = [];
  let from = 0;
  for (const match of part.matchAll(strokes)) {
    if (part[match.index - 1] === '\\') continue;
    ways.push(part.slice(from, match.index));
    from = match.index + 1;
  }
  const all = [...ways, part.slice(from)].flatMap(wordingsOf);
  return all.length > 1 && !all.includes('') ? all : undefined;
}
