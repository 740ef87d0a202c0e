import { ProblemError } from '../../api/problem.js';

export interface EditionFile {
  readonly title: string;
  readonly edition: string;
  readonly chapters: number;
  readonly entries: number;
  readonly content: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads the file of an edition far enough to say what would be published; the server judges the rest. Throws a ProblemError. */
export function editionOf(text: string, unreadable: string): EditionFile {
  const refuse = (): never => {
    throw new ProblemError({ type: 'about:blank', status: 0, code: 'client.unreadable-file', title: unreadable });
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return refuse();
  }
  if (!isRecord(content) || !Array.isArray(content.chapters)) return refuse();
  const entries = content.chapters.reduce(
    (sum: number, chapter: unknown) =>
      sum + (isRecord(chapter) && Array.isArray(chapter.entries) ? chapter.entries.length : 0),
    0,
  );
  return {
    title: String(content.title ?? ''),
    edition: String(content.edition ?? ''),
    chapters: content.chapters.length,
    entries,
    content,
  };
}
