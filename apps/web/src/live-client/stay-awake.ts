import { onMounted, onScopeDispose } from 'vue';

/** Keeps the display on while the page shows; browsers without wake locks go on as before. */
export function useStayAwake(): void {
  let lock: WakeLockSentinel | null = null;
  async function hold(): Promise<void> {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    lock = await navigator.wakeLock.request('screen').catch(() => null);
  }
  const again = (): void => void hold();
  onMounted(again);
  document.addEventListener('visibilitychange', again);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', again);
    void lock?.release().catch(() => undefined);
  });
}
