import { ref, watch } from 'vue';

const key = 'xuekao.handbook-font';
const sizes = [16, 18, 22, 28] as const;
const kept = Number(localStorage.getItem(key) ?? 1);
const step = ref(Number.isInteger(kept) && kept >= 0 && kept < sizes.length ? kept : 1);
watch(step, (value) => localStorage.setItem(key, String(value)));

/** The reading size of the handbook on this device, in four steps. */
export function useFontSize() {
  return {
    style: () => ({ fontSize: `var(--t-${sizes[step.value]})` }),
    canGrow: () => step.value < sizes.length - 1,
    canShrink: () => step.value > 0,
    grow: () => (step.value = Math.min(sizes.length - 1, step.value + 1)),
    shrink: () => (step.value = Math.max(0, step.value - 1)),
  };
}
