import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatPlan, parseFormula, readPlanFile } from '../../src/formula.js';
import {
  calibrate,
  MisuseError,
  type PlanInput,
  readIndicators,
  readPlan,
} from '../../src/index.js';
import { lint } from '../../src/lint.js';
import { bookgrade, csvRows, smallBook } from '../support/command.js';

const refusal = (text: string) => {
  try {
    readPlanFile(text);
  } catch (error) {
    if (error instanceof MisuseError) return error.message;
    throw error;
  }
  return 'read';
};
const rule = (when: string) => `{
  // what we ask
  "risk": { "rules": [
    { "tier": "excellent", "when": "claim_count == 0" },
    { "tier": "high-risk", "when": ${when} },
  ] }
}`;

describe('a plan file', () => {
  test('is JSON with comments, trailing commas and $schema; what is left out has its default', () => {
    const text = `\uFEFF// ours
    {
      "$schema": "./node_modules/bookgrade/schema/plan.schema.json",
      /* a year and a half */
      "window": { "months": 18, },
      "name": "with // and /* in it",
    }`;
    expect(readPlanFile(text)).toEqual(
      readPlan({ name: 'with // and /* in it', window: { months: 18 } }),
    );
    expect(readPlanFile('{}')).toEqual(readPlan());
  });

  test('has rules as text or as trees, wherever the plan has a formula', () => {
    const plan = readPlanFile(`{
      "risk": { "rules": [
        { "tier": "high-risk", "when": "rated_loss_ratio > 90% or lapsed" },
        { "tier": "sub-healthy", "when": [">", "claim_count", 2] }
      ] },
      "lifecycle": { "loyalty": [{ "is": "loyal", "when": "tenure_years >= 3" }] },
      "hints": [{
        "code": "dear", "action": "refer", "when": "severity > 10 * annual_premium",
        "text": "{observed}", "indicator": "severity", "compared": "10 * annual_premium"
      }]
    }`);
    expect(plan.risk.rules.map(({ when }) => when)).toEqual([
      ['or', ['>', 'rated_loss_ratio', 0.9], 'lapsed'],
      ['>', 'claim_count', 2],
    ]);
    expect(plan.lifecycle?.loyalty).toEqual([{ is: 'loyal', when: ['>=', 'tenure_years', 3] }]);
    expect(plan.hints[0].when).toEqual(['>', 'severity', ['*', 10, 'annual_premium']]);
    expect(plan.hints[0].compared).toEqual(['*', 10, 'annual_premium']);
  });

  test('text and tree give the same model', () => {
    const { table } = readIndicators([
      {
        customerId: 'a',
        earnedPremium: 900,
        exposureYears: 3,
        claimCount: 1,
        incurredLoss: 450,
        tenureYears: 3,
        annualPremium: 300,
      },
    ]);
    const trees = calibrate(table, readPlan());
    const texts = calibrate(
      table,
      readPlanFile(readFileSync('examples/default.plan.json', 'utf8')),
    );
    expect(texts.hash).toBe(trees.hash);
  });

  test('what value is measured by settles the unit of its cut', () => {
    const file = (measure: string) =>
      `{ "value": { "measure": "${measure}" }, "hints": [{ "code": "near", "action": "renew", "text": "",
      "indicator": "value_measured", "compared": "value_cut", "when": "value_cut > 2 * policy_count" }] }`;
    expect(refusal(file('claim_count'))).toBe('read');
    expect(refusal(file('annual_premium'))).toBe(
      'plan, hints[0].when (line 2, column 84): ">" cannot take money a year and a count together',
    );
  });
});

