import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

// The one that comes with its driver, without that driver: it reads axe into the page for every look.
const driver = createRequire(import.meta.url).resolve('@axe-core/playwright');
const axeSource = readFileSync(createRequire(driver).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}
interface Axe {
  run(root: Document, options: object): Promise<{ readonly violations: readonly Found[] }>;
}

interface Look {
  /** The colours of this page have been looked at in another size: half of all the work. */
  readonly colours?: boolean;
  /** Also what style sheets as such may not do; they are fetched anew for it. */
  readonly sheets?: boolean;
}

/**
 * What axe counts as a real hindrance on the page that shows, one line each. In the page itself, since no page here has frames,
 * and given to it once, since pages change without being loaded anew.
 */
export async function seriousFaults(page: Page, { colours = true, sheets = false }: Look = {}): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(
    async ([withColours, withSheets]) => {
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
        preload: withSheets,
        // Not on by itself: a target of 24 pixels, or room around it.
        rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: withColours } },
      });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    },
    [colours, sheets] as const,
  );
}

/** Whether the page needs to be scrolled sideways, which no page may. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** What a thumb or an eye meets on a small page: a page that is too wide, text that is cut off, targets that are too small. */
export function smallFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const beyond = [...document.querySelectorAll('main *')].filter(
        (each) => each.getBoundingClientRect().right > clientWidth + 0.5,
      );
      const names = beyond.slice(0, 4).map((each) => each.outerHTML.slice(0, 120));
      found.push(`${scrollWidth - clientWidth} px wider than the window: ${names.join(' | ')}`);
    }
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    const told = (element: Element): string => element.outerHTML.replaceAll(/\s+/g, ' ').slice(0, 140);

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement!;
      if (!text.nodeValue?.trim() || !isShown(parent)) continue;
      range.selectNodeContents(text);
      const own = range.getBoundingClientRect();
      for (let box: Element | null = parent; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const edge = box.getBoundingClientRect();
        // What is there for the ear alone, what scrolls, and what says by "…" that there is more.
        if (edge.width <= 1 || /auto|scroll/.test(style.overflowX + style.overflowY)) break;
        if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break;
        if (own.right > edge.right + 2 || own.bottom > edge.bottom + 2) found.push(`cut off: ${told(parent)}`);
        break;
      }
    }

    const targets = document.querySelectorAll(
      'button, [role=button], [role=tab], [role=switch], a[href], select, textarea, input:not([type=hidden])',
    );
    for (const target of targets) {
      if (!isShown(target)) continue;
      // A box or a dot is met by its whole label; a link inside a sentence by its words.
      const met = target.closest('label') ?? target;
      if (met.localName === 'a' && getComputedStyle(met).display === 'inline') continue;
      if (met.closest('.visually-hidden')) continue;
      const { width, height } = met.getBoundingClientRect();
      if (width >= 43.5 && height >= 43.5) continue;
      // It may take a touch beside what it shows.
      met.scrollIntoView({ block: 'center' });
      const { x, y } = met.getBoundingClientRect();
      const takes = (right: number, down: number): boolean =>
        met.contains(document.elementFromPoint(x + width / 2 + right, y + height / 2 + down));
      if (takes(0, -21) && takes(0, 21) && takes(-21, 0) && takes(21, 0)) continue;
      found.push(`${Math.round(width)}×${Math.round(height)}: ${told(target)}`);
    }
    return [...new Set(found)];
  });
}

/** Goes to another page of the same app as its own links do, without loading everything anew. */
export async function goWithin(page: Page, path: string): Promise<void> {
  const hasGone = await page.evaluate(async (to) => {
    interface Place {
      readonly matched: readonly { readonly path: string }[];
    }
    interface Router {
      readonly currentRoute: { readonly value: Place };
      resolve(path: string): Place;
      push(path: string): Promise<unknown>;
    }
    interface Mounted extends Element {
      readonly __vue_app__: { config: { globalProperties: { $router: Router } } };
    }
    const { $router: router } = document.querySelector<Mounted>('#app')!.__vue_app__.config.globalProperties;
    // The same page of another thing is reached through a list, never at once.
    if (router.resolve(to).matched.at(-1)?.path === router.currentRoute.value.matched.at(-1)?.path) return false;
    await router.push(to);
    return true;
  }, path);
  if (!hasGone) await page.goto(path);
}
