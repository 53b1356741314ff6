import { partsCss } from './parts-css.ts';
import { stripChartCss } from './strip-chart/strip-chart-css.ts';

/** Style of every part of this package, to be put into the page once. Class names begin with `lh-`. */
export const uiCss: string = partsCss + stripChartCss;
