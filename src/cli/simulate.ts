import { join } from 'node:path';
import type { Command } from 'commander';
import { simulate } from '../simulate.js';
import type { Print } from './options.js';
import { wholeNumber } from './options.js';
import { madeFolder, writeRows } from './outputs.js';

interface SimulateOptions {
  readonly customers: number;
  readonly seed: number;
  readonly years: number;
  readonly from: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `bookgrade simulate`: a synthetic book and the truth behind it. */
export function define(command: Command, print: Print): void {
  command
    .requiredOption('--customers <n>', 'how many customers', wholeNumber)
    .requiredOption('--seed <n>', 'the same seed gives the same book', wholeNumber)
    .requiredOption('--years <n>', 'how many years', wholeNumber)
    .requiredOption('--out <folder>', 'the folder to write to; it is made if need be')
    .option('--from <date>', 'the first day of the book', '2020-01-01')
    .option('--json', 'print the summary as JSON')
    .action(async ({ out, json = false, ...options }: SimulateOptions) => {
      const { asOf, ...tables } = simulate(options);
      await madeFolder(out);
      const rows: Record<string, number> = {};
      for (const [name, table] of Object.entries(tables)) {
        const header = Object.keys(table);
        const columns: ArrayLike<string | number>[] = Object.values(table);
        const { length } = columns[0];
        await writeRows(join(out, `${name}.csv`), header, length, (row) =>
          columns.map((column) => column[row]),
        );
        rows[name] = length;
      }
      const { customers } = options;
      const text = `Wrote ${rows.policies} policy terms and ${rows.claims} claims of ${customers} customers to ${out}; grade them with --as-of ${asOf}`;
      print({ json }, { asOf, customers, rows }, text);
    });
}
