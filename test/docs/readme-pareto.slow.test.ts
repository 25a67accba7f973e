import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { assess, calibrate, indicators, readExperience } from '../../src/index.js';
import type { Pareto, Persistence } from '../../src/portfolio/concentration/result.js';
import { paretoBlocks, persistenceBlocks } from '../../src/portfolio/concentration/view.js';
import { pareto, persistence } from '../../src/portfolio.js';
import { asText } from '../../src/report/blocks.js';
import { expectInReadme } from '../support/readme.js';
import { describeOnRealBook, sharedRows } from '../support/shared.js';

const paretoText = (paretos: readonly Pareto[], lasting: readonly Persistence[] = []) =>
  asText([...paretoBlocks(paretos), ...persistenceBlocks(lasting)]);

describeOnRealBook('the 80/20 of the Spanish book is what the library finds', () => {
  const { delimiter, ...options } = JSON.parse(
    readFileSync('examples/spanish-motor.columns.json', 'utf8'),
  );
  const plan = JSON.parse(readFileSync('examples/careful.plan.json', 'utf8'));
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', delimiter);
  const { book } = readExperience(rows, options);

  test('as of the end of 2018, and from one year to the next', () => {
    const table = indicators(book, { asOf: '2018-12-31', plan });
    const grades = assess(table, calibrate(table, plan));
    const found = (['premium', 'incurred', 'claims', 'profit'] as const).map((measure) =>
      pareto(grades, { measure }),
    );
    const lasting = (['premium', 'incurred', 'claims'] as const).map((measure) =>
      persistence(book, { from: '2016-12-31', until: '2017-12-31', measure, plan }),
    );
    const blocks = paretoText(found, lasting).split('\n\n');
    const shown = [/80% lie with/, /^By chance/, /^Does it last/, /^chosen by/].map((begin) =>
      blocks.find((block) => begin.test(block)),
    );
    expectInReadme(
      'pareto-2018',
      ['```text', shown.join('\n\n'), '```'].join('\n'),
      'docs/value.md',
    );
  });
});
