import { shallowRef } from 'vue';
import { type Handbook, loadHandbook } from '../../api/handbook.js';
import { isOfflineError } from '../../api/problem.js';
import { contentsOf, handbookCopy } from './offline.js';

const contents = shallowRef<Handbook | null>(null);

/** The table of contents from the server, or from the copy on this device where there is no network. */
export async function loadContents(): Promise<{ handbook: Handbook; isCopy: boolean }> {
  try {
    contents.value = await loadHandbook();
    return { handbook: contents.value, isCopy: false };
  } catch (error) {
    const copy = isOfflineError(error) ? await handbookCopy() : null;
    if (!copy) throw error;
    contents.value ??= contentsOf(copy);
    return { handbook: contentsOf(copy), isCopy: true };
  }
}

/** The question behind a key, empty until the contents were loaded. */
export function questionOf(key: string): string {
  for (const chapter of contents.value?.chapters ?? []) {
    const entry = chapter.entries.find((each) => each.key === key);
    if (entry) return entry.question;
  }
  return '';
}

export const hasContents = (): boolean => contents.value !== null;
