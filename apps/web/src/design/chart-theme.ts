import { tokens } from './tokens.js';

const { color, font } = tokens;
const axis = {
  axisLine: { lineStyle: { color: color.edge } },
  axisTick: { lineStyle: { color: color.edge } },
  axisLabel: { color: color.ink2 },
  splitLine: { lineStyle: { color: color.line } },
};

/** ECharts theme; register it once where the chart chunk loads. Decals tell the series apart without colour. */
export const chartTheme = {
  color: [...tokens.chart],
  textStyle: { fontFamily: font.text, color: color.ink },
  title: { textStyle: { color: color.ink, fontFamily: font.title, fontSize: 18 } },
  legend: { textStyle: { color: color.ink2 } },
  categoryAxis: axis,
  valueAxis: axis,
  timeAxis: axis,
  tooltip: { backgroundColor: color.card, borderColor: color.line, textStyle: { color: color.ink } },
  aria: { enabled: true, decal: { show: true } },
} as const;
