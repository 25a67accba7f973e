import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { readExperience } from '../../src/index.js';
import { backtest } from '../../src/portfolio.js';
import { toText } from '../../src/report/show.js';
import { expectInReadme } from '../support/readme.js';
import { describeOnRealBook, sharedRows } from '../support/shared.js';

describeOnRealBook('the backtests of the Spanish book are what the library finds', () => {
  const { delimiter, ...options } = JSON.parse(
    readFileSync('examples/spanish-motor.columns.json', 'utf8'),
  );
  const plan = JSON.parse(readFileSync('examples/careful.plan.json', 'utf8'));
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', delimiter);
  const { book } = readExperience(rows, options);

  test.each([2017, 2018])('for terms that begin in %d', (year) => {
    const result = backtest(book, {
      from: `${year}-01-01`,
      until: `${year + 1}-01-01`,
      at: 'renewal',
      plan,
    });
    const blocks = toText(result).split('\n\n');
    const shown = ['risk tier', 'entry'].map((begin) =>
      blocks.find((block) => block.startsWith(begin)),
    );
    const table = ['```text', shown.join('\n\n'), '```'].join('\n');
    expectInReadme(`backtest-${year}`, table, 'docs/predict.md');
  });
});
