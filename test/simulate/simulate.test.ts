import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  indicators,
  isoFromDay,
  MisuseError,
  readBook,
  riskTiers,
} from '../../src/index.js';
import { channels, lapseProbability } from '../../src/simulate/market.js';
import { type SimulatedBook, simulate } from '../../src/simulate.js';
import { runs } from '../support/slow.js';

const seeds = [1, 2, 3, 4, 5];
const customers = 20_000;

/** A simulated book, read, measured and graded with the default plan. */
function graded(book: SimulatedBook) {
  const read = readBook(book.policies, book.claims);
  const table = indicators(read.book, { asOf: book.asOf });
  const model = calibrate(table);
  const { experience } = model.parameters;
  if (experience.method !== 'frequency') throw new Error('the default method is frequency');
  return { ...book, issues: read.issues, table, model, experience, grades: assess(table, model) };
}

const books = seeds.map((seed) => graded(simulate({ customers, seed, years: 3 })));
const alike = seeds.map((seed) => graded(simulate({ customers, seed, years: 3, differences: 0 })));

const mean = (values: readonly number[]) =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** Ranks from 0, the mean rank for ties. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranked = new Array<number>(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranked[order[k]] = (start + end - 1) / 2;
  }
  return ranked;
}

/** Spearman's rank correlation: Pearson's of the ranks. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - meanX) * (y[i] - meanY)));
  const variance = (values: number[], around: number) =>
    mean(values.map((value) => (value - around) ** 2));
  return covariance / Math.sqrt(variance(x, meanX) * variance(y, meanY));
}

/** The day number of an ISO date, without the library's calendar. */
const dayOf = (iso: string) => Date.parse(iso) / 86_400_000;

/** Every renewal that came up before the as-of date, and whether the policy was renewed. */
function renewalsOf({ policies, claims, asOf }: SimulatedBook) {
  const reports = new Map<string, string[]>();
  claims.policy_id.forEach((policy, c) => {
    if (!['open', 'closed'].includes(claims.status[c])) return;
    reports.set(policy, [...(reports.get(policy) ?? []), claims.reported_on[c]]);
  });
  return policies.policy_id.flatMap((policy, t) => {
    const [from, to] = [policies.from[t], policies.to[t]];
    if (to >= asOf || policies.cancelled_on[t] !== '') return [];
    const claimed = (reports.get(policy) ?? []).some((day) => from <= day && day < to);
    return {
      renewed: policies.policy_id[t + 1] === policy,
      claimed,
      first: policies.policy_id[t - 1] !== policy,
      channel: policies.channel[t],
      yearlyPremium: policies.premium[t] / (dayOf(to) - dayOf(from)),
      nextYearlyPremium:
        policies.policy_id[t + 1] === policy
          ? policies.premium[t + 1] / (dayOf(policies.to[t + 1]) - dayOf(policies.from[t + 1]))
          : Number.NaN,
    };
  });
}
const lapseRate = (renewals: readonly { renewed: boolean }[]) =>
  mean(renewals.map(({ renewed }) => (renewed ? 0 : 1)));

