import { tokens, type ColorName } from './tokens.js';

const kebab = (name: string): string => name.replace(/([A-Z]|\d+)/g, (part) => `-${part.toLowerCase()}`);

/** `a` mixed with white, `share` of it left: the tints that Element Plus derives from its primary colour. */
function tint(hex: string, share: number): string {
  const channel = (at: number): string => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16);
    return Math.round(value * share + 255 * (1 - share))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

function ours(): string[] {
  const { color, space, text, radius, font } = tokens;
  return [
    ...Object.entries(color).map(([name, value]) => `--${kebab(name)}: ${value}`),
    ...tokens.chart.map((value, at) => `--chart-${at + 1}: ${value}`),
    ...space.map((px) => `--s-${px}: ${px}px`),
    ...text.map((px) => `--t-${px}: calc(${px / 16}rem)`),
    ...tokens.screenText.map((px) => `--screen-${px}: ${px}px`),
    `--radius-card: ${radius.card}px`,
    `--radius: ${radius.control}px`,
    `--lh: ${tokens.lineHeight.body}`,
    `--lh-handbook: ${tokens.lineHeight.handbook}`,
    `--font-text: ${font.text}`,
    `--font-title: ${font.title}`,
    `--motion: ${tokens.motionMs}ms`,
  ];
}

const vant: Record<string, string> = {
  'primary-color': 'var(--red)',
  'danger-color': 'var(--bad)',
  'success-color': 'var(--good)',
  'warning-color': 'var(--warn)',
  'text-color': 'var(--ink)',
  'text-color-2': 'var(--ink-2)',
  'text-color-3': 'var(--ink-3)',
  'gray-6': 'var(--ink-3)',
  background: 'var(--paper)',
  'background-2': 'var(--card)',
  'border-color': 'var(--line)',
  'active-color': 'var(--red-wash)',
  'base-font': 'var(--font-text)',
  'radius-md': 'var(--radius)',
  'radius-lg': 'var(--radius-card)',
  'font-size-md': 'var(--t-16)',
  'font-size-lg': 'var(--t-18)',
  'button-default-height': '48px',
  'button-radius': 'var(--radius)',
  'field-placeholder-text-color': 'var(--ink-3)',
  'switch-background': 'var(--edge)',
  'switch-on-background': 'var(--red)',
  'dialog-confirm-button-text-color': 'var(--red)',
  'dialog-radius': 'var(--radius-card)',
  'popup-round-radius': '14px',
  'duration-base': 'var(--motion)',
  'duration-fast': 'var(--motion)',
};

const element: Record<string, string> = {
  ...Object.fromEntries(
    (['primary', 'success', 'warning', 'danger', 'error', 'info'] as const).flatMap((role) => {
      const source: Record<typeof role, ColorName> = {
        primary: 'red',
        success: 'good',
        warning: 'warn',
        danger: 'bad',
        error: 'bad',
        info: 'info',
      };
      const hex = tokens.color[source[role]];
      const dark = role === 'primary' ? tokens.color.redDeep : hex;
      return [
        [`color-${role}`, hex],
        [`color-${role}-dark-2`, dark],
        ...[3, 5, 7, 8, 9].map((step) => [`color-${role}-light-${step}`, tint(hex, 1 - step / 10)]),
      ];
    }),
  ),
  'text-color-primary': 'var(--ink)',
  'text-color-regular': 'var(--ink)',
  'text-color-secondary': 'var(--ink-2)',
  'text-color-placeholder': 'var(--ink-3)',
  'bg-color': 'var(--card)',
  'bg-color-page': 'var(--paper)',
  'fill-color-light': 'var(--paper)',
  'fill-color-lighter': 'var(--paper)',
  'border-color': '#CFC7BA',
  'border-color-light': 'var(--line)',
  'border-color-lighter': 'var(--line)',
  'border-color-extra-light': 'var(--line)',
  'border-radius-base': 'var(--radius)',
  'border-radius-small': '4px',
  'font-family': 'var(--font-text)',
  'transition-duration': 'var(--motion)',
  'box-shadow-light': '0 2px 10px rgb(31 27 22 / 12%)',
};

const prefixed = (prefix: string, values: Record<string, string>): string[] =>
  Object.entries(values).map(([name, value]) => `--${prefix}-${name}: ${value}`);

const block = (selector: string, lines: readonly string[]): string => `${selector} {\n  ${lines.join(';\n  ')};\n}\n`;

/** The whole of the tokens as CSS. The doubled selectors outrank the libraries' own `:root`, whatever loads first. */
export function styleSheet(): string {
  return [
    block(':root', ours()),
    block(':root:root', [...prefixed('van', vant), ...prefixed('el', element)]),
    block('.large-text', [`font-size: ${tokens.largeText * 100}%`]),
    `@media (prefers-reduced-motion: reduce) {\n${block(':root:root', [
      '--motion: 0.01ms',
      '--van-duration-base: 0.01ms',
      '--van-duration-fast: 0.01ms',
      '--el-transition-duration: 0.01ms',
    ])}}\n`,
  ].join('\n');
}
