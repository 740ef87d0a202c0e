// The order of spec files: what starts browsers and servers first, in turns so that two browsers seldom run at once, the
// many small ones last, so that no worker is left alone with a long file at the end.
import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

const isBrowser = ({ path }) => path.endsWith('.browser.spec.ts');
const isEndToEnd = ({ path }) => path.endsWith('.e2e.spec.ts');

export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const browser = sorted.filter(isBrowser);
    const endToEnd = sorted.filter(isEndToEnd);
    const others = sorted.filter((test) => !isBrowser(test) && !isEndToEnd(test));
    const turns = Math.max(browser.length, endToEnd.length);
    const first = Array.from({ length: turns }, (_, index) => [browser[index], endToEnd[index]]).flat();
    return [...first.filter(Boolean), ...others];
  }
}
