import { get, post } from '../../api/http.js';

export interface EntryLine {
  readonly key: string;
  readonly question: string;
}

export interface HandbookText {
  readonly title: string;
  readonly edition: string;
  readonly chapters: readonly {
    readonly number: number;
    readonly title: string;
    readonly entries: readonly EntryLine[];
  }[];
}

export const loadHandbook = (): Promise<HandbookText> => get('/handbook/chapters');
/** Keys of the entries that the edition added, changed and withdrew. */
export interface EditionResult {
  readonly edition: string;
  readonly isNew: boolean;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly withdrawn: readonly string[];
}
export const publishEdition = (content: unknown): Promise<EditionResult> => post('/handbook/editions', content);
