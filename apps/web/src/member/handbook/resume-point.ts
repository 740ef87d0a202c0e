import { type EntryLink, loadPosition } from '../../api/handbook.js';
import { isOfflineError } from '../../api/problem.js';
import { handbookCopy } from './offline.js';

export interface ResumePoint extends EntryLink {
  /** Opens the entry where the reading stopped. */
  readonly path: string;
}

const pointOf = (entry: EntryLink, permille: number): ResumePoint => ({
  ...entry,
  path: `/handbook/${entry.key}${permille > 0 ? `?at=${permille}` : ''}`,
});

/** Where the person stopped reading, as the server knows it for all devices, or this device where there is no network. */
export async function resumePoint(): Promise<ResumePoint | null> {
  try {
    const { entry, scrollPermille } = await loadPosition();
    return entry && pointOf(entry, scrollPermille);
  } catch (error) {
    if (!isOfflineError(error)) throw error;
    const kept = (await handbookCopy())?.position;
    return kept ? pointOf(kept, 0) : null;
  }
}
