import { newId } from '@xuekao/kernel';

const key = 'xuekao.console';

/** This tab's name as a console; a reload keeps it, and with it the baton. */
export function consoleId(): string {
  const kept = sessionStorage.getItem(key);
  if (kept) return kept;
  const made = newId();
  sessionStorage.setItem(key, made);
  return made;
}
