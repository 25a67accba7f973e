import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Book,
  isoFromDay,
  type PlanInput,
  readBook,
  readExperience,
  riskTiers,
} from '../../../src/index.js';
import { type Backtest, type BacktestGroup, backtest } from '../../../src/portfolio.js';
import { simulate } from '../../../src/simulate.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';
import { slowTest } from '../../support/slow.js';

const plan: PlanInput = JSON.parse(readFileSync('examples/careful.plan.json', 'utf8'));

const total = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

/** 1 − twice the area under the curve of shares, from the lowest score up; equal scores as one. */
function giniOf(scored: readonly (readonly [score: number, premium: number, worth: number])[]) {
  const groups = new Map<number, { premium: number; worth: number }>();
  for (const [score, premium, worth] of scored) {
    const group = groups.get(score) ?? { premium: 0, worth: 0 };
    groups.set(score, { premium: group.premium + premium, worth: group.worth + worth });
  }
  const sorted = [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
  let beyond = total(sorted.map(({ premium }) => premium));
  const all = beyond * total(sorted.map(({ worth }) => worth));
  // The area over the curve: what comes later in premium, for each piece of the outcome.
  let area = 0;
  for (const { premium, worth } of sorted) {
    beyond -= premium;
    area += worth * (beyond + premium / 2);
  }
  return 1 - (2 * area) / all;
}

/** Rated tiers that have customers, from the best to the worst. */
const rated = (result: Backtest): BacktestGroup[] =>
  riskTiers
    .filter((tier) => tier !== 'unrated' && result.riskTiers[tier].customers > 0)
    .map((tier) => result.riskTiers[tier]);

function expectRightWayRound(result: Backtest, tiers: number) {
  const groups = rated(result);
  expect(groups).toHaveLength(tiers);
  for (const figure of ['relativeLossRatio', 'relativeFrequency'] as const) {
    const values = groups.map((group) => Number(group[figure].value));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(new Set(values).size).toBe(tiers);
  }
  expect(result.conclusions.join('\n')).toContain('came out in the right order');
}

const entry = (result: Backtest, wanted: string) => {
  const found = result.contest.find(({ name }) => name === wanted);
  if (!found) throw new Error(`no entry "${wanted}"`);
  return found;
};

/** Auto is as good as anybody but for 0.01 of Gini, and no plain rule is beyond its interval. */
function expectAutoAmongTheBest(result: Backtest) {
  const auto = entry(result, 'auto');
  for (const figure of ['giniOfLosses', 'giniOfClaims'] as const) {
    const best = Math.max(...result.contest.map((other) => Number(other[figure].value)));
    expect(best - Number(auto[figure].value)).toBeLessThan(0.01);
    for (const other of result.contest.filter(({ kind }) => kind === 'plain rule')) {
      expect(other[figure].value).toBeLessThanOrEqual(Number(auto[figure].high));
    }
  }
  // The plan's own method is auto.
  expect(auto.giniOfLosses).toEqual(result.giniOfLosses);
  expect(auto.againstModel).toEqual({ value: 0, low: 0, high: 0 });
}

describeOnRealBook('backtests of the Spanish motor book', () => {
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', ';');
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));

  const { book } = readExperience(rows, columns);
  const { book: valuedBook } = readExperience(rows, { ...columns, valuedAt: '2018-12-31' });

  const dayOf = (text: string) => {
    const [day, month, year] = text.split('/').map(Number);
    return Date.UTC(year, month - 1, day) / 86_400_000;
  };
  /** A row of the file as numbers, read without the library. */
  const raw = rows.map((row) => ({
    id: row.ID,
    from: dayOf(row.Date_last_renewal),
    to: dayOf(row.Date_next_renewal),
    premium: Number(row.Premium),
    claims: Number(row.N_claims_year),
    cost: Number(row.Cost_claims_year),
  }));
  const byId = new Map<string, typeof raw>();
  for (const row of raw) {
    const own = byId.get(row.id);
    if (own) own.push(row);
    else byId.set(row.id, [row]);
  }
  /** Three years before a day, by the calendar (29 February has no part in these years). */
  const windowOf = (day: number) => {
    const date = new Date(day * 86_400_000);
    return Date.UTC(date.getUTCFullYear() - 3, date.getUTCMonth(), date.getUTCDate()) / 86_400_000;
  };

  /** Everybody's first term of the year before which a row of it had ended, with what was known. */
  const renewals = (year: number, valuedAt = Number.POSITIVE_INFINITY) => {
    const [first, past] = [dayOf(`01/01/${year}`), dayOf(`01/01/${year + 1}`)];
    const found = new Map<string, Record<'day' | 'lost' | 'paid' | 'had' | 'premium', number>>();
    const next = new Map<string, Record<'premium' | 'claims' | 'cost', number>>();
    for (const [id, own] of byId) {
      for (const term of own.sort((a, b) => a.from - b.from)) {
        if (term.from < first || term.from >= past || found.has(id)) continue;
        const known = own.filter(({ from, to }) => from >= windowOf(term.from) && to <= term.from);
        if (known.length === 0) continue;
        const covered = (Math.min(term.to, valuedAt) - term.from) / (term.to - term.from);
        found.set(id, {
          day: term.from,
          premium: term.premium,
          had: total(known.map(({ claims }) => claims)),
          lost: total(known.map(({ cost }) => cost)),
          paid: total(known.map(({ premium }) => premium)),
        });
        next.set(id, {
          premium: term.premium * covered,
          claims: term.claims,
          cost: term.cost,
        });
      }
    }
    return { found, next };
  };

  describe.each([
    [2017, undefined, 24248],
    [2018, undefined, 24472],
    [2017, '2018-12-31', 24248],
    [2018, '2018-12-31', 24472],
  ])('terms that begin in %d, sums taken on %s', (year, valuedAt, customers) => {
    const result = backtest(valuedAt === undefined ? book : valuedBook, {
      from: `${year}-01-01`,
      until: `${year + 1}-01-01`,
      at: 'renewal',
      plan,
      rounds: valuedAt ? 20 : 0,
    });
    const told = result.columns;
    const valued = valuedAt ? dayOf('31/12/2018') : undefined;
    const { found, next } = renewals(year, valued);
    const of = (id: string) => {
      const after = next.get(id);
      if (!after) throw new Error(`${id} has no next term`);
      return after;
    };

    test(`${customers} customers, each on the day its term begins, on what had ended by then`, () => {
      expect(result.customers).toBe(customers);
      expect(found.size).toBe(customers);
      told.customerIds.forEach((id, row) => {
        const own = found.get(id);
        expect(isoFromDay(told.gradedOn[row])).toBe(isoFromDay(own?.day ?? 0));
        expect(told.observedLossRatio[row]).toBeCloseTo(Number(own?.lost) / Number(own?.paid), 8);
        // Nobody has less than a year of experience; the best tier is that without a claim.
        expect(riskTiers[told.riskTier[row]] === 'excellent').toBe(own?.had === 0);
      });
      expect(result.riskTiers.unrated.customers).toBe(0);
    });

    test('the next premium, claims and losses of the raw rows, in all and by tier', () => {
      const sums = new Map<string, Record<'customers' | 'premium' | 'claims' | 'cost', number>>();
      told.customerIds.forEach((id, row) => {
        for (const name of [riskTiers[told.riskTier[row]], 'all']) {
          const sum = sums.get(name) ?? { customers: 0, premium: 0, claims: 0, cost: 0 };
          const { premium, claims, cost } = of(id);
          sums.set(name, {
            customers: sum.customers + 1,
            premium: sum.premium + premium,
            claims: sum.claims + claims,
            cost: sum.cost + cost,
          });
        }
      });
      for (const [name, sum] of sums) {
        const group = name === 'all' ? result : result.riskTiers[name];
        expect(group.customers).toBe(sum.customers);
        expect(group.claims).toBe(sum.claims);
        expect(group.earnedPremium).toBeCloseTo(sum.premium, 4);
        expect(group.incurred).toBeCloseTo(sum.cost, 4);
        expect(group.lossRatio).toBeCloseTo(sum.cost / sum.premium, 8);
      }
      const all = sums.get('all');
      for (const [name, sum] of sums) {
        if (name === 'all' || !all) continue;
        expect(result.riskTiers[name].relativeLossRatio.value).toBeCloseTo(
          sum.cost / sum.premium / (all.cost / all.premium),
          8,
        );
      }
      expect([...sums.keys()].sort()).toEqual([
        'all',
        'excellent',
        'healthy',
        'high-risk',
        'sub-healthy',
      ]);
    });

    test('the Gini of claims and of losses, of our score and of the raw loss ratio', () => {
      const scored = (score: (row: number) => number, what: 'claims' | 'cost') =>
        giniOf(
          told.customerIds.map((id, row) => [score(row), of(id).premium, of(id)[what]] as const),
        );
      const expected = (row: number) => told.expectedLossRatio[row];
      const rawRatio = (row: number) => told.observedLossRatio[row];
      expect(result.giniOfClaims.value).toBeCloseTo(scored(expected, 'claims'), 9);
      expect(result.giniOfLosses.value).toBeCloseTo(scored(expected, 'cost'), 9);
      const rawEntry = entry(result, 'raw loss ratio');
      expect(rawEntry.giniOfClaims.value).toBeCloseTo(scored(rawRatio, 'claims'), 9);
      expect(result.giniOfClaims.value).toBeGreaterThan(Number(rawEntry.giniOfClaims.value));
    });

    test('tiers rank the right way round', () => {
      expectRightWayRound(result, 4);
    });

    if (valuedAt) {
      test('auto is within 0.01 of the best, and no plain rule is above its interval', () => {
        expectAutoAmongTheBest(result);
      });
    } else {
      test('whether they stayed: from rows of the file, of those whose term ended in time', () => {
        const last = Math.max(...raw.map(({ from }) => from));
        let [known, stayed] = [0, 0];
        for (const id of told.customerIds) {
          const own = byId.get(id) ?? [];
          const term = own.find(({ from }) => from === found.get(id)?.day);
          if (!term || term.to + 30 > last) continue;
          known++;
          if (own.some(({ from, to }) => from <= term.to + 30 && to > term.to)) stayed++;
        }
        const groups = Object.values(result.riskTiers);
        expect(total(groups.map(({ renewals: all }) => all))).toBe(known);
        expect(total(groups.map((g) => g.renewals * (g.stayed ?? 0)))).toBeCloseTo(stayed, 6);
      });
    }
  });
});

