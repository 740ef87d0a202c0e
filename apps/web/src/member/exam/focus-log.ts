import { onScopeDispose, ref, watch } from 'vue';
import { type FocusEvent, tellFocus } from '../../api/exam.js';
import { isOnline } from '../../app/connection.js';
import { verdict } from './verdict.js';

/** A window that loses the focus for a moment to a dialogue of the browser was not left. */
const shortMs = 1_000;
const retryMs = 5_000;

/**
 * Tells the server when the page was left and found again, for as long as `isRunning`. Evidence for people only, which the
 * page says openly; `lastAwayMs` is how long the person was away last.
 */
export function useFocusLog(attemptId: string, isRunning: () => boolean) {
  const lastAwayMs = ref<number | null>(null);
  let waiting: FocusEvent[] = [];
  let leftAt: number | null = null;
  let blurTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let isSending = false;

  async function send(): Promise<void> {
    if (isSending || waiting.length === 0) return;
    clearTimeout(retryTimer);
    isSending = true;
    const events = waiting.slice(0, 100);
    try {
      await tellFocus(attemptId, events);
      waiting = waiting.slice(events.length);
    } catch (error) {
      if (verdict(error) === 'retry') retryTimer = setTimeout(() => void send(), retryMs);
      else waiting = [];
    } finally {
      isSending = false;
    }
    if (waiting.length > 0 && retryTimer === undefined) void send();
  }

  function note(event: FocusEvent): void {
    waiting.push(event);
    retryTimer = undefined;
    void send();
  }
  function left(): void {
    if (leftAt !== null || !isRunning()) return;
    leftAt = Date.now();
    note({ kind: 'focus-lost', at: leftAt });
  }
  function back(): void {
    clearTimeout(blurTimer);
    if (leftAt === null || document.visibilityState === 'hidden') return;
    const awayMs = Math.min(86_400_000, Math.max(0, Date.now() - leftAt));
    leftAt = null;
    lastAwayMs.value = awayMs;
    note({ kind: 'focus-back', at: Date.now(), awayMs });
  }
  const onVisibility = (): void => (document.visibilityState === 'hidden' ? left() : back());
  const onBlur = (): void => {
    clearTimeout(blurTimer);
    blurTimer = setTimeout(left, shortMs);
  };

  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('blur', onBlur);
  window.addEventListener('focus', back);
  const stopWatching = watch(isOnline, (online) => online && void send());
  onScopeDispose(() => {
    stopWatching();
    clearTimeout(blurTimer);
    clearTimeout(retryTimer);
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('blur', onBlur);
    window.removeEventListener('focus', back);
  });
  return { lastAwayMs };
}
