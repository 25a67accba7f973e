// What people see: text, tables and charts of results.

export { type Shown } from './base/output.js';
export { type Row, type Rows } from './book/rows.js';
export { cardChart } from './report/card-chart.js';
export { cardText } from './report/card-text.js';
export { type ChartSpec } from './report/chart-parts.js';
export { type ExplanationOptions, explanation } from './report/explanation.js';
export { modelText } from './report/model-text.js';

export { charts, toRows, toText } from './report/show.js';

export { type View } from './report/view.js';
