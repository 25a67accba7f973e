import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  indicators,
  type PlanInput,
  readBook,
  readExperience,
  readModel,
  readPlan,
  summarize,
  writeModel,
} from '../../../src/index.js';
import type { RenewalCounts } from '../../../src/indicators/renewals.js';
import type { RetentionParameters } from '../../../src/model/model.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import { fitRetention } from '../../../src/scoring/retention/fit-retention.js';
import { ann, constant, tableOf, withRenewals } from '../../support/retention.js';
import { policy } from '../../support/rows.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';
import { runs } from '../../support/slow.js';

const table = tableOf(ann());

/** Retention fitted on counts alone, the money of a year later worth 0.8 unless the plan says so. */
function fitted(
  book: RenewalCounts,
  plan: PlanInput = {},
  measured: Parameters<typeof withRenewals>[2] = {},
): RetentionParameters {
  const whole = readPlan({ lifetime: { discountRate: 0.25 }, ...plan });
  const { retention } = fitRetention(withRenewals(table, book, measured), whole);
  if (!retention) throw new Error('no retention was fitted');
  return retention;
}
const kaplanMeier = (minimumLeavers = 30): PlanInput => ({
  retention: { method: 'kaplan-meier', minimumLeavers },
});
const close = (found: readonly number[], expected: readonly number[]) => {
  for (const [k, value] of expected.entries()) expect(found[k]).toBeCloseTo(value, 9);
};

describe('a rate that is given', () => {
  test('holds at every tenure, is sure, and needs no book', () => {
    const { retention } = fitRetention(table, readPlan(constant(0.8)));
    expect(retention?.book).toMatchObject({ opportunities: 0, left: 0, method: 'constant' });
    expect(retention?.book.rates).toEqual(Array(60).fill(0.8));
    expect(retention?.book.lowYears).toEqual(retention?.book.years);
    expect(retention?.book.highYears).toEqual(retention?.book.years);
    expect(modelNotes(retention?.notes ?? [])).toEqual([]);
  });

  test('goes with the method "constant", and that with it', () => {
    const message = 'plan, retention: expected rate with the method "constant", and only with it';
    expect(() => readPlan({ retention: { rate: 0.8 } })).toThrow(message);
    expect(() => readPlan({ retention: { method: 'kaplan-meier', rate: 0.8 } })).toThrow(message);
    expect(() => readPlan({ retention: { method: 'constant' } })).toThrow(message);
    expect(readPlan({ retention: { method: 'constant', rate: 0 } }).retention?.rate).toBe(0);
  });
});

describe('the beta-geometric', () => {
  // Fader and Hardie (2007), Regular: 100 new customers, in percent still there after 1 … 7 years.
  const survivors = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1];
  const regular = {
    atRisk: survivors.slice(0, -1),
    left: survivors.slice(1).map((there, t) => survivors[t] - there),
  };

  test("gives Fader and Hardie's rates and residual lifetimes at 10 %", () => {
    const { book } = fitted(regular, { lifetime: { discountRate: 0.1 } });
    expect(book.method).toBe('beta-geometric');
    expect(book.alpha).toBeCloseTo(0.704077, 6);
    expect(book.beta).toBeCloseTo(1.182043, 6);
    expect(book.logLikelihood).toBeCloseTo(-168.026519, 6);
    for (const [t, rate] of [0.6267, 0.756, 0.8188, 0.8559, 0.8804].entries()) {
      expect(book.rates[t]).toBeCloseTo(rate, 4);
    }
    // Residual lifetime after n = 1 … 5 renewals (../shared/oracles), a payment a year away here.
    for (const [k, lifetime] of [2.9644, 4.1031, 4.8698, 5.4421, 5.8941].entries()) {
      expect(book.years[k] * 1.1).toBeCloseTo(lifetime, 3);
    }
  });
});

