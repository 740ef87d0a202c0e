import type { Plugin } from 'vite';

/** Vant's icon font names a remote host as its fallback. The product loads no font at all: icons are our own SVG. */
export function vantWithoutFont(): Plugin {
  return {
    name: 'vant-without-font',
    enforce: 'pre',
    transform(code, id) {
      if (!/vant\/es\/icon\/index\.css/.test(id)) return undefined;
      return code.replace(/@font-face\s*\{[^}]*\}/g, '');
    },
  };
}
