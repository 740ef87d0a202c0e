import type { Plugin } from 'vite';
import { styleSheet } from '../src/design/style-sheet.js';

const id = 'virtual:design-tokens.css';

/** Serves the tokens as the style sheet `virtual:design-tokens.css`: every surface reads the same CSS variables. */
export function designTokens(): Plugin {
  return {
    name: 'design-tokens',
    resolveId: (source) => (source === id ? id : undefined),
    load: (source) => (source === id ? styleSheet() : undefined),
  };
}
