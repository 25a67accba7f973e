import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  assess,
  calibrate,
  countIssues,
  gradeAt,
  indicators,
  readExperience,
  riskTiers,
  type Table,
} from '../../src/index.js';
import { summarize } from '../../src/portfolio/summary/summarize.js';
import { describeOnRealBook, sharedRows } from '../support/shared.js';

// Segura-Gisbert, Lledó and Pavía (2025), Eur. Actuar. J. 15, 241–253; totals of ../shared/data/README.md.
const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
const read = (file: string) =>
  readExperience(sharedRows(`data/spanish-motor/${file}`, ';'), columns);

describeOnRealBook('the Spanish motor book', () => {
  const { book, issues } = read('policy_years.csv.gz');
  const dirty = read('policy_years_dirty.csv.gz');

  const everything = { asOf: '2019-12-31', plan: { window: { months: 60 } } };
  const summaryOf = (from: typeof book) => {
    const table = indicators(from, everything);
    return summarize(assess(table, calibrate(table, everything.plan)));
  };
  const whole = summaryOf(book);

  test('whole: 53,502 customers and the totals of the publisher, to the cent', () => {
    expect(whole.customers).toBe(53502);
    expect(whole.exposureYears).toBe(105555);
    expect(whole.earnedPremium).toBe(33344038.88);
    expect(whole.claims).toBe(41662);
    expect(whole.incurred).toBe(16208741.37);
    expect(whole.lossRatio).toBeCloseTo(0.486106, 6);
    expect(whole.withoutCover).toBe(0);
    expect(whole.excluded.rows).toBe(0);
  });

  test('whole: the tiers add up to the total in customers and in money', () => {
    for (const groups of [whole.riskTiers, whole.valueTiers, whole.serviceTiers, whole.actions]) {
      const total = (key: 'customers' | 'earnedPremium' | 'incurred' | 'claims') =>
        Object.values(groups).reduce((all, group) => all + group[key], 0);
      expect(total('customers')).toBe(whole.customers);
      expect(total('claims')).toBe(whole.claims);
      expect(total('earnedPremium')).toBeCloseTo(whole.earnedPremium, 6);
      expect(total('incurred')).toBeCloseTo(whole.incurred, 6);
    }
    // 70.7 % of ID have no claim (37,827), and all have a year of experience.
    expect(whole.riskTiers.excellent.customers / whole.customers).toBeCloseTo(Math.SQRT1_2, 3);
    expect(whole.riskTiers.unrated.customers).toBe(0);
  });

  test('the only issue is the 68 rows whose contract starts after their renewal', () => {
    expect(countIssues(issues)).toEqual({ 'since-after-from': { rows: 68, amount: 16419.56 } });
  });

  test('dirty: 3,416 channel cells 00/01/1900 are named with their premium and change no total', () => {
    const cells = dirty.issues.filter(({ code }) => code === 'unknown-label');
    expect(cells).toHaveLength(3416);
    expect(cells.every(({ field, table }) => field === 'channel' && table === 'experience')).toBe(
      true,
    );
    expect(cells[0].message).toBe('channel: expected one of 0, 1, got "00/01/1900"');
    const rows = sharedRows('data/spanish-motor/policy_years_dirty.csv.gz', ';');
    const premium = rows
      .filter((row) => row.Distribution_channel === '00/01/1900')
      .reduce((total, row) => total + Number(row.Premium), 0);
    expect(cells.reduce((total, { amount }) => total + (amount ?? 0), 0)).toBeCloseTo(premium, 6);

    const { model: _, ...dirtyTotals } = summaryOf(dirty.book);
    const { model: __, ...totals } = whole;
    expect(dirtyTotals).toEqual(totals);
    const channel = indicators(dirty.book, everything).attributes.find(
      ({ name }) => name === 'channel',
    );
    expect(channel?.codes.some((code) => code === -1)).toBe(true);
  });

  const table = indicators(book, { asOf: '2018-12-31', plan: { window: { months: 36 } } });
  const grades = assess(table, calibrate(table));
  const rowOf = (id: string) => table.ids.indexOf(id);
  const figures = (of: Table, id: string) =>
    Object.fromEntries(
      Object.entries(of.columns).map(([name, column]) => [name, column[rowOf(id)]]),
    );
  const grade = (id: string) => gradeAt(grades)(rowOf(id));

  test('2018-12-31, 36 months: customers whose cover straddles no window are graded, the rest counted', () => {
    expect(table.length + table.withoutCover).toBe(53502);
    expect(table.withoutCover).toBe(1188);
    expect(table.excluded.rows).toBe(4457);
  });

  test('ID 1024, which straddles both ends: the first row is left out whole, the last earns 48 days', () => {
    expect(figures(table, '1024')).toMatchObject({
      exposure_years: 2 + 48 / 365,
      earned_premium: expect.closeTo(369.86 + 379.05 + 407.48 * (48 / 365), 9),
      claim_count: 2,
      incurred_loss: 225.89,
      largest_claim: 225.89,
      annual_premium: 407.48,
      tenure_years: 10 + 48 / 365,
      claim_free_years: 1 + 48 / 365,
      recent_exposure_years: 1 + 48 / 365,
      recent_claim_count: 0,
      policy_count: 1,
      line_count: 1,
      renewals: 3,
      lapsed: 0,
    });
    expect(grade('1024').attributes).toMatchObject({
      line: 'car',
      channel: 'agent',
      Area: 'rural',
    });
  });

  test('ID 7, lapsed after one leap year: exposure is 366 ÷ 366 and nothing is in force', () => {
    expect(figures(table, '7')).toMatchObject({
      exposure_years: 1,
      earned_premium: 340.43,
      claim_count: 3,
      incurred_loss: 2162.89,
      loss_ratio: 2162.89 / 340.43,
      annual_premium: 0,
      tenure_years: 2,
      claim_free_years: 0,
      policy_count: 0,
      renewals: 0,
      lapsed: 1,
    });
    expect(grade('7').risk.tier).toBe('high-risk');
  });

  test('ID 861, whose contract starts a day after its row: the row begins the relationship', () => {
    expect(figures(table, '861')).toMatchObject({
      exposure_years: 350 / 365,
      earned_premium: 237.74 * (350 / 365),
      tenure_years: 350 / 365,
      claim_free_years: 350 / 365,
    });
  });

  test('ID 44, 87 days on the books: unrated, however clean', () => {
    expect(figures(table, '44')).toMatchObject({
      exposure_years: 87 / 365,
      earned_premium: 376.67 * (87 / 365),
      claim_count: 0,
      annual_premium: 376.67,
    });
    expect(grade('44').risk.tier).toBe('unrated');
    expect(grade('44').whyNot?.moreExperienceYears).toBeCloseTo(278 / 365, 12);
  });

  test('ID 27326, the largest row of the book', () => {
    expect(figures(table, '27326')).toMatchObject({
      exposure_years: 2,
      earned_premium: 623.76 + 623.75,
      claim_count: 3,
      incurred_loss: 260853.24,
      severity: 260853.24 / 3,
      pure_premium: 260853.24 / 2,
      claim_frequency: 1.5,
      tenure_years: 2,
      claim_free_years: 1,
      lapsed: 1,
    });
    const hints = grade('27326').underwriting.hints.map(({ code }) => code);
    expect(hints).toContain('large-loss');
    expect(grade('27326').underwriting.action).toBe('restrict');
    // Claim counts make the tier by default: one huge loss does not make a customer high-risk.
    expect(grade('27326').risk.tier).toBe('sub-healthy');
  });

  test('premium is earned to the day: 26.7 of 33.3 million, whatever was left out beside it', () => {
    const earned = sharedRows('data/spanish-motor/policy_years.csv.gz', ';').reduce(
      (total, row) => {
        const day = (text: string) => {
          const [d, m, y] = text.split('/').map(Number);
          return Date.UTC(y, m - 1, d) / 86_400_000;
        };
        const from = day(row.Date_last_renewal);
        const to = day(row.Date_next_renewal);
        const inWindow = from >= day('31/12/2015') && from < day('31/12/2018');
        const days = Math.min(to, day('31/12/2018')) - from;
        return inWindow ? total + (Number(row.Premium) * days) / (to - from) : total;
      },
      0,
    );
    expect(summarize(grades).earnedPremium).toBeCloseTo(earned, 4);
  });

  test('no column of a rated customer is missing or infinite', () => {
    const rated = [...grades.tiers.risk_tier.keys()].filter(
      (row) => riskTiers[grades.tiers.risk_tier[row]] !== 'unrated',
    );
    const { expected_loss_ratio, expected_low, expected_high, credibility } = grades.scores;
    for (const column of [expected_loss_ratio, expected_low, expected_high, credibility]) {
      expect(rated.every((row) => Number.isFinite(column[row]))).toBe(true);
    }
  });
});
