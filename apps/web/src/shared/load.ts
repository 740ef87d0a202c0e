import type { Problem } from '@xuekao/contracts';
import { computed, onMounted, onScopeDispose, type Ref, ref, shallowRef, watch, type WatchSource } from 'vue';
import { isOnline } from '../app/connection.js';
import { problemFrom } from '../api/problem.js';

export interface Loaded<T> {
  readonly data: Ref<T | null>;
  readonly problem: Ref<Problem | null>;
  readonly isLoading: Ref<boolean>;
  /** The last reload failed, and what shows is older. */
  readonly isStale: Ref<boolean>;
  reload(): Promise<void>;
}

/** Loads when the page opens, when a source changes, and when the network comes back after a failure. The last answer wins. */
export function useLoad<T>(load: () => Promise<T>, sources: readonly WatchSource[] = []): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const problem = ref<Problem | null>(null);
  const isLoading = ref(true);
  let turn = 0;

  async function reload(): Promise<void> {
    const mine = ++turn;
    isLoading.value = true;
    try {
      const loaded = await load();
      if (mine !== turn) return;
      data.value = loaded;
      problem.value = null;
    } catch (error) {
      if (mine === turn) problem.value = problemFrom(error);
    } finally {
      if (mine === turn) isLoading.value = false;
    }
  }

  onMounted(reload);
  onScopeDispose(() => (turn += 1));
  if (sources.length > 0) {
    watch([...sources], () => {
      data.value = null;
      void reload();
    });
  }
  watch(isOnline, (online) => {
    if (online && problem.value) void reload();
  });
  return { data, problem, isLoading, isStale: computed(() => data.value !== null && problem.value !== null), reload };
}
