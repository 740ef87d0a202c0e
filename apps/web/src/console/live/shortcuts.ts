import { onScopeDispose } from 'vue';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Single keys of the page, silent while a dialog is open, while someone types, and for held keys. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const work = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!work || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    work();
  };
  window.addEventListener('keydown', pressed);
  onScopeDispose(() => window.removeEventListener('keydown', pressed));
}
