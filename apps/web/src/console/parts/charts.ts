import { BarChart, HeatmapChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { type ECharts, init, registerTheme, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { chartTheme } from '../../design/chart-theme.js';

use([
  AriaComponent,
  BarChart,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);
registerTheme('xuekao', chartTheme);

/** A chart in the product's theme; decals and labels tell its series apart without colour. */
export const drawChart = (element: HTMLElement): ECharts => init(element, 'xuekao', { renderer: 'svg' });
