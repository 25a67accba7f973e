import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readBook } from '../../src/index.js';
import { simulateRule } from '../../src/portfolio.js';
import { bookgrade, csvRows, read, smallBook } from '../support/command.js';

const { folder, file, policies, claims, freshPath, refused } = smallBook();
const input = ['--policies', policies, '--claims', claims];
// Ann never has a claim; Bob has one before the day and one of 1,000 after it.
const days = ['--as-of', '2023-01-01', '--until', '2024-01-01'];
const run = (...args: string[]) => bookgrade('simulate-rule', ...input, ...days, ...args);
const rule = ['--rule', 'claim_count >= 1'];

describe('simulate-rule', () => {
  test('prints the rule, the assumption, both books and the curve', async () => {
    const { code, out, err } = await run(...rule, '--rounds', '20');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const line of [
      /^2 customers looked at on 2023-01-01 and followed until 2024-01-01\. /m,
      /^The rule: claims is at least 1\.$/m,
      /^the book as it came +2 +720\.00 +1 +1,000\.00 +138\.9% +−496\.00$/m,
      /^the book under the rule +1 +420\.00 +0 +0\.00 +0\.0% +294\.00$/m,
      /^line +customers +touched/m,
      /^Every cut of expected loss ratio/m,
      /^No issues: every row was used\.$/m,
    ]) {
      expect(out).toMatch(line);
    }
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('gives all of it as JSON, as the library does', async () => {
    const { out } = await run(...rule, '--rounds', '5', '--seed', '3', '--json');
    const { book } = readBook(csvRows(policies), csvRows(claims));
    const { columns: _, ...summary } = simulateRule(book, ['>=', 'claim_count', 1], {
      ...{ calibrateAt: '2023-01-01', until: '2024-01-01', rounds: 5, seed: 3 },
    });
    expect(JSON.parse(out)).toEqual({
      ...JSON.parse(JSON.stringify(summary)),
      issues: {},
      columns: expect.any(Array),
    });
  });

  test('--rule-file is the same rule; --where alone is one; --stay and --surcharge are assumed', async () => {
    const path = file('rule.txt', 'claim_count\n  >= 1\n');
    const [one, other] = await Promise.all([run(...rule), run('--rule-file', path)]);
    expect(other).toEqual(one);
    const told = await run(
      ...['--where', 'line=home', '--stay', '80%', '--surcharge', '0.25', '--json'],
    );
    const { touched, reaction } = JSON.parse(told.out);
    expect(touched.incurred).toBe(1000);
    expect(reaction).toEqual({ leave: expect.closeTo(0.2, 12), surcharge: 0.25 });
    const both = await run('--where', 'line=home', '--where', 'line=motor', '--json');
    expect(JSON.parse(both.out).untouched.customers).toBe(0);
  });

  test('--out has every customer, --charts the picture, --cut another score', async () => {
    const out = freshPath('touched.csv');
    const charts = `${folder}/rule-charts`;
    const ended = await run(...rule, '--out', out, '--charts', charts, '--cut', 'loss_ratio');
    expect(ended.code).toBe(0);
    const rows = csvRows(out);
    expect(Object.keys(rows[0])).toEqual([
      'customer_id',
      'graded_on',
      'touched',
      'score',
      'lifetime_value',
      'risk_tier',
      'value_tier',
      'expected_loss_ratio',
      'credibility',
      'observed_loss_ratio',
      'next_earned_premium',
      'next_exposure_years',
      'next_claim_count',
      'next_incurred_loss',
      'next_loss_ratio',
      'stayed',
    ]);
    expect(rows.map(({ customer_id, touched, score }) => [customer_id, touched, score])).toEqual([
      ['ann', '0', '0'],
      ['bob', '1', '0.25'],
    ]);
    expect(readdirSync(charts)).toEqual(['rule-curve.vl.json']);
    expect(JSON.parse(read(`${charts}/rule-curve.vl.json`)).$schema).toMatch(/vega-lite/);
    expect(ended.out).toMatch(/^Every cut of observed loss ratio/m);
  });

  test.each<[string, string[], RegExp]>([
    ['no rule', [], /expected --rule TEXT/],
    ['two rules', [...rule, '--rule-file', 'x.txt'], /--rule or --rule-file, not both/],
    [
      'an unknown name',
      ['--rule', 'claim_cuont >= 1'],
      /column 1: .*claim_cuont.*did you mean "claim_count"/,
    ],
    ['a name like no other', ['--rule', 'foo'], /setting, got "foo"$/],
    ['a card that there is not', ['--rule', 'card_points > 100'], /give it one, \{"card": \{\}\}$/],
    ['a count and a share', ['--rule', 'claim_count > 90%'], /90% is a share/],
    ['a number', ['--rule', '1'], /number 1/],
    ['no yes or no', ['--rule', 'claim_count + 1'], /yes or no/],
    ['a rule of no file', ['--rule-file', 'nowhere.txt'], /nowhere\.txt/],
    ['a share above 1', [...rule, '--stay', '1.5'], /--stay: expected a share/],
    ['a share that is text', [...rule, '--stay', 'most'], /--stay: expected a share/],
    ['a surcharge alone', [...rule, '--surcharge', '0.1'], /give --stay SHARE too/],
    ['an attribute without label', [...rule, '--where', 'line'], /--where: expected NAME=LABEL/],
    ['an unknown label', [...rule, '--where', 'line=hom'], /did you mean "home"/],
    ['another moment', [...rule, '--at', 'once'], /--at: expected date or renewal, got once/],
    ['an unknown score', [...rule, '--cut', 'loss_rati'], /did you mean "loss_ratio"/],
    ['a model', [...rule, '--model', 'm.json'], /leave --model out/],
  ])('%s is told in one line', async (_, args, message) => {
    expect(await refused(2, 'simulate-rule', ...input, ...days, ...args)).toMatch(message);
  });

  test('an end before the beginning, and no end, too', async () => {
    const asked = ['simulate-rule', ...input, ...rule, '--as-of', '2023-01-01'];
    expect(await refused(2, ...asked, '--until', '2022-01-01')).toMatch(/until after calibrateAt/);
    expect(await refused(2, ...asked)).toMatch(/expected --until DATE/);
  });

  test('a time in which nobody is covered cannot be followed, and exits 1', async () => {
    const asked = ['simulate-rule', ...input, ...rule, '--as-of', '2025-01-01'];
    expect(await refused(1, ...asked, '--until', '2026-01-01')).toMatch(/no customer .* to follow/);
  });
});
