import { onScopeDispose, ref, type Ref, watch } from 'vue';

interface Kept<T> {
  readonly at: number;
  readonly value: T;
}

const keyOf = (name: string): string => `xuekao.draft.${name}`;

function read<T>(name: string): Kept<T> | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') as Kept<T> | null;
  } catch {
    return null;
  }
}

/**
 * Keeps a form's content on this device until it is sent: restored when the form opens again, dropped by `discard` after
 * the server took it. `restoredAt` is when the restored draft was written, null for a fresh form. What the form held when it
 * opened is no draft: a form that is put back to it keeps none. `settle` takes what the form holds now as that start.
 * Passwords never belong here.
 */
export function useDraft<T extends object>(
  name: string,
  form: Ref<T>,
): { restoredAt: Ref<number | null>; discard(): void; settle(): void; isDirty(): boolean } {
  let start = JSON.stringify(form.value);
  const kept = read<T>(name);
  const restoredAt = ref<number | null>(kept?.at ?? null);
  if (kept) form.value = { ...form.value, ...kept.value };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isDirty = (): boolean => JSON.stringify(form.value) !== start;
  const write = (): void => {
    timer = undefined;
    if (isDirty()) localStorage.setItem(keyOf(name), JSON.stringify({ at: Date.now(), value: form.value }));
    else localStorage.removeItem(keyOf(name));
  };
  const stop = watch(
    form,
    () => {
      clearTimeout(timer);
      timer = setTimeout(write, 400);
    },
    { deep: true },
  );
  onScopeDispose(() => {
    stop();
    if (timer === undefined) return;
    clearTimeout(timer);
    write();
  });
  function discard(): void {
    clearTimeout(timer);
    timer = undefined;
    restoredAt.value = null;
    localStorage.removeItem(keyOf(name));
  }
  function settle(): void {
    start = JSON.stringify(form.value);
    discard();
  }
  return { restoredAt, discard, settle, isDirty };
}