describe('a simulated book', () => {
  test('is the same book for the same seed, and another one for another seed', () => {
    const options = { customers: 300, seed: 17, years: 4 };
    expect(simulate(options)).toEqual(simulate(options));
    for (const seed of [18, -17, 17 + 2 ** 32, 0]) {
      expect(simulate({ ...options, seed }).truth.latent).not.toEqual(
        simulate(options).truth.latent,
      );
    }
  });

  test('has uncorrelated latent risks under neighbouring seeds', () => {
    const [a, b] = [1, 2].map((seed) => [
      ...simulate({ customers: 5000, seed, years: 1 }).truth.latent,
    ]);
    // Three standard errors of a correlation of 5,000 pairs.
    expect(Math.abs(rankCorrelation(a, b))).toBeLessThan(3 / Math.sqrt(5000));
  });

  test('carries the fields that readBook knows, under the names of files', () => {
    const { policies, claims, truth, asOf } = simulate({ customers: 50, seed: 1, years: 3 });
    expect(Object.keys(policies)).toEqual(
      'customer_id,policy_id,from,to,premium,line,channel,branch,cancelled_on'.split(','),
    );
    expect(Object.keys(claims)).toEqual(
      'claim_id,policy_id,occurred_on,reported_on,closed_on,paid,reserve,status'.split(','),
    );
    expect(Object.keys(truth)).toEqual(['customer_id', 'relativity', 'latent', 'expected_claims']);
    expect(truth.customer_id.slice(0, 2)).toEqual(['C000001', 'C000002']);
    expect(asOf).toBe('2023-01-01');
  });

  test('has its as-of date so many years after its first day, by the calendar', () => {
    const asOf = (from: string, years: number) =>
      simulate({ customers: 1, seed: 1, years, from }).asOf;
    expect(asOf('2024-02-29', 1)).toBe('2025-02-28');
    expect(asOf('1999-12-31', 30)).toBe('2029-12-31');
  });

  test('is read without a single issue, whatever its seed, years, first day and differences', () => {
    expect([...books, ...alike].map(({ issues }) => issues)).toEqual(
      Array(2 * seeds.length).fill([]),
    );
    fc.assert(
      fc.property(
        fc.record({
          customers: fc.integer({ min: 1, max: 60 }),
          seed: fc.maxSafeInteger(),
          years: fc.integer({ min: 1, max: 30 }),
          from: fc.integer({ min: -50_000, max: 70_000 }).map(isoFromDay),
          differences: fc.double({ min: 0, max: 5, noNaN: true }),
        }),
        (options) => {
          const { policies, claims, truth, asOf } = simulate(options);
          expect(readBook(policies, claims).issues).toEqual([]);
          expect(truth.relativity.every((value) => value >= 0)).toBe(true);
          const { from, cancelled_on } = policies;
          expect(from.every((day) => options.from <= day && day < asOf)).toBe(true);
          expect(cancelled_on.every((day) => day < asOf)).toBe(true);
          expect(claims.reported_on.every((day) => day < asOf)).toBe(true);
        },
      ),
      { numRuns: runs(60), seed: 1 },
    );
  });

  test('gives every customer cover, and the truth in the order of the table', () => {
    for (const { table, truth } of books) expect(table.ids).toEqual(truth.customer_id);
  });

  test('has a true relativity with mean 1, weighted by earned premium', () => {
    for (const { table, truth } of [...books, ...alike]) {
      const { earned_premium } = table.columns;
      const weighted = earned_premium.reduce((total, w, i) => total + w * truth.relativity[i], 0);
      const premium = earned_premium.reduce((total, w) => total + w, 0);
      expect(weighted / premium).toBeCloseTo(1, 10);
    }
  });

  test('has latent risks of mean 1 and variance 0.6 × differences', () => {
    for (const differences of [0.5, 1, 2]) {
      const { latent } = simulate({ customers, seed: 1, years: 1, differences }).truth;
      const average = mean([...latent]);
      expect(average).toBeGreaterThan(0.97);
      expect(average).toBeLessThan(1.03);
      const variance = mean([...latent].map((value) => (value - average) ** 2));
      expect(variance / (0.6 * differences)).toBeGreaterThan(0.9);
      expect(variance / (0.6 * differences)).toBeLessThan(1.1);
    }
  });

  test('has a loss ratio of 0.55 to 0.65 and 0.10 to 0.15 claims per policy year', () => {
    for (const { model } of [...books, ...alike]) {
      expect(model.parameters.book.lossRatio).toBeGreaterThan(0.55);
      expect(model.parameters.book.lossRatio).toBeLessThan(0.65);
      expect(model.parameters.book.claimFrequency).toBeGreaterThan(0.1);
      expect(model.parameters.book.claimFrequency).toBeLessThan(0.15);
    }
  });

  test('has as many claims as its truth expects, but for the few not yet reported', () => {
    for (const { claims, truth } of books) {
      const reported = claims.status.filter((status) => ['open', 'closed'].includes(status));
      const expected = truth.expected_claims.reduce((total, value) => total + value, 0);
      expect(reported.length / expected).toBeGreaterThan(0.93);
      expect(reported.length / expected).toBeLessThan(1);
    }
  });

  test('asks about the same premium for a claim in every line', () => {
    const big = simulate({ customers: 100_000, seed: 1, years: 3, differences: 0 });
    const lineOf = new Map(big.policies.policy_id.map((id, t) => [id, big.policies.line[t]]));
    const earned: Record<string, number> = {};
    const claimed: Record<string, number> = {};
    const end = dayOf(big.asOf);
    big.policies.premium.forEach((premium, t) => {
      const [from, to] = [dayOf(big.policies.from[t]), dayOf(big.policies.to[t])];
      const cancelled = big.policies.cancelled_on[t];
      const until = Math.min(to, end, cancelled === '' ? to : dayOf(cancelled));
      const line = big.policies.line[t];
      earned[line] = (earned[line] ?? 0) + (premium * (until - from)) / (to - from);
    });
    big.claims.policy_id.forEach((policy, c) => {
      if (!['open', 'closed'].includes(big.claims.status[c])) return;
      const line = lineOf.get(policy) ?? '';
      claimed[line] = (claimed[line] ?? 0) + 1;
    });
    const names = Object.keys(earned);
    expect(names.sort()).toEqual(['home', 'liability', 'motor']);
    const perPremium = names.map((line) => claimed[line] / earned[line]);
    const middle = mean(perPremium);
    for (const value of perPremium) {
      expect(value / middle).toBeGreaterThan(0.9);
      expect(value / middle).toBeLessThan(1.1);
    }
  });

  test('has lines, channels, branches, several policies, short terms, cancellations and lapses', () => {
    const { policies, table } = books[0];
    expect(new Set(policies.line).size).toBe(3);
    expect(new Set(policies.channel).size).toBe(3);
    expect(new Set(policies.branch).size).toBe(5);
    expect(policies.premium.every((premium) => Math.round(premium * 100) / 100 === premium)).toBe(
      true,
    );
    const terms = policies.from.map((from, t) => dayOf(policies.to[t]) - dayOf(from));
    expect(terms.every((days) => days >= 30 && days <= 366)).toBe(true);
    expect(terms.some((days) => days < 300)).toBe(true);
    expect(policies.cancelled_on.some((day) => day !== '')).toBe(true);
    expect(table.columns.lapsed).toContain(1);
    expect(table.columns.policy_count).toContain(3);
    const firstYear = table.columns.tenure_years.filter((years) => years > 2).length;
    expect(firstYear).toBeGreaterThan(0.4 * customers);
  });

  test('shows claims as they stood on the as-of date: open with a reserve, closed without', () => {
    const { claims, asOf } = books[0];
    const byStatus: Record<string, number> = {};
    claims.status.forEach((status, c) => {
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      const [paid, reserve, closed] = [claims.paid[c], claims.reserve[c], claims.closed_on[c]];
      if (status === 'open') {
        expect(closed).toBe('');
        expect(paid).toBeGreaterThan(0);
        expect(reserve).toBeGreaterThan(0);
        return;
      }
      expect(reserve).toBe(0);
      expect(paid > 0).toBe(status === 'closed');
      expect(closed >= claims.reported_on[c] && closed < asOf).toBe(true);
    });
    expect(Object.keys(byStatus).sort()).toEqual(['closed', 'inquiry', 'nil', 'open', 'withdrawn']);
    expect(byStatus.open).toBeLessThan(0.25 * byStatus.closed);
    expect(byStatus.nil + byStatus.withdrawn + byStatus.inquiry).toBeLessThan(
      0.15 * byStatus.closed,
    );
    // Two claims in a thousand are from 15 times the mean up.
    const incurred = [...claims.paid].map((paid, c) => paid + claims.reserve[c]);
    expect(Math.max(...incurred)).toBeGreaterThan(20 * mean(incurred));
  });
});

