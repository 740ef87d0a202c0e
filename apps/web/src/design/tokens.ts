/** The one file of design tokens. CSS variables, Vant, Element Plus, ECharts and the big screen all take theirs from here. */
export const tokens = {
  color: {
    paper: '#FBF9F5',
    card: '#FFFFFF',
    line: '#E8E2D8',
    /** Hairline of a control: 3:1 against paper, as WCAG 2.2 §1.4.11 asks of what shows a control's edge. */
    edge: '#938A7C',
    ink: '#1F1B16',
    ink2: '#5C554B',
    ink3: '#736B60',
    red: '#A8161B',
    redDeep: '#7E0F14',
    redWash: '#FBEDEC',
    gold: '#B8862B',
    goldInk: '#7A5A14',
    goldWash: '#F8F1E1',
    good: '#2E7D4F',
    goodWash: '#F1F7F3',
    warn: '#9A5B00',
    warnWash: '#FBF1E2',
    bad: '#B3261E',
    info: '#2B5C8A',
    infoWash: '#E9F0F6',
    stage: '#5A0B0F',
  },
  /** Series colours in this order; marks and labels tell them apart without colour. */
  chart: ['#A8161B', '#B5752A', '#3F6C8F', '#6B8F5E', '#8A6D9B', '#7A7066'],
  radius: { card: 10, control: 6 },
  space: [4, 8, 12, 16, 24, 32, 48],
  text: [12, 14, 16, 18, 22, 28, 36],
  screenText: [48, 72, 120],
  lineHeight: { body: 1.6, handbook: 1.8 },
  largeText: 1.25,
  font: {
    text: '"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
    title: '"Source Han Serif SC","Noto Serif CJK SC","Songti SC",serif',
  },
  motionMs: 160,
} as const;

export type ColorName = keyof typeof tokens.color;
