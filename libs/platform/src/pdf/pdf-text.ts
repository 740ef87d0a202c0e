/** Signs that must not begin a line, and that must not end one (GB/T 15834 §5.1 in the wording of common typesetting). */
const notFirst = new Set('，。、；：？！）》」』】〕〉％％‰℃”’…—·,.;:?!)]}%'.split(''));
const notLast = new Set('（《「『【〔〈“‘([{￥$№'.split(''));

const isWordSign = (sign: string): boolean => /[A-Za-z0-9@#&_+=/\\.-]/u.test(sign);

/** The smallest parts that stay together on a line: a Chinese sign, or a run of Latin letters and figures. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (const sign of text) {
    const last = parts.at(-1);
    if (last !== undefined && isWordSign(sign) && isWordSign(last.at(-1)!)) parts[parts.length - 1] = last + sign;
    else parts.push(sign);
  }
  return parts;
}

export interface LineRoom {
  /** Of the first line, and of the others. */
  readonly first: number;
  readonly other: number;
}

/**
 * Breaks one paragraph into lines. Closing signs hang over the edge rather than begin a line; an opening sign goes down
 * with what it opens; a word longer than a line is cut.
 */
export function linesOf(text: string, room: LineRoom, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  const limit = (): number => (lines.length === 0 ? room.first : room.other);
  const end = (): void => {
    const carried: string[] = [];
    while (line.length > 1 && notLast.has(line.at(-1)!)) carried.unshift(line.pop()!);
    lines.push(line.join(''));
    line = carried;
    used = carried.reduce((sum, part) => sum + widthOf(part), 0);
  };
  for (const part of partsOf(text).flatMap((each) => cutToFit(each, room.other, widthOf))) {
    const width = widthOf(part);
    const mayHang = notFirst.has(part) && line.length > 0;
    if (used + width > limit() && line.length > 0 && !mayHang) end();
    if (line.length === 0 && part === ' ' && lines.length > 0) continue;
    line.push(part);
    used += width;
  }
  if (line.length > 0 || lines.length === 0) lines.push(line.join(''));
  return lines;
}

function cutToFit(part: string, room: number, widthOf: (text: string) => number): string[] {
  if (part.length < 2 || widthOf(part) <= room) return [part];
  const pieces: string[] = [''];
  for (const sign of part) {
    const longer = pieces.at(-1)! + sign;
    if (widthOf(longer) > room && pieces.at(-1) !== '') pieces.push(sign);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
}
