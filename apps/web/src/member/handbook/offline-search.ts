import MiniSearch from 'minisearch';
import type { OfflineHandbook, SearchHit } from '../../api/handbook.js';
import { excerpt, queryWords, searchWords } from './search-words.js';

interface Row {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly keywords: string;
  readonly source: string;
  readonly chapterTitle: string;
}

/** A search over the kept handbook: question and keywords weigh more than the answer. */
export function offlineSearch(handbook: OfflineHandbook): (query: string) => SearchHit[] {
  const rows = handbook.chapters.flatMap((chapter) =>
    chapter.entries.map((entry): Row => ({
      id: entry.key,
      question: entry.question,
      answer: entry.answer,
      keywords: entry.keywords.join(' '),
      source: `${entry.sourceDocument} ${entry.sourceArticle}`,
      chapterTitle: chapter.title,
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
  return (query) =>
    index.search(query).flatMap((hit) => {
      const row = byKey.get(String(hit.id));
      return row
        ? [{ key: row.id, question: row.question, chapterTitle: row.chapterTitle, excerpt: excerpt(row.answer, query) }]
        : [];
    });
}
