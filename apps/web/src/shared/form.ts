import type { Problem } from '@xuekao/contracts';
import { computed, ref } from 'vue';
import { problemFrom } from '../api/problem.js';

/** One form's sending: busy flag, the server's refusal, and its sentences by field. A second submit while busy does nothing. */
export function useSubmit(work: () => Promise<void>) {
  const isBusy = ref(false);
  const problem = ref<Problem | null>(null);
  const fieldErrors = computed<Record<string, string>>(() =>
    Object.fromEntries((problem.value?.errors ?? []).map((error) => [error.path, error.message])),
  );

  async function submit(): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = null;
    try {
      await work();
    } catch (error) {
      problem.value = problemFrom(error);
    } finally {
      isBusy.value = false;
    }
  }

  return { isBusy, problem, fieldErrors, submit };
}
