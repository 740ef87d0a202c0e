import { ref } from 'vue';

/** What screen readers are told now; the region itself stands once in the app's root. */
export const spoken = ref({ text: '', urgent: false, count: 0 });

export function announce(text: string, urgent = false): void {
  spoken.value = { text, urgent, count: spoken.value.count + 1 };
}