describe('what is wrong in a plan file is told with the rule, the line and the column', () => {
  test.each(
    [
      [
        rule('"claim_cout >= 3"'),
        'plan, risk.rules[1].when (line 5, column 37): expected the name of an indicator, score or setting, got "claim_cout" (did you mean "claim_count"?)',
      ],
      [
        rule('"claim_count >= 3 and\\n credibility > claim_count"'),
        'plan, risk.rules[1].when (line 5, column 74): ">" cannot take a share and a count together',
      ],
      [
        rule('"claim_count \\u003e= 3 and cos"'),
        'plan, risk.rules[1].when (line 5, column 63): expected the name',
      ],
      [
        rule('["and", "lapsed", [">", "credibility", "claim_count"]]'),
        'plan, risk.rules[1].when (line 5, column 75): ">" cannot take a share and a count together',
      ],
      [
        rule('[">", "claim_cout", 1]'),
        'plan, risk.rules[1].when (line 5, column 42): expected the name of an indicator, score or setting, got "claim_cout" (did you mean "claim_count"?)',
      ],
      [rule('[">", "claim_count"]'), '(line 5, column 36): ">" cannot take 1 operands'],
      [
        rule('["more", 1, 2]'),
        'plan, risk.rules[1].when[0] (line 5, column 37): expected one of "+", "-"',
      ],
      [rule('null'), '(line 5, column 36): expected a number, a name or a tree'],
      [
        rule('"risk_tier == 2"'),
        'plan, risk.rules[1].when (line 5, column 37): expected the name of an indicator, score or setting, got "risk_tier", which is not known yet where this rule is worked out',
      ],
      [
        '{ "value": { "measure": "annual_premum" } }',
        'plan, value.measure (line 1, column 25): expected the name of an indicator, score or setting, got "annual_premum" (did you mean "annual_premium"?)',
      ],
      [
        '{ "hints": [{ "code": "a", "action": "renew", "when": "lapsed", "text": "", "indicator": "lapsed",\n"compared": "credibility > 1" }] }',
        'plan, hints[0].compared (line 2, column 14): expected a number, not a yes or no',
      ],
      [
        '{\n  "pricing": { "profitMargin": 0.1, "expenceRatio": 0.2 }\n}',
        'plan, pricing (line 2, column 37): "expenceRatio" is not known (did you mean "expenseRatio"?)',
      ],
      [
        '{\r\n  "pricing": { "expenseRatio": 2 }\r\n}',
        'plan, pricing.expenseRatio (line 2, column 32): expected at most 1, got 2',
      ],
      ['{ "risk": null }', 'plan, risk (line 1, column 11): '],
      ['[]', 'plan (line 1, column 1): '],
      ['', 'plan (line 1, column 1): expected a value'],
      ['{ "a": 1', 'plan (line 1, column 9): expected , or }'],
      ['{ "a" 1 }', 'plan (line 1, column 7): expected : after "a"'],
      ['{ a: 1 }', 'plan (line 1, column 3): expected a name in double quotes'],
      ['{ "a": .5 }', 'plan (line 1, column 8): expected a value'],
      ['{ "a": "b }', 'plan (line 1, column 8): expected a value'],
      ['{ "a": 1 /* not closed }', 'plan (line 1, column 10): expected , or }'],
      ['{} {}', 'plan (line 1, column 4): expected nothing after the end'],
      [
        '{ "name": "a",\n "name": "b" }',
        'plan (line 2, column 2): expected "name" once; it stands before at line 1, column 3',
      ],
      ['['.repeat(1_000_000), 'plan (line 1, column 202): expected at most 200 brackets'],
      [`{ "a": "${'x'.repeat(1_000_000)}" }`, 'plan (line 1, column 3): "a" is not known'],
      [
        rule(`"${'('.repeat(1_000_000)}"`),
        '(line 5, column 5037): expected a rule of at most 5000',
      ],
    ].map(([text, message]) => ({ text, message, shown: text.slice(0, 120) })),
  )('$shown', ({ text, message }) => {
    expect(refusal(text)).toContain(message);
  });

  test('a file by its name, and what is no text', () => {
    expect(() => readPlanFile('[', 'mine.json')).toThrow(/^mine\.json \(line 1, column 2\): /);
    expect(() => readPlanFile({} as never)).toThrow('readPlanFile: expected the text of a plan');
  });

  test('a rule as text in a plan that is no file is told how to be read', () => {
    const plan: PlanInput = { risk: { rules: [{ tier: 'high-risk', when: 'claim_count > 2' }] } };
    const { message } = (() => {
      try {
        return readPlan(plan) && { message: '' };
      } catch (error) {
        return error as Error;
      }
    })();
    expect(message).toContain('plan, risk.rules.0.when: expected a name or a tree such as');
    expect(message).toContain('parseFormula or readPlanFile of bookgrade/formula');
    const read: PlanInput = {
      risk: { rules: [{ tier: 'high-risk', when: parseFormula('claim_count > 2') }] },
    };
    expect(readPlan(read).risk.rules[0].when).toEqual(['>', 'claim_count', 2]);
  });
});

