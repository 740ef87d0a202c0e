import type { Page } from '@xuekao/contracts';
import type { TableQuery } from './table-query.js';

/** One page of a list that the server sends whole: searched by the words of `textOf`, filtered by `holds`. */
export function wholeList<Row>(
  rows: readonly Row[],
  query: TableQuery,
  textOf: (row: Row) => string,
  holds: (row: Row, filters: TableQuery['filters']) => boolean = () => true,
): Page<Row> {
  const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
  const items = rows.filter(
    (row) => holds(row, query.filters) && words.every((word) => textOf(row).toLowerCase().includes(word)),
  );
  return { items, nextCursor: null, total: items.length };
}
