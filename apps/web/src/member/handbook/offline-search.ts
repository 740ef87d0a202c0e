import MiniSearch from 'minisearch';
import type { Hits, OfflineHandbook, SearchHit } from '../../api/handbook.js';
import { excerpt, queryWords, rangesOf, searchWords } from './search-words.js';

interface Row {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly keywords: string;
  readonly source: string;
}

/** A search over the kept handbook: question and keywords weigh more than the answer. */
export function offlineSearch(handbook: OfflineHandbook): (query: string) => Hits {
  const rows = handbook.chapters.flatMap((chapter) =>
    chapter.entries.map((entry): Row => ({
      id: entry.key,
      question: entry.question,
      answer: entry.answer,
      keywords: entry.keywords.join(' '),
      source: `${entry.sourceDocument} ${entry.sourceArticle}`,
    })),
  );
  const byKey = new Map(rows.map((row) => [row.id, row]));
  const index = new MiniSearch<Row>({
    fields: ['question', 'keywords', 'answer', 'source'],
    tokenize: searchWords,
    processTerm: (term) => term,
    searchOptions: { boost: { question: 4, keywords: 3 }, combineWith: 'AND', tokenize: queryWords, prefix: false },
  });
  index.addAll(rows);
  return (query) => {
    const items = index.search(query).flatMap((hit): SearchHit[] => {
      const row = byKey.get(String(hit.id));
      if (!row) return [];
      const { id, question, answer } = row;
      const text = excerpt(answer, query);
      const ranges = { questionRanges: rangesOf(question, query), excerptRanges: rangesOf(text, query) };
      return [{ key: id, question, excerpt: text, ...ranges }];
    });
    return { items, total: items.length };
  };
}
