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

const count = (line: string, pattern: RegExp): number => line.match(pattern)?.length ?? 0;

/** Whether white space stands between the characters of a line as copies from PDF have it; undefined for a line too short to tell. */
function isSpacedOut(line: string): boolean | undefined {
  const gaps = count(line, gap);
  const together = count(line, touching);
  if (gaps >= 4 && gaps > together) return true;
  return gaps > 0 && together === 0 ? undefined : false;
}

/**
 * Lines without signs that show nothing, and without the single spaces that copies from PDF put between all characters. A short
 * line is taken like the line before it that tells.
 */
export function tidyLines(rows: readonly string[]): string[] {
  const lines = rows.map((raw) => raw.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, '').replace(/\t/gu, '  '));
  let before = false;
  return lines.map((line) => {
    const spaced = isSpacedOut(line) ?? before;
    if (count(line, touching) + count(line, gap) > 0) before = spaced;
    return spaced ? line.replace(gap, '') : line;
  });
}

/** As one line: where the width of a page broke a text of wide signs there is no space. */
export function onOneLine(text: string): string {
  return text.replace(new RegExp(`(?<=${cjk})\\s*\\n\\s*(?=${cjk})`, 'gu'), '').replace(/\s*\n\s*/gu, ' ');
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