describe('the truth behind a book', () => {
  test('is ranked better by the expected loss ratio than by the observed one', () => {
    for (const { grades, table, truth } of books) {
      const rated = [...table.ids.keys()].filter(
        (i) => riskTiers[grades.tiers.risk_tier[i]] !== 'unrated',
      );
      const relativity = rated.map((i) => truth.relativity[i]);
      const expected = rated.map((i) => grades.scores.expected_loss_ratio[i]);
      const observed = rated.map((i) => table.columns.loss_ratio[i]);
      expect(rankCorrelation(expected, relativity)).toBeGreaterThan(
        rankCorrelation(observed, relativity),
      );
    }
  });

  test('lies in the 80 % interval of 77 to 83 % of the customers with a year of exposure', () => {
    for (const { grades, table, truth, experience } of books) {
      // The window is the whole book, so the truth of the book is the truth of the window.
      expect(table.window).toEqual({
        from: dayOf('2020-01-01'),
        to: dayOf('2023-01-01'),
      });
      const { expected_low, expected_high } = grades.scores;
      const long = [...table.ids.keys()].filter((i) => table.columns.exposure_years[i] >= 1);
      const inside = long.filter((i) => {
        const lossRatio = truth.relativity[i] * experience.collectiveLossRatio;
        return expected_low[i] <= lossRatio && lossRatio <= expected_high[i];
      });
      expect(inside.length / long.length).toBeGreaterThan(0.77);
      expect(inside.length / long.length).toBeLessThan(0.83);
    }
  });

  test('has no differences where there are none, and the model finds next to none', () => {
    for (const { truth, experience } of alike) {
      expect(new Set(truth.latent)).toEqual(new Set([1]));
      expect(experience.relativityVariance).toBeLessThan(0.02);
    }
    const large = graded(simulate({ customers: 200_000, seed: 6, years: 3, differences: 0 }));
    expect(large.experience.relativityVariance).toBeLessThan(0.02);
  });

  test('is found in a large book: the variance of true relativities, within a tenth', () => {
    const { experience, truth } = graded(simulate({ customers: 200_000, seed: 6, years: 3 }));
    const variance = mean([...truth.relativity].map((value) => (value - 1) ** 2));
    expect(experience.relativityVariance / variance).toBeGreaterThan(0.9);
    expect(experience.relativityVariance / variance).toBeLessThan(1.1);
  });
});

