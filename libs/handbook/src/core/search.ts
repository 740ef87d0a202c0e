import { excerptOf, fold, queryWords, rangesOf } from './match.js';
import type { Excerpt, Range } from './match.js';

/** What is searched of an entry; `answer` is plain text. */
export interface SearchableEntry {
  readonly key: string;
  readonly question: string;
  readonly answer: string;
  readonly keywords: readonly string[];
  readonly source: string;
}

interface IndexedEntry {
  readonly entry: SearchableEntry;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly body: string;
}

/** Folded texts in the order of the handbook. 20,000 entries are some 25 MB and are searched in tens of milliseconds. */
export type SearchIndex = readonly IndexedEntry[];

export interface SearchHit {
  readonly key: string;
  readonly question: string;
  readonly questionRanges: readonly Range[];
  readonly excerpt: Excerpt;
  readonly score: number;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly total: number;
}

/**
 * Texts of one or two Chinese characters are too short for a tokenizer to be right about, and exact finds in so few entries
 * need none: the index is the folded text itself.
 */
export function searchIndexOf(entries: readonly SearchableEntry[]): SearchIndex {
  return entries.map((entry) => ({
    entry,
    title: fold(entry.question),
    keywords: entry.keywords.map(fold),
    body: fold(`${entry.answer}\n${entry.source}`),
  }));
}

const titleScore = 10_000;
const keywordScore = 1_000;
const exactKeywordScore = 500;
const bodyScore = 10;

function timesIn(text: string, word: string, atMost: number): number {
  let times = 0;
  for (let at = text.indexOf(word); at !== -1 && times < atMost; at = text.indexOf(word, at + word.length)) times += 1;
  return times;
}

/** 0 where the word is nowhere. A find in the title outweighs any in the keywords, and those any in the body. */
function scoreOfWord(indexed: IndexedEntry, word: string): number {
  const inTitle = indexed.title.includes(word) ? titleScore : 0;
  const keyword = indexed.keywords.some((each) => each.includes(word)) ? keywordScore : 0;
  const exact = indexed.keywords.includes(word) ? exactKeywordScore : 0;
  return inTitle + keyword + exact + bodyScore * timesIn(indexed.body, word, 9);
}

function scoreOf(indexed: IndexedEntry, words: readonly string[]): number {
  let total = 0;
  for (const word of words) {
    const score = scoreOfWord(indexed, word);
    if (score === 0) return 0;
    total += score;
  }
  return total;
}

function hitOf({ entry }: IndexedEntry, words: readonly string[], score: number): SearchHit {
  const { key, question, answer } = entry;
  return { key, question, questionRanges: rangesOf(question, words), excerpt: excerptOf(answer, words), score };
}

/** Entries that contain every word of the query, best first, then in the handbook's order; none for an empty query. */
export function search(index: SearchIndex, query: string, limit: number): SearchResult {
  const words = queryWords(query);
  if (words.length === 0) return { hits: [], total: 0 };
  const found = index
    .map((indexed, order) => ({ indexed, order, score: scoreOf(indexed, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order);
  return { hits: found.slice(0, limit).map(({ indexed, score }) => hitOf(indexed, words, score)), total: found.length };
}