describe('a plan written as a file', () => {
  test('reads back to the same plan, to the last setting', () => {
    const plan = readPlan({
      name: 'a "name"',
      claims: { cap: { quantile: 0.99 } },
      experience: { development: { claims: { 12: 1.1, 24: 1.02 } } },
      risk: {
        highRiskCertainty: 0.9,
        rules: [
          { tier: 'high-risk', when: 1 },
          { tier: 'healthy', when: 'lapsed' },
        ],
      },
    });
    expect(JSON.stringify(readPlanFile(formatPlan(plan)))).toBe(JSON.stringify(plan));
    expect(JSON.stringify(readPlanFile(formatPlan({})))).toBe(JSON.stringify(readPlan()));
  });

  test('keeps as a tree what text cannot hold', () => {
    const plan = readPlan({ risk: { rules: [{ tier: 'healthy', when: ['=', 'own figure', 1] }] } });
    expect(formatPlan(plan)).toContain('"when": ["=", "own figure", 1]');
  });
});

describe('the command line', () => {
  test('reads --plan as a plan file, with rules as text', async () => {
    const { book, file, freshPath } = smallBook();
    const out = freshPath();
    const plan = file('text.plan.json', rule('"claim_count >= 2" /* hard */'));
    const { code, err } = await bookgrade('score', ...book, '--plan', plan, '--out', out);
    expect([code, err]).toEqual([0, '']);
    expect(csvRows(out).map(({ risk_tier }) => risk_tier)).toEqual([
      'excellent',
      'high-risk',
      'excellent',
    ]);
  });
});

test('neither the contents page nor the command line loads the parser before a rule is to be read', () => {
  const imports = (path: string) =>
    [
      ...readFileSync(join('src', path), 'utf8').matchAll(
        /^(?:import|export)\s(?!type\s)[^'";]*?'([^']+)';$/gm,
      ),
    ].map(([, from]) => from);
  const reached = (start: string) => {
    const seen = new Set<string>([start]);
    for (const path of seen) {
      if (!path.endsWith('.ts')) continue;
      for (const from of imports(path)) {
        seen.add(
          from.startsWith('.')
            ? normalize(join(dirname(path), from)).replace(/\.js$/, '.ts')
            : from,
        );
      }
    }
    return [...seen].filter((name) => name.startsWith('mathjs'));
  };
  expect(readdirSync('src')).toContain('cli.ts');
  expect(reached('formula.ts')).toEqual(['mathjs/number']);
  expect(reached('index.ts')).toEqual([]);
  expect(reached('cli.ts')).toEqual([]);
});

test('the plan that the README shows reads, and lint finds it sound', () => {
  const shown = /```json\n(\{\n {2}"name": "careful with[\s\S]*?)```/.exec(
    readFileSync('README.md', 'utf8'),
  );
  const plan = readPlanFile(shown?.[1] ?? 'no such plan');
  expect(plan.risk.rules.length).toBe(5);
  expect(lint(plan).findings).toEqual([]);
});