describe('renewals of a simulated book', () => {
  const renewals = books.map(renewalsOf);

  test('cost more after a claim', () => {
    for (const all of renewals) {
      const change = (claimed: boolean) =>
        mean(
          all
            .filter((renewal) => renewal.renewed && !renewal.first && renewal.claimed === claimed)
            .map(({ yearlyPremium, nextYearlyPremium }) => nextYearlyPremium / yearlyPremium - 1),
        );
      expect(change(true)).toBeGreaterThan(change(false) + 0.01);
    }
  });

  test('are refused more often after a claim, the first time, and online', () => {
    for (const all of renewals) {
      const rate = (of: (renewal: (typeof all)[number]) => boolean) => lapseRate(all.filter(of));
      expect(rate(({ claimed }) => claimed)).toBeGreaterThan(rate(({ claimed }) => !claimed));
      expect(rate(({ first }) => first)).toBeGreaterThan(rate(({ first }) => !first));
      expect(rate(({ channel }) => channel === 'online')).toBeGreaterThan(
        rate(({ channel }) => channel === 'agent'),
      );
      expect(lapseRate(all)).toBeGreaterThan(0.08);
      expect(lapseRate(all)).toBeLessThan(0.25);
    }
  });

  test('are refused the more often, the more the premium rises', () => {
    const [channel] = channels;
    const at = (change: number) =>
      lapseProbability({ change, claims: 0, firstRenewal: false, channel });
    for (const change of [-0.05, 0, 0.03, 0.1]) {
      expect(at(change + 0.01)).toBeGreaterThan(at(change));
      expect(at(change)).toBeGreaterThan(0);
      expect(at(change)).toBeLessThan(1);
    }
  });
});

describe('simulate', () => {
  test.each([
    [{ customers: 0 }, 'customers'],
    [{ customers: 1.5 }, 'customers'],
    [{ seed: 0.5 }, 'seed'],
    [{ seed: Number.NaN }, 'seed'],
    [{ years: 0 }, 'years'],
    [{ years: 31 }, 'years'],
    [{ years: 2.5 }, 'years'],
    [{ differences: -1 }, 'differences'],
    [{ from: '2023-02-30' }, 'from'],
    [{ from: '2180-01-01', years: 30 }, '2200'],
    [{ customer: 5 }, 'customers'],
  ])('refuses %o and names what is wrong', (fault, named) => {
    const options = { customers: 10, seed: 1, years: 3, ...fault };
    expect(() => simulate(options)).toThrow(MisuseError);
    expect(() => simulate(options)).toThrow(named);
  });
});
