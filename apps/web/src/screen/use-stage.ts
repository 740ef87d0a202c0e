import { onMounted, onScopeDispose, ref } from 'vue';

const width = 1920;
const height = 1080;

/** The style that lays the 1920 × 1080 stage over whatever the projector has, whole and in its middle. */
export function useStage() {
  const style = ref<Record<string, string>>({});
  const lay = (): void => {
    const scale = Math.min(window.innerWidth / width, window.innerHeight / height);
    const left = (window.innerWidth - width * scale) / 2;
    const top = (window.innerHeight - height * scale) / 2;
    style.value = { transform: `translate(${left}px, ${top}px) scale(${scale})` };
  };
  onMounted(lay);
  window.addEventListener('resize', lay);
  onScopeDispose(() => window.removeEventListener('resize', lay));
  return style;
}
