import { describe, expect, test } from 'vitest';
import { readBook } from '../../src/book/read-book.js';
import { readPlanFile } from '../../src/formula.js';
import { assess } from '../../src/grading/assess.js';
import { calibrate } from '../../src/grading/calibrate.js';
import { gradeHeader, gradeRows } from '../../src/grading/grade-rows.js';
import { grader } from '../../src/grading/grader.js';
import { standingsOf } from '../../src/grading/standings-of.js';
import { indicators } from '../../src/indicators/indicators.js';
import { lint } from '../../src/lint/lint.js';
import { en } from '../../src/locales/en.js';
import { et } from '../../src/locales/et.js';
import { zh } from '../../src/locales/zh.js';
import { readPlan } from '../../src/plan/read-plan.js';
import { backtest } from '../../src/portfolio/backtest/backtest.js';
import { migrate } from '../../src/portfolio/migration/migrate.js';
import { diffGrades } from '../../src/portfolio/plan-diff/diff.js';
import { summarize } from '../../src/portfolio/summary/summarize.js';
import { explanation } from '../../src/report/explanation.js';
import { simulate } from '../../src/simulate.js';
import { fixedModel, steady } from '../support/fixed-model.js';

const text = `{
  "risk": {
    "tiers": [
      { "name": "excellent" },
      { "name": "healthy" },
      {
        "name": "watch",
        "meaning": "Close to the permissible loss ratio",
        "names": { "zh": "关注", "et": "jälgitav" },
        "meanings": { "zh": "接近允许赔付率", "et": "Lubatud kahjusuhte lähedal" },
      },
      { "name": "sub-healthy" },
      { "name": "high-risk" },
    ],
    "rules": [
      { "tier": "unrated", "when": "missing(rated_loss_ratio) or missing(claim_count)" },
      { "tier": "unrated", "when": "not (exposure_years >= minimum_exposure_years)" },
      { "tier": "excellent", "when": "claim_count == 0" },
      { "tier": "high-risk", "when": "rated_loss_ratio > 1" },
      { "tier": "sub-healthy", "when": "rated_loss_ratio > permissible_loss_ratio" },
      { "tier": "watch", "when": "rated_loss_ratio > 0.85 * permissible_loss_ratio" },
    ],
  },
  "memory": {
    "stay": [{ "tier": "watch", "when": "rated_loss_ratio > 0.75 * permissible_loss_ratio" }],
    "downgrade": "at-once",
  },
  "service": {
    "matrix": {
      "excellent": { "high": "signature", "low": "plus" },
      "healthy": { "high": "plus", "low": "standard" },
      "watch": { "high": "standard", "low": "standard" },
      "sub-healthy": { "high": "standard", "low": "basic" },
      "high-risk": { "high": "basic", "low": "basic" },
      "unrated": { "high": "standard", "low": "standard" },
    },
  },
}`;
const plan = readPlanFile(text);
const { memory: _, ...withoutMemory } = plan;
const names = ['excellent', 'healthy', 'watch', 'sub-healthy', 'high-risk', 'unrated'];
// 0.6 × (1 + 1) ÷ (1 + P ÷ 2500) is between 0.5525 and 0.65 for a premium from 2116 to 2930.
const watched = { ...steady, claimCount: 1, incurredLoss: 900, earnedPremium: 2400 };

