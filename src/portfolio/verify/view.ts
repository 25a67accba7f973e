import type { OutputTable } from '../../base/output.js';
import type { Block } from '../../report/blocks.js';
import { figure } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import type { GradeDifference, Verification } from './result.js';

const maxShown = 10;

/** What was compared, why cells differ, counts by column and the first ten differences. */
function verifyBlocks(verification: Verification): Block[] {
  const { asOf, model, customers, agrees, found, differing, byColumn, differences, notInFile } =
    verification;
  const compared = `${counted(customers, 'customer')} compared with what the model ${model.id} gives now as of ${asOf ?? 'an unstated day'}`;
  const left =
    notInFile.length === 0 ? [] : [`Not in the file, so not compared: ${notInFile.join(', ')}.`];
  if (agrees) return [`${compared}: every cell agrees.`, ...left];
  const rest = found - Math.min(found, maxShown);
  return [
    `${compared}: ${counted(found, 'difference')}, ${counted(differing, 'customer')} with cells that differ.`,
    ...reasons(verification),
    {
      header: ['column', 'differences'],
      rows: Object.entries(byColumn).map(([name, count]) => [name, figure(count, 'count')]),
    },
    {
      header: ['customer', 'column', 'stored', 'now', 'because'],
      rows: differences.slice(0, maxShown).map(cells),
    },
    ...(rest > 0 ? [`… and ${counted(rest, 'difference')} more.`] : []),
    ...left,
  ];
}

function cells({ customerId, column, stored, now, because }: GradeDifference): string[] {
  return [customerId, column, `${stored ?? '–'}`, `${now ?? '–'}`, because];
}

/** In a sentence each, why the file is not what the model gives now. */
function reasons({ because, otherModels, model }: Verification): string[] {
  const said = (text: string, count: number, more = '') =>
    count === 0 ? [] : [`${text}: ${counted(count, 'customer')}${more}.`];
  const others = Object.entries(otherModels)
    .slice(0, maxShown)
    .map(([id, rows]) => `${id || 'none named'} ${figure(rows, 'count')}`);
  return [
    ...said(
      `Graded by another model than ${model.id}`,
      because['other model'],
      ` (${others.join(', ')})`,
    ),
    ...said(
      'Graded on other inputs: the rows of the input changed since, or another day, standings or overrides were given, rather than the grading',
      because['other inputs'],
    ),
    ...said(
      'Otherwise with the same model and inputs: the file was changed after it was written, or an attribute that the model does not read, or the grading',
      because.cell,
    ),
    ...said('In the file, but not graded now', because['not in the book']),
    ...said('Graded now, but not in the file', because['not in the file']),
    ...said('In the file more than once', because['twice in the file']),
  ];
}

/** So many differences are printed with the summary; `--out` has them all. */
const maxPrinted = 10;

export const showVerification = shownAs<Verification>({
  blocks: verifyBlocks,
  table: differencesTable,
  summary: (result) => ({ ...result, differences: result.differences.slice(0, maxPrinted) }),
});

function differencesTable({ differences }: Verification): OutputTable {
  return {
    length: differences.length,
    columns: [
      { name: 'customer_id', unit: 'text', read: (row) => differences[row].customerId },
      { name: 'column', unit: 'text', read: (row) => differences[row].column },
      { name: 'stored', unit: 'text', read: (row) => differences[row].stored },
      { name: 'now', unit: 'text', read: (row) => differences[row].now },
      { name: 'because', unit: 'code', read: (row) => differences[row].because },
    ],
  };
}
