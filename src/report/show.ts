import { MisuseError, shown } from '../base/errors.js';
import type { OutputCell, OutputTable } from '../base/output.js';
import { asText } from './blocks.js';
import type { ChartSpec } from './chart-parts.js';
import { type View, viewFor } from './view.js';

/**
 * The result of an analysis as text for a terminal about a hundred columns wide.
 *
 * @throws MisuseError for what is no result of an analysis
 */
export function toText(result: object): string {
  return asText(viewNamed(result, 'toText').blocks(result));
}

/**
 * The rows behind a result, one record after another: customers of a backtest, levels of a profile.
 *
 * @returns nothing for a result without rows
 * @throws MisuseError for what is no result of an analysis
 */
export function* toRows(result: object): Generator<Record<string, OutputCell>> {
  const { length, columns } = tableOf(result) ?? { length: 0, columns: [] };
  for (let row = 0; row < length; row++) {
    yield Object.fromEntries(columns.map(({ name, read }) => [name, read(row)]));
  }
}

/**
 * The charts of a result by name, as Vega-Lite specifications with their data in them.
 *
 * @returns no chart for a result without
 * @throws MisuseError for what is no result of an analysis
 */
export function charts(result: object): Readonly<Record<string, ChartSpec>> {
  return viewNamed(result, 'charts').charts?.(result) ?? {};
}

/** The rows behind a result as columns, undefined where it has none. */
export function tableOf(result: object): OutputTable | undefined {
  return viewNamed(result, 'toRows').table?.(result);
}

/** A result as `--json` prints it: without the columns that only its rows show. */
export function summaryOf(result: object): object {
  const { summary } = viewNamed(result, 'summaryOf');
  const { columns: _, ...rest } = (summary?.(result) ?? result) as { columns?: unknown };
  return rest;
}

function viewNamed(result: object, caller: string): View<object> {
  const view = typeof result === 'object' && result !== null ? viewFor(result) : undefined;
  if (view) return view;
  throw new MisuseError(
    `${caller}: expected the result of an analysis, as backtest or pareto give it, got ${shown(result)}`,
  );
}
