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

export interface Stretch {
  readonly text: string;
  readonly isHit: boolean;
}

/** The text in stretches, the places that match the query marked; matching is by the query's parts between spaces. */
export function highlight(text: string, query: string): Stretch[] {
  const parts = query
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s，。、？?！!；;：:《》“”]+/)
    .filter(Boolean);
  if (parts.length === 0) return [{ text, isHit: false }];
  const escaped = parts.sort((a, b) => b.length - a.length).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'gi'))
    .map((stretch, at) => ({ text: stretch, isHit: at % 2 === 1 }))
    .filter((stretch) => stretch.text !== '');
}

/** About `length` characters around the first place that matches, or the beginning. */
export function excerpt(text: string, query: string, length = 60): string {
  const plain = text.replace(/\*\*|^\s*(?:\d+\.|[-*])\s+/gm, '').replace(/\s+/g, ' ');
  const needle = query.trim().toLowerCase();
  const at = Math.max(0, plain.toLowerCase().indexOf(needle));
  const from = Math.max(0, at - Math.floor(length / 3));
  const cut = plain.slice(from, from + length);
  return `${from > 0 ? '…' : ''}${cut}${from + length < plain.length ? '…' : ''}`;
}
