/**
 * Width folded for recognition, sign by sign, so that a place in the folded line is the same place in the line itself:
 * full-width letters, figures and the marks that layouts use. The line itself is what enters the bank.
 */
export function foldedLine(line: string): string {
  return line.replace(/[\uFF01-\uFF5E\u3000\u00A0\u2002-\u200A\u202F]/gu, (sign) => {
    const code = sign.charCodeAt(0);
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : ' ';
  });
}

const cjk = '[\\u2E80-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF]';
const gap = new RegExp(`(?<=${cjk})[ \\u3000]+(?=${cjk})`, 'gu');
const touching = new RegExp(`${cjk}(?=${cjk})`, 'gu');

/** Signs that show nothing, and the single spaces that copies from PDF put between all characters. */
export function tidyLine(raw: string): string {
  const line = raw.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, '').replace(/\t/gu, '  ');
  const gaps = line.match(gap)?.length ?? 0;
  const together = line.match(touching)?.length ?? 0;
  return gaps >= 4 && gaps > together ? line.replace(gap, '') : line;
}

const endsSentence = /[。！？；：，、!?;:,.)）】》”…]$/u;
const isWide = new RegExp(`^${cjk}`, 'u');

/** Whether a line of this length, ended so, was broken by the width of a page and not by the writer. */
export function isWrapped(line: string): boolean {
  return [...line].length >= 18 && !/[。！？；：!?;:]$/u.test(line);
}

/** Joins the lines of one text: breaks made by a page's width go, breaks made by the writer stay. */
export function joinedLines(lines: readonly string[]): string {
  let text = '';
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (index === 0) text = line;
    else if (!isWrapped(lines[index - 1]!.split('\n').at(-1)!.trim())) text += `\n${line}`;
    else text += isWide.test(line) || endsSentence.test(text) ? line : ` ${line}`;
  }
  return text;
}
