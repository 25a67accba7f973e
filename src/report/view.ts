import type { OutputTable, Shown } from '../base/output.js';
import { asHtml, asMarkdown, asText, type Block } from './blocks.js';
import type { ChartSpec } from './chart-parts.js';

/**
 * How the results of an analysis are shown: the one record that the command line, notebooks and the
 * report read. Views are made when they are asked for.
 */
export interface View<R> {
  /** Paragraphs and tables, in the order in which they are read. */
  readonly blocks: (result: R) => readonly Block[];
  /** Charts by the name of their file; a notebook draws the first. */
  readonly charts?: (result: R) => Readonly<Record<string, ChartSpec>>;
  /** The rows behind the figures, for `--out` and `toRows`. */
  readonly table?: (result: R) => OutputTable;
  /** What `--json` prints: the result without what only the rows show. */
  readonly summary?: (result: R) => object;
}

const viewOf = Symbol('bookgrade.view');
/** What Jupyter kernels for JavaScript ask an object for: the ways it can be shown, by MIME type. */
const jupyterDisplay = Symbol.for('Jupyter.display');
/** The MIME type under which notebooks draw Vega-Lite; newer specifications than its number draw too. */
const vegaLite = 'application/vnd.vegalite.v5+json';

/**
 * A function that gives a result its view: it then shows itself in a notebook
 * (`Symbol.for('Jupyter.display')`: text, Markdown, HTML and, where there is one, a Vega-Lite chart)
 * and as text wherever it is made a string. The view is not among its own fields, so the result goes
 * to JSON and compares as plain data.
 */
export function shownAs<R extends object>(view: View<R>): (result: R) => R & Shown {
  return (result) =>
    Object.defineProperties(result, {
      [viewOf]: { value: view },
      [jupyterDisplay]: { value: () => display(view, result) },
      toString: { value: () => asText(view.blocks(result)) },
    });
}

function display<R>(view: View<R>, result: R) {
  const blocks = view.blocks(result);
  const [chart] = Object.values(view.charts?.(result) ?? {});
  return {
    'text/plain': asText(blocks),
    'text/markdown': asMarkdown(blocks),
    'text/html': asHtml(blocks),
    ...(chart && { [vegaLite]: chart }),
  };
}

/** The view of a result, undefined where it has none. */
export function viewFor<R extends object>(result: R): View<R> | undefined {
  return (result as { readonly [viewOf]?: View<R> })[viewOf];
}
