import { asHtml, asMarkdown, asText, type Block } from './blocks.js';
import type { ChartSpec } from './chart-parts.js';

/** What Jupyter kernels for JavaScript ask an object for: the ways it can be shown, by MIME type. */
const jupyterDisplay = Symbol.for('Jupyter.display');
/** The MIME type under which notebooks draw Vega-Lite; newer specifications than its number draw too. */
const vegaLite = 'application/vnd.vegalite.v5+json';

/** How a result is shown. */
export interface Views {
  readonly blocks: readonly Block[];
  readonly chart?: ChartSpec;
}

/** A result that shows itself: in a notebook as picture and table, in a template as text. */
export interface Shown {
  toString(): string;
}

/**
 * Gives a result the means to show itself: in a notebook (`Symbol.for('Jupyter.display')`: text,
 * Markdown, HTML and, where there is a picture, Vega-Lite) and as text wherever it is made a string.
 * Neither is among its own fields, so it goes to JSON and compares as plain data. Views are made
 * when they are asked for.
 */
export function shownBy<T extends object>(result: T, views: (result: T) => Views): T & Shown {
  const bundle = () => {
    const { blocks, chart } = views(result);
    return {
      'text/plain': asText(blocks),
      'text/markdown': asMarkdown(blocks),
      'text/html': asHtml(blocks),
      ...(chart && { [vegaLite]: chart }),
    };
  };
  return Object.defineProperties(result, {
    [jupyterDisplay]: { value: bundle, enumerable: false },
    toString: { value: () => asText(views(result).blocks), enumerable: false },
  });
}
