import { MisuseError, shown } from '../base/errors.js';
import { currencyOf } from './cells.js';
import type { ReadColumns } from './columns-file.js';

/** A file of several currencies is refused unless their rates are given; gives what one of a row's is worth. */
export function currencyCheck(
  table: string,
  money: readonly { readonly positions: readonly number[] }[],
  names: readonly string[],
  { columns, rates }: ReadColumns,
): ((cells: ArrayLike<unknown>) => number) | undefined {
  if (money.length === 0) return undefined;
  const name = String(columns.currency ?? 'currency');
  let column = -1;
  const positions = money.flatMap(({ positions }) => positions);
  let first: string | undefined;
  return (cells) => {
    if (column < 0) column = names.indexOf(name);
    let found: string | undefined =
      column >= 0 ? String(cells[column] ?? '').trim() || undefined : undefined;
    for (const position of positions) {
      if (typeof cells[position] === 'string' && !/^[\d.,+-]*$/.test(cells[position])) {
        found = currencyOf(cells[position]) ?? found;
      }
    }
    if (found === undefined) return 1;
    if (rates) {
      if (Object.hasOwn(rates, found)) return rates[found];
      throw new MisuseError(
        `${table}: no rate for ${shown(found)}; add it to "rates" in the columns file`,
      );
    }
    first ??= found;
    if (found === first) return 1;
    throw new MisuseError(
      `${table}: amounts in ${shown(first)} and in ${shown(found)} do not add up; give "rates" in the columns file, as in {"${first}": 1, "${found}": 0.9}`,
    );
  };
}
