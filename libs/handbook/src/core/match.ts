/** A span of a text in UTF-16 units, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Folded {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where its character begins and ends in the original. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** NFKC and lower case character by character, so that every place leads back to the original. */
function foldWithPlaces(original: string): Folded {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    for (let i = 0; i < folded.length; i++) {
      from.push(at);
      to.push(at + character.length);
    }
    text += folded;
    at += character.length;
  }
  return { text, from, to };
}

/** The form in which texts and queries are compared: full and half width, upper and lower case are one. */
export function fold(text: string): string {
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** A handbook has a few thousand different characters; folding one costs far more than looking it up. */
const foldedCharacters = new Map<string, string>();

function foldCharacter(character: string): string {
  let folded = foldedCharacters.get(character);
  if (folded === undefined) {
    folded = character.normalize('NFKC').toLowerCase();
    if (foldedCharacters.size < 20_000) foldedCharacters.set(character, folded);
  }
  return folded;
}

const maxWords = 8;

/**
 * The words of a query, folded: runs of letters, digits and Chinese characters, each once and at most eight. Chinese is not
 * cut further, so 「党员」 and 「党」 find exactly themselves, wherever they stand.
 */
export function queryWords(query: string): readonly string[] {
  const words = fold(query).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return [...new Set(words)].slice(0, maxWords);
}

/** Where the folded words stand in a text, overlapping finds joined, in order. */
export function rangesOf(original: string, words: readonly string[]): readonly Range[] {
  const { text, from, to } = foldWithPlaces(original);
  const found: Range[] = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
      found.push({ start: from[at]!, end: to[at + word.length - 1]! });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.reduce<Range[]>((joined, range) => {
    const last = joined.at(-1);
    if (last && range.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else joined.push(range);
    return joined;
  }, []);
}

export interface Excerpt {
  readonly text: string;
  readonly ranges: readonly Range[];
}

const before = 24;
const excerptLength = 120;

/** Some 120 characters around the first find (the beginning where there is none), with `…` where text is left out. */
export function excerptOf(original: string, words: readonly string[]): Excerpt {
  const flat = original.replaceAll('\n', ' ');
  const first = rangesOf(flat, words)[0]?.start ?? 0;
  const start = wholeCharacter(flat, first <= before ? 0 : first - before);
  const end = wholeCharacter(flat, Math.min(flat.length, start + excerptLength));
  const text = `${start > 0 ? '…' : ''}${flat.slice(start, end)}${end < flat.length ? '…' : ''}`;
  return { text, ranges: rangesOf(text, words) };
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