describe('the Kaplan–Meier curve', () => {
  test('has the rate of every year as it was observed', () => {
    const { book, notes } = fitted(
      { atRisk: [100, 80, 60], left: [20, 8, 15] },
      { ...kaplanMeier() },
    );
    expect(book.method).toBe('kaplan-meier');
    close(book.rates, [0.8, 0.9, 0.75, 0.75, 0.75]);
    close(book.years, [0.64 * (1 + 0.72 * 2.5), 0.72 * 2.5, 1.5, 1.5]);
    expect(book.alpha).toBeUndefined();
    expect(modelNotes(notes)).toEqual([]);
  });

  test('the last years count together, as many as it takes for enough customers', () => {
    // 20 + 12 + 5 are 37: the one leaver of five in the last year decides nothing alone.
    const { book } = fitted(
      { atRisk: [100, 20, 12, 5], left: [20, 2, 1, 1] },
      { ...kaplanMeier() },
    );
    close(book.rates, [0.8, 33 / 37, 33 / 37, 33 / 37, 33 / 37]);
  });

  test('a year with few before years with many counts together with the next', () => {
    // Of two one left: with the hundred after them 6 of 102.
    const { book } = fitted({ atRisk: [2, 100, 100], left: [1, 5, 10] }, { ...kaplanMeier() });
    close(book.rates, [96 / 102, 96 / 102, 0.9, 0.9]);
  });

  test('a year that nobody was seen in has the rate of the next', () => {
    const { book } = fitted(
      { atRisk: [0, 0, 100, 50], left: [0, 0, 20, 5] },
      { ...kaplanMeier(1) },
    );
    close(book.rates, [0.8, 0.8, 0.8, 0.9, 0.9]);
    const alone = fitted({ atRisk: [0, 100], left: [0, 20] }, { ...kaplanMeier() });
    close(alone.book.rates, [0.8, 0.8, 0.8]);
  });

  test('years that share a rate make it no surer than all those at risk do', () => {
    // A rate of 100 customers, which two years share, against the same of a hundred in each of them.
    const shared = fitted({ atRisk: [0, 100, 1000], left: [0, 20, 200] }, { ...kaplanMeier() });
    const each = fitted({ atRisk: [100, 100, 1000], left: [20, 20, 200] }, { ...kaplanMeier() });
    close(shared.book.years, each.book.years);
    const width = ({ book }: RetentionParameters) => book.highYears[0] - book.lowYears[0];
    expect(width(shared)).toBeGreaterThan(width(each));
  });

  test('nobody left in a year, or everybody: half a leaver is assumed, and nothing is sure', () => {
    const { book } = fitted({ atRisk: [50, 40], left: [0, 40] }, { ...kaplanMeier() });
    close(book.rates, [50.5 / 51, 0.5 / 41, 0.5 / 41]);
    for (const passed of [0, 1]) {
      expect(book.lowYears[passed]).toBeLessThan(book.years[passed]);
      expect(book.highYears[passed]).toBeGreaterThan(book.years[passed]);
    }
  });

  test.each([
    ['nobody ever left', 0, 'nobody left: half a leaver is assumed', 200.5 / 201],
    ['all left', 200, 'everybody left: half a customer who stayed is assumed', 0.5 / 201],
  ])('%s: one rate for all years, told', (_, left, note, rate) => {
    for (const method of ['kaplan-meier', 'beta-geometric'] as const) {
      const { book, notes } = fitted({ atRisk: [200], left: [left] }, { retention: { method } });
      expect(book.method).toBe('beta-geometric');
      for (const passed of [0, 5, 59]) expect(book.rates[passed]).toBeCloseTo(rate, 3);
      expect(modelNotes(notes)).toEqual([
        note,
        `${left} of 200 left when they could: with so few the chance to stay is hardly known, nor is lifetime value`,
      ]);
    }
  });
});

