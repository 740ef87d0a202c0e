import type { TextRange } from '../../api/handbook.js';

/** Chinese has no spaces: runs of Han characters become their single characters and overlapping pairs, the rest whole words. */
export function searchWords(text: string): string[] {
  const words: string[] = [];
  for (const run of text
    .normalize('NFKC')
    .toLowerCase()
    .match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []) {
    if (!/\p{Script=Han}/u.test(run)) {
      words.push(run);
      continue;
    }
    const characters = [...run];
    words.push(...characters);
    for (let at = 0; at + 1 < characters.length; at += 1) words.push(characters[at]! + characters[at + 1]!);
  }
  return words;
}

/** What is looked for: pairs where there are any, so that 党章 does not find every 党. */
export function queryWords(text: string): string[] {
  const words = searchWords(text);
  const pairs = words.filter((word) => [...word].length > 1);
  return pairs.length > 0 ? pairs : words;
}

/** Where the query's parts between spaces and punctuation stand in the text, left to right, never overlapping. */
export function rangesOf(text: string, query: string): TextRange[] {
  const parts = query.split(/[\s，。、？?！!；;：:《》“”]+/).filter(Boolean);
  if (parts.length === 0) return [];
  const escaped = parts.sort((a, b) => b.length - a.length).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return [...text.matchAll(new RegExp(escaped.join('|'), 'gi'))].map((hit) => ({
    start: hit.index,
    end: hit.index + hit[0].length,
  }));
}

export interface Stretch {
  readonly text: string;
  readonly isHit: boolean;
}

/** The text in stretches, those within the ranges marked. Ranges outside the text or out of order are left out. */
export function stretchesOf(text: string, ranges: readonly TextRange[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) stretches.push({ text: text.slice(at, start), isHit: false });
    stretches.push({ text: text.slice(start, end), isHit: true });
    at = end;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), isHit: false });
  return stretches;
}

/** About `length` characters around the first place that matches, or the beginning. */
export function excerpt(text: string, query: string, length = 60): string {
  const plain = text.replace(/\*\*|^\s*(?:\d+\.|[-*])\s+/gm, '').replace(/\s+/g, ' ');
  const first = rangesOf(plain, query)[0]?.start ?? 0;
  const from = Math.max(0, first - Math.floor(length / 3));
  const cut = plain.slice(from, from + length);
  return `${from > 0 ? '…' : ''}${cut}${from + length < plain.length ? '…' : ''}`;
}
