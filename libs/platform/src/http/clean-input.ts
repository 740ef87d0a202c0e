import type { FieldProblem } from '@xuekao/contracts';
import { Refused } from '../refused.js';

/** Deeper nesting than any request of the product has; the validator below calls itself once per level. */
const deepest = 32;

/** Characters, and halves of characters, that no spreadsheet, document or screen can show. Tabs and breaks of line and page stay: people paste them. */
// oxlint-disable-next-line no-control-regex
const unusable = /[\u0000-\u0008\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/u;

type Branch = Record<string, unknown>;

/**
 * The input with texts of spaces alone emptied, so that a required text needs a letter; branches are changed in place. Refuses
 * 'request.malformed' for bottomless nesting, and 'request.invalid' with the path of each unusable character.
 */
export function cleanInput(input: unknown): unknown {
  const root = { input };
  const errors: FieldProblem[] = [];
  const waiting: { branch: Branch; path: string; depth: number }[] = [{ branch: root, path: '', depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { branch, path, depth } = next;
    if (depth > deepest) throw new Refused('request.malformed');
    for (const [key, value] of Object.entries(branch)) {
      const place = depth === 0 ? '' : path === '' ? key : `${path}.${key}`;
      if (typeof value === 'string') {
        if (unusable.test(value)) {
          errors.push({ path: place, code: 'unusable', message: '含有无法显示的字符' });
        } else if (value !== '' && value.trim() === '') branch[key] = '';
      } else if (isBranch(value)) waiting.push({ branch: value, path: place, depth: depth + 1 });
    }
  }
  if (errors.length > 0) throw new Refused('request.invalid', {}, errors);
  return root.input;
}

/** Lists and plain objects; a file or a date is nobody's text. */
function isBranch(value: unknown): value is Branch {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || kind === Object.prototype || kind === null;
}