describe('the interval of the years to come', () => {
  test("of one observed rate is that rate's own on the logit scale", () => {
    // 80 of 100 stay: logit 1.386, standard error 1 ÷ √(100 × 0.8 × 0.2) = 0.25; quantile 1.2816.
    const { book } = fitted({ atRisk: [100], left: [20] }, { ...kaplanMeier() });
    const years = (logit: number) => {
      const rate = 1 / (1 + Math.exp(-logit));
      return (0.8 * rate) / (1 - 0.8 * rate);
    };
    expect(book.lowYears[0]).toBeCloseTo(years(Math.log(4) - 0.25 * 1.2815515655446004), 8);
    expect(book.highYears[0]).toBeCloseTo(years(Math.log(4) + 0.25 * 1.2815515655446004), 8);
  });

  test('of years that count together at the end is that of all their customers', () => {
    const { book } = fitted({ atRisk: [100, 20, 5], left: [20, 4, 1] }, { ...kaplanMeier() });
    const whole = fitted({ atRisk: [125], left: [25] }, { ...kaplanMeier() }).book;
    close(book.lowYears, whole.lowYears);
    close(book.highYears, whole.highYears);
  });

  test('is wider with fewer customers and with a higher probability', () => {
    const width = (times: number, interval = 0.8) => {
      const counts = { atRisk: [100 * times, 80 * times], left: [20 * times, 12 * times] };
      const { book } = fitted(counts, { experience: { interval } });
      return book.highYears[0] - book.lowYears[0];
    };
    expect(width(10)).toBeLessThan(width(1));
    expect(width(1, 0.8)).toBeLessThan(width(1, 0.95));
  });

  test('whatever the counts: finite, around the value, within the years of who never leaves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(80), fc.constantFrom(0, 0, 0.1, 0.5, 1)), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.constantFrom('beta-geometric' as const, 'kaplan-meier' as const),
        fc.constantFrom<PlanInput['lifetime']>(
          { discountRate: 0.1 },
          { discountRate: 1e-6 },
          { discountRate: 0, horizonYears: 30 },
          { discountRate: 0.1, growth: 0.05, horizonYears: 200 },
        ),
        fc.constantFrom(1, 30),
        (years, method, lifetime, minimumLeavers) => {
          fc.pre(years.some(([risk]) => risk > 0));
          const counts = {
            atRisk: years.map(([risk]) => risk),
            left: years.map(([risk, share]) => Math.round(risk * share)),
          };
          const plan = { lifetime, retention: { method, minimumLeavers } };
          const { book } = fitted(counts, plan);
          const { discountRate = 0, growth = 0, horizonYears } = lifetime ?? {};
          const factor = (1 + growth) / (1 + discountRate);
          const most =
            horizonYears === undefined
              ? 1 / discountRate
              : Array.from({ length: Number(horizonYears) }, (_, k) => factor ** (k + 1)).reduce(
                  (all, one) => all + one,
                );
          for (let passed = 0; passed < 60; passed++) {
            expect(book.rates[passed]).toBeGreaterThanOrEqual(0);
            expect(book.rates[passed]).toBeLessThanOrEqual(1);
            expect(book.lowYears[passed]).toBeGreaterThanOrEqual(0);
            expect(book.years[passed]).toBeGreaterThanOrEqual(book.lowYears[passed] * (1 - 1e-12));
            expect(book.highYears[passed]).toBeGreaterThanOrEqual(book.years[passed] * (1 - 1e-12));
            expect(book.highYears[passed]).toBeLessThanOrEqual(most * (1 + 1e-9));
          }
          // Nothing infinite, which a file of JSON cannot hold: the model reads back.
          const model = calibrate(withRenewals(table, counts), plan);
          expect(readModel(writeModel(model))).toEqual(model);
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

describe('by segment', () => {
  const by = (segments: Record<string, RenewalCounts>, minimumLeavers?: number) => {
    const counts = Object.values(segments);
    const book = {
      atRisk: [counts.reduce((all, { atRisk }) => all + atRisk[0], 0)],
      left: [counts.reduce((all, { left }) => all + left[0], 0)],
    };
    const retention = { by: 'line', ...(minimumLeavers && { minimumLeavers }) };
    return fitted(book, { retention }, { by: 'line', segments });
  };

  test('a label with data enough has its own rates, one without the book’s, and says so', () => {
    const { book, segments, notes } = by({
      boat: { atRisk: [100], left: [29] },
      home: { atRisk: [400], left: [40] },
      truck: { atRisk: [200], left: [171] },
    });
    const [boat, home, truck] = segments?.curves ?? [];
    expect(segments?.labels).toEqual(['boat', 'home', 'truck']);
    expect(home.rates[0]).toBeCloseTo(0.9, 4);
    expect(home.method).toBe('beta-geometric');
    for (const curve of [boat, truck]) {
      expect(curve.method).toBe('book');
      expect(curve.rates).toEqual(book.rates);
      expect(curve.years).toEqual(book.years);
      expect([curve.lowYears, curve.highYears]).toEqual([book.lowYears, book.highYears]);
    }
    expect([boat.opportunities, boat.left, truck.left]).toEqual([100, 29, 171]);
    expect(modelNotes(notes)).toContain(
      "line boat has 29 leavers and 71 who stayed, too few for rates of its own: the book's are taken",
    );
    expect(modelNotes(notes)).toContain(
      "line truck has 171 leavers and 29 who stayed, too few for rates of its own: the book's are taken",
    );
  });

  test('thirty leavers are enough, or as many as the plan says; at least one', () => {
    const method = (left: number, minimum?: number) =>
      by({ boat: { atRisk: [100], left: [left] } }, minimum).segments?.curves[0].method;
    expect(method(30)).toBe('beta-geometric');
    expect(method(29)).toBe('book');
    expect(method(1, 1)).toBe('beta-geometric');
    expect(method(0, 1)).toBe('book');
    expect(() => readPlan({ retention: { minimumLeavers: 0 } })).toThrow(
      'plan, retention.minimumLeavers: ',
    );
  });

  test("what had to be assumed of a label is said with the label's name", () => {
    expect(modelNotes(by({ boat: { atRisk: [100], left: [40] } }).notes)).toContain(
      'line boat: one year of tenure only: the same chance to leave is assumed in all years',
    );
  });

  test('where no renewal has a label all take the book’s rates, which is said', () => {
    const { segments, notes } = fitted(
      { atRisk: [100, 90], left: [40, 30] },
      { retention: { by: 'channel' } },
      { by: 'channel' },
    );
    expect(segments).toBeUndefined();
    expect(modelNotes(notes)).toContain(
      "no renewal whose outcome is known states its channel: the book's rates are taken",
    );
  });
});

describe('the latest year, told from the years before it', () => {
  const all = { atRisk: [300, 200], left: [90, 40] };
  const earlier = { atRisk: [200, 100], left: [50, 15] };

  test('under the observed curve: 100 × 0.25 and 100 × 0.15 were to leave, 40 and 25 did', () => {
    const { book } = fitted(all, kaplanMeier(), { earlier });
    const { holdout } = book;
    expect(holdout).toMatchObject({ opportunities: 200, left: 65 });
    expect(holdout?.expectedLeft).toBeCloseTo(40, 9);
    const of = (left: number, leaves: number) =>
      left * Math.log(leaves) + (100 - left) * Math.log(1 - leaves);
    expect(holdout?.logLikelihood).toBeCloseTo(of(40, 0.25) + of(25, 0.15), 9);
    expect(holdout?.constantLogLikelihood).toBeCloseTo(of(40, 65 / 300) + of(25, 65 / 300), 9);
  });

  test('is not there without earlier years, nor without later ones', () => {
    expect(fitted(all).book.holdout).toBeUndefined();
    expect(fitted(all, {}, { earlier: all }).book.holdout).toBeUndefined();
  });

  test('stays finite where somebody does what nobody did before', () => {
    const { book } = fitted(all, kaplanMeier(1), { earlier: { atRisk: [100, 100], left: [0, 0] } });
    expect(book.holdout?.logLikelihood).toBeLessThan(0);
    expect(book.holdout?.constantLogLikelihood).toBeGreaterThan(-1e4);
  });
});

describe('auto: whichever told the latest year better', () => {
  // Few leave in the first year and many in the second, which no beta-geometric can say.
  const earlier = { atRisk: [1000, 900], left: [50, 450] };
  const chosen = (latest: RenewalCounts, of = earlier) => {
    const atRisk = of.atRisk.map((count, t) => count + latest.atRisk[t]);
    const left = of.left.map((count, t) => count + latest.left[t]);
    const method = (name: 'auto' | 'beta-geometric' | 'kaplan-meier') =>
      fitted({ atRisk, left }, { retention: { method: name } }, { earlier: of }).book;
    const found = method('auto');
    expect(found).toEqual(method(found.method as 'kaplan-meier'));
    const better =
      Number(method('kaplan-meier').holdout?.logLikelihood) -
      Number(method('beta-geometric').holdout?.logLikelihood);
    return { method: found.method, better };
  };

  test('the observed curve where the latest year was like it', () => {
    expect(chosen({ atRisk: [100, 100], left: [5, 50] }).method).toBe('kaplan-meier');
  });

  test('the simpler one where it was not, or where the two are much alike', () => {
    expect(chosen({ atRisk: [100, 100], left: [30, 30] }).method).toBe('beta-geometric');
    const slight = chosen({ atRisk: [2, 2], left: [0, 1] });
    expect(slight.better).toBeGreaterThan(0);
    expect(slight.better).toBeLessThan(2);
    expect(slight.method).toBe('beta-geometric');
  });

  test('the simpler one without a year to judge by', () => {
    expect(fitted({ atRisk: [1000, 900], left: [50, 450] }).book.method).toBe('beta-geometric');
  });
});

describe('what a new customer is worth, where recommendations are valued', () => {
  test('mean premium in force × the book’s margin × (1 + the years to come)', () => {
    const three = tableOf(
      ann({ annualPremium: 300 }),
      ann({ customerId: 'Bob', annualPremium: 500 }),
      ann({ customerId: 'Cid', annualPremium: 0 }),
    );
    const plan = readPlan({
      ...constant(0.8),
      lifetime: { discountRate: 0.25, recommendations: 0.1 },
    });
    // 400 × (1 − 0.5 − 0.3) × (1 + 16/9)
    expect(fitRetention(three, plan).retention?.newCustomerValue).toBeCloseTo(80 * (25 / 9), 9);
    const lapsed = tableOf(ann({ annualPremium: 0 }));
    expect(fitRetention(lapsed, plan).retention?.newCustomerValue).toBe(0);
    expect(fitted({ atRisk: [100], left: [40] }).newCustomerValue).toBeUndefined();
  });
});

describe('a table measured under another plan is refused', () => {
  const { book } = readBook([policy({ from: '2021-01-01', to: '2022-01-01' }), policy()], []);
  const measured = (plan: PlanInput) => indicators(book, { asOf: '2024-01-01', plan });

  test.each<[PlanInput, PlanInput, string]>([
    [
      { retention: { level: 'policy' } },
      {},
      'calibrate: the table was measured with retention level policy by nothing, the plan has customer by nothing; give indicators() the same plan',
    ],
    [
      {},
      { retention: { by: 'line' } },
      'calibrate: the table was measured with retention level customer by nothing, the plan has customer by line; give indicators() the same plan',
    ],
    [
      { retention: { by: 'channel' } },
      { retention: { by: 'line' } },
      'retention level customer by channel, the plan has customer by line',
    ],
    [
      constant(0.8),
      {},
      "calibrate: the table was measured without the renewals that the plan's retention (auto) is fitted on: by a model, or a plan whose retention is constant; give indicators() the same plan",
    ],
  ])('measured under %j, calibrated under %j', (by, plan, message) => {
    expect(() => calibrate(measured(by), plan)).toThrow(message);
  });

  test('a rate that is given, or another method on the same counts, goes with any table', () => {
    expect(calibrate(measured({}), constant(0.8)).parameters.retention?.book.rates[0]).toBe(0.8);
    const plan = { retention: { method: 'kaplan-meier' } } as const;
    expect(calibrate(measured({}), plan).parameters.retention?.level).toBe('customer');
  });

  test('an attribute that is not in the book is told with the nearest', () => {
    expect(() => measured({ retention: { by: 'linn' } })).toThrow(
      'renewalsOf: the book has no attribute "linn" (did you mean "line"?); it has line, channel, branch',
    );
  });
});

describe('books of few', () => {
  test('one customer in its first year: no renewal is known, nor any lifetime value', () => {
    const { book } = readBook([policy()], []);
    const only = indicators(book, { asOf: '2023-12-31' });
    const model = calibrate(only);
    expect(model.parameters.retention).toBeUndefined();
    expect(assess(only, model).scores.lifetime_value).toEqual(Float64Array.of(Number.NaN));
    expect(summarize(assess(only, model)).notes.join()).toContain('no lifetime value');
  });

  test('one customer who left, one who stayed: half a leaver more, and a warning', () => {
    const stayed = [policy({ from: '2022-01-01', to: '2023-01-01' }), policy()];
    const rates = (rows: object[], day: string) => {
      const only = indicators(readBook(rows as never, []).book, { asOf: day });
      return calibrate(only).parameters.retention;
    };
    expect(rates([policy()], '2024-03-01')?.book.rates[0]).toBeCloseTo(0.25, 5);
    expect(rates(stayed, '2023-12-01')?.book.rates[0]).toBeCloseTo(0.75, 5);
    expect(modelNotes(rates(stayed, '2023-12-01')?.notes ?? [])).toEqual([
      'nobody left: half a leaver is assumed',
      '0 of 1 left when they could: with so few the chance to stay is hardly known, nor is lifetime value',
    ]);
  });
});

describeOnRealBook('retention in the Spanish book as of the end of 2018', () => {
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const { book } = readExperience(
    sharedRows('data/spanish-motor/policy_years.csv.gz', ';'),
    columns,
  );
  const of = (retention: PlanInput['retention']) => {
    const plan = { retention };
    return calibrate(indicators(book, { asOf: '2018-12-31', plan }), plan).parameters.retention;
  };

  // Counted in Python from the publisher's rows by what renewalsOf says it counts, fitted by
  // scipy 1.17.1 (Nelder–Mead to 1e-12), the years by its hyp2f1 at 10 %.
  test('the beta-geometric is that of scipy, on counts made apart', () => {
    const found = of({ method: 'beta-geometric' })?.book;
    expect(found).toMatchObject({ opportunities: 66735, left: 14781, method: 'beta-geometric' });
    expect(found?.alpha).toBeCloseTo(36.08905, 4);
    expect(found?.beta).toBeCloseTo(123.839704, 3);
    expect(found?.logLikelihood).toBeCloseTo(-35281.813452, 5);
    expect(found?.years[0]).toBeCloseTo(2.4127015, 6);
    expect(found?.years[20]).toBeCloseTo(2.695821, 6);
  });

  test('told a year before: 7,865 of 33,249 to leave, 6,867 did; one rate tells it no worse', () => {
    const holdout = of({ method: 'beta-geometric' })?.book.holdout;
    expect(holdout).toMatchObject({ opportunities: 33249, left: 6867 });
    expect(holdout?.expectedLeft).toBeCloseTo(7865.4204, 3);
    expect(holdout?.logLikelihood).toBeCloseTo(-17042.5108, 3);
    expect(holdout?.constantLogLikelihood).toBeCloseTo(-17018.970808, 6);
  });

  test('the observed curve tells it far better: nearly all stay the first year, two thirds the second', () => {
    const found = of({ method: 'kaplan-meier' })?.book;
    close(found?.rates ?? [], [0.9110198889916744, 0.6723998381222177, 0.6902683831551386]);
    expect(found?.holdout?.expectedLeft).toBeCloseTo(7654.565175, 6);
    expect(found?.holdout?.logLikelihood).toBeCloseTo(-16159.683242, 6);
    close(found?.years ?? [], [2.386806847235148, 1.8819212002765158]);
    expect(found?.years[5]).toBeCloseTo(2.713006128, 9);
    expect(found?.years[59]).toBeCloseTo(4.923076923, 9);
  });

  test('so the plan that ships takes the observed curve, for the book and for every line', () => {
    const retention = of({ by: 'line' });
    expect(of({})?.book).toEqual(of({ method: 'kaplan-meier' })?.book);
    const { curves = [] } = retention?.segments ?? {};
    expect(curves.map(({ method }) => method)).toEqual(Array(4).fill('kaplan-meier'));
  });

  test('by line: vans and cars by scipy, motorbikes and tractors one rate for all years', () => {
    const retention = of({ by: 'line', method: 'beta-geometric' });
    const { labels = [], curves = [] } = retention?.segments ?? {};
    expect(labels).toEqual(['agricultural', 'car', 'motorbike', 'van']);
    expect(curves.map(({ opportunities, left }) => [opportunities, left])).toEqual([
      [553, 60],
      [52470, 11807],
      [5282, 1082],
      [8430, 1832],
    ]);
    const [tractor, car, motorbike, van] = curves;
    expect(car.alpha).toBeCloseTo(29.7745, 3);
    expect(car.beta).toBeCloseTo(99.56136, 3);
    expect(van.alpha).toBeCloseTo(26.05563, 3);
    expect(van.holdout?.expectedLeft).toBeCloseTo(985.15445, 3);
    expect(tractor.rates[0]).toBeCloseTo(1 - 60 / 553, 5);
    expect(motorbike.holdout?.expectedLeft).toBeCloseTo(602.4375, 2);
    expect(motorbike.holdout?.logLikelihood).toBeCloseTo(-1353.2515, 3);
    expect(modelNotes(retention?.notes ?? [])).toEqual([
      'line agricultural: the chance to leave does not fall with tenure: it is the same in all years',
      'line motorbike: the chance to leave does not fall with tenure: it is the same in all years',
    ]);
  });
});
