import { newId } from '@xuekao/kernel';

const key = 'xuekao.writer';

/** This tab's token for writing: a second tab or device has another and must take over. A reload keeps it. */
export function writerToken(): string {
  const kept = sessionStorage.getItem(key);
  if (kept) return kept;
  const made = newId();
  sessionStorage.setItem(key, made);
  return made;
}
