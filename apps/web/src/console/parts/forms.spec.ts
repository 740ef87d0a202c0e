import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const console = join(import.meta.dirname, '..');

/** The opening tags of forms in a page. */
function formsOf(path: string): string[] {
  return readFileSync(path, 'utf8').match(/<(?:ElForm|form)\b(?:=>|[^>])*/gu) ?? [];
}

describe('forms of the console', () => {
  const pages = globSync('**/*.vue', { cwd: console }).map((path) => join(console, path));

  // A step of 100 from a least value of 1 is no rule, but the browser takes 500 for wrong, and says so in its own language.
  it('leave it to the server what is wrong where numbers are stepped', () => {
    const stepped = pages.filter((path) => readFileSync(path, 'utf8').includes('<ElInputNumber'));
    expect(stepped).not.toEqual([]);
    const all = pages.flatMap((path) => formsOf(path).map((tag) => ({ path, tag })));
    const checking = all.filter(({ path, tag }) => {
      const isStepped = tag.startsWith('<ElForm') || stepped.includes(path);
      return isStepped && !tag.includes('novalidate');
    });
    expect(checking).toEqual([]);
  });
});
