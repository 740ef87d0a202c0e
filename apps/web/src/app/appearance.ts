import { ref, watchEffect } from 'vue';

const key = 'xuekao.large-text';

/** Large-text mode of this device: every size of the interface times 1.25. */
export const isLargeText = ref(localStorage.getItem(key) === 'on');

watchEffect(() => {
  document.documentElement.classList.toggle('large-text', isLargeText.value);
  localStorage.setItem(key, isLargeText.value ? 'on' : 'off');
});