/** Terms that begin in 2023 end by the end of 2024, which is the simulated book's end. */
const termsOf2023 = (book: Book, at: 'date' | 'renewal') =>
  backtest(book, { from: '2023-01-01', until: '2024-01-01', at, plan, rounds: 20 });

describe.each([101, 102, 104, 106])('a simulated book of 20,000, seed %d', (seed) => {
  const { policies, claims } = simulate({ customers: 20_000, seed, years: 5 });
  const { book } = readBook(policies, claims);

  slowTest.each(['date', 'renewal'] as const)(
    'at %s: tiers rank the right way round, auto is among the best',
    (at) => {
      const result = termsOf2023(book, at);
      expectRightWayRound(result, 4);
      expectAutoAmongTheBest(result);
      expect(result.conclusions[0]).toMatch(/^The expected loss ratio distinguishes/);
      expect(result.conclusions.join('\n')).not.toContain('A plain rule');
      expect(result.giniOfLosses.value).toBeGreaterThan(0.1);
    },
  );
});

describe('a simulated book of 20,000 whose customers do not differ', () => {
  const { policies, claims } = simulate({ customers: 20_000, seed: 112, years: 5, differences: 0 });
  const { book } = readBook(policies, claims);

  slowTest.each(['date', 'renewal'] as const)(
    'at %s: the conclusions say that nothing predicts, and hardly any credibility is given',
    (at) => {
      const result = termsOf2023(book, at);
      expect(result.conclusions[0]).toMatch(/^No evidence that the ranking predicts/);
      const credibility = total(result.columns.credibility) / result.customers;
      expect(credibility).toBeLessThan(0.1);
      expect(Math.abs(Number(result.giniOfLosses.value))).toBeLessThan(0.05);
      expect(result.conclusions.join('\n')).not.toContain('A plain rule');
      // Where the best is to rank nobody, its interval is a point: a plain rule's own must hold 0.
      for (const { kind, giniOfLosses } of result.contest) {
        if (kind !== 'plain rule') continue;
        const { low, high } = entry(result, 'auto').giniOfLosses;
        const beaten = low === high ? giniOfLosses.low : giniOfLosses.value;
        expect(Number(beaten)).toBeLessThanOrEqual(Number(high));
      }
    },
  );
});
