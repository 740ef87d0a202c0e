/** One question-and-answer entry of the handbook, in our own words. */
export interface HandbookEntryContent {
  /** 'f' + the three-digit id of the leading fact in the fact bank, e.g. 'f001'. Quiz questions link to it. */
  readonly key: string;
  /** A question a member would ask, 8–40 characters, ends with ？ */
  readonly question: string;
  /** Markdown subset: paragraphs, numbered or bulleted lists, **bold**. */
  readonly answer: string;
  /** Fact-bank ids used, leading one first. */
  readonly facts: readonly string[];
  /** Full Chinese title, with 《》 where it is one. */
  readonly sourceDocument: string;
  /** Place in the document, e.g. 第三部分（一）, 总纲, 第三十条, 导语. Never empty. */
  readonly sourceArticle: string;
  /** Version of the document: its date, as exact as the source gives it (YYYY, YYYY-MM or YYYY-MM-DD). */
  readonly documentVersion: string;
  /** CivilDate YYYY-MM-DD, the first day the wording is valid. */
  readonly validFrom: string;
  /** CivilDate YYYY-MM-DD, the first day a newer text replaces the wording; null while none is recorded. */
  readonly validTo: string | null;
  /** 2–6 short words for search. */
  readonly keywords: readonly string[];
  /** Keys of 1–3 related entries. */
  readonly related: readonly string[];
}

export interface HandbookChapterContent {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly entries: readonly HandbookEntryContent[];
}

export interface HandbookContent {
  readonly title: string;
  readonly edition: string;
  readonly preface: string;
  readonly chapters: readonly HandbookChapterContent[];
}
