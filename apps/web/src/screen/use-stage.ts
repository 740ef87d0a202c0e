import { onMounted, onScopeDispose, type Ref, ref } from 'vue';

const width = 1920;
const height = 1080;

/** The style that lays the 1920 × 1080 stage over its box, whole and in the middle: a projector, or a part of a page. */
export function useStage(box: Readonly<Ref<HTMLElement | null>>) {
  const style = ref<Record<string, string>>({});
  const lay = (): void => {
    if (!box.value) return;
    const { clientWidth, clientHeight } = box.value;
    const scale = Math.min(clientWidth / width, clientHeight / height);
    const left = (clientWidth - width * scale) / 2;
    const top = (clientHeight - height * scale) / 2;
    style.value = { transform: `translate(${left}px, ${top}px) scale(${scale})` };
  };
  const observer = new ResizeObserver(lay);
  onMounted(() => {
    lay();
    if (box.value) observer.observe(box.value);
  });
  onScopeDispose(() => observer.disconnect());
  return style;
}
