import { computed, ref } from 'vue';

const browserOnline = ref(typeof navigator === 'undefined' || navigator.onLine);
const serverReached = ref(true);

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => {
    browserOnline.value = true;
    serverReached.value = true;
  });
  window.addEventListener('offline', () => (browserOnline.value = false));
}

/** True while the device has a network and the last request reached the server. */
export const isOnline = computed(() => browserOnline.value && serverReached.value);

export function noteServerReached(reached: boolean): void {
  serverReached.value = reached;
}