describe('a fifth risk tier that only the plan knows', () => {
  const { policies, claims } = simulate({ customers: 1000, seed: 5, years: 5 });
  const { book } = readBook(policies, claims);
  const tableOn = (asOf: string) => indicators(book, { asOf, plan });
  const later = tableOn('2025-01-01');
  const model = calibrate(later, plan);
  const grades = assess(later, model);

  test('is given, counted and written where tiers are', () => {
    const { riskTiers } = summarize(grades);
    expect(Object.keys(riskTiers)).toEqual(names);
    expect(riskTiers.watch.customers).toBeGreaterThan(0);
    const column = gradeHeader(grades).indexOf('risk_tier');
    const row = gradeRows(grades);
    const written = later.ids.map((_, at) => row(at)[column]);
    expect(written.filter((tier) => tier === 'watch').length).toBe(riskTiers.watch.customers);
  });

  test.each([
    [en, 'Risk: watch', 'Close to the permissible loss ratio'],
    [zh, '风险等级：关注', '接近允许赔付率'],
    [et, 'Riskiklass: jälgitav', 'Lubatud kahjusuhte lähedal'],
  ])('is named and explained in $name', (locale, heading, meaning) => {
    const grade = grader(fixedModel(withoutMemory), { locale })(watched);
    expect(grade.risk).toMatchObject({ tier: 'watch', rated: true });
    expect(explanation(grade, { locale, plan }).split('\n').slice(2, 4)).toEqual([
      heading,
      `  ${meaning}`,
    ]);
    // What decided it: within the permissible loss ratio, which is still the case.
    expect(grade.reasons.map(({ code }) => code)).toContain('within-permissible');
    expect(grade.whyNot?.text.startsWith(heading.split(/[:：]\s?/)[1])).toBe(true);
  });

  test('is kept by memory while its limit for leaving holds, and may be set by hand', () => {
    const grade = grader(fixedModel(plan));
    const first = grade(watched, '2024-01-01').standing;
    // 0.6 × 2 ÷ (1 + 3200 ÷ 2500) = 52.6 %: healthy by its figures, above 0.75 × 65 %.
    const better = { ...watched, earnedPremium: 3200 };
    const held = grade(better, '2024-07-01', { standing: first });
    expect([held.risk.tier, held.standing?.observedTier]).toEqual(['watch', 'healthy']);
    expect(held.reasons[0].code).toBe('held-by-line');
    const override = { tier: 'watch', reason: 'r', author: 'a', until: '2025-01-01' };
    expect(grade(steady, '2024-01-01', { override }).risk.tier).toBe('watch');
    expect(() => grade(steady, '2024-01-01', { override: { ...override, tier: 'wach' } })).toThrow(
      'grader: override, tier: expected one of "excellent", "healthy", "watch", "sub-healthy", "high-risk", "unrated", got "wach" (did you mean "watch"?)',
    );
    expect(new Set(standingsOf(grades).map(({ tier }) => tier))).toContain('watch');
  });

  test('migrates, is followed in a backtest and compared with a plan that lacks it', () => {
    const moved = migrate(assess(tableOn('2024-01-01'), model), grades);
    expect(moved.riskTiers.tiers).toEqual(names);
    const into = moved.riskTiers.cells.filter(
      ({ to, customers }) => to === 'watch' && customers > 0,
    );
    expect(into.map(({ from }) => from)).toEqual(expect.arrayContaining(['healthy', 'high-risk']));
    const followed = backtest(book, { plan, from: '2024-01-01', until: '2025-01-01', rounds: 20 });
    expect(Object.keys(followed.riskTiers)).toEqual(names);
    expect(followed.riskTiers.watch.customers).toBeGreaterThan(0);
    const usual = assess(
      indicators(book, { asOf: '2025-01-01' }),
      calibrate(later, { window: plan.window }),
    );
    const diff = diffGrades(usual, grades);
    const taken = diff.risk.movements.filter(({ to }) => to === 'watch');
    expect(taken.map(({ from, direction }) => [from, direction])).toEqual([
      ['healthy', 'downgrade'],
    ]);
  });

  test('is sound to lint, which knows its rank', () => {
    expect(lint(withoutMemory).findings).toEqual([]);
    const [excellent, healthy, watch, ...worse] = plan.risk.tiers;
    const misplaced = { ...withoutMemory.risk, tiers: [excellent, watch, healthy, ...worse] };
    const codes = lint({ ...withoutMemory, risk: misplaced }).findings.map(({ code }) => code);
    expect(codes).toContain('risk-not-monotone');
  });
});

test.each([
  [{ otherwise: 'watch' }, 'plan, risk.otherwise: expected one of "excellent", "healthy"'],
  [{ rules: [{ tier: 'helthy', when: 1 }] }, 'got "helthy" (did you mean "healthy"?)'],
  [{ tiers: [{ name: 'healthy' }] }, 'plan, risk.tiers: expected two tiers or more'],
  [
    { tiers: [...readPlan().risk.tiers, { name: 'healthy' }] },
    'expected each tier once, "healthy" appears twice',
  ],
  [
    { tiers: [...readPlan().risk.tiers, { name: 'lost' }] },
    'plan, service.matrix: expected a row for the risk tier "lost"',
  ],
])('a plan whose tiers do not fit together is refused: %j', (risk, message) => {
  expect(() => readPlan({ risk })).toThrow(message);
});
