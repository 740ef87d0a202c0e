import { loadQuestions, type QuestionRow } from '../../bank/bank.api.js';

/** Every question that an import brought and the bank still has, in the order of the file. */
export async function loadBatch(importId: string): Promise<QuestionRow[]> {
  const rows: QuestionRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof loadQuestions>> = await loadQuestions({
      q: '',
      cursor,
      limit: 200,
      filters: { importId },
    });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}
