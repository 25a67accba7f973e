import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { calibrate, cardScores, indicators, readExperience, screener } from '../../../src/index.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import { validateCard } from '../../../src/scoring/scorecard/validate.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';

/*
 * The reference was fitted outside the project, by R 4.2.2 (Debian r-base-core) on the same rows, a
 * generalised linear model with every attribute, numbers in tenths:
 *
 *   d <- read.csv(gzfile("policy_years.csv.gz"), sep = ";", na.strings = c("", "NA"))
 *   day <- function(x) as.Date(x, "%d/%m/%Y"); end <- as.Date("2019-01-01")
 *   from <- day(d$Date_last_renewal); to <- day(d$Date_next_renewal)
 *   d$earned <- d$Premium * as.numeric(pmin(to, end) - from) / as.numeric(to - from)
 *   d$years <- as.numeric(pmin(to, end) - from) / 365.25
 *   before <- from < as.Date("2018-01-01")
 *   for (v in c("Year_matriculation", "Power", "Cylinder_capacity", "Value_vehicle", "Weight"))
 *     d[[v]] <- addNA(cut(d[[v]], c(-Inf, unique(quantile(d[before, v], 1:9 / 10, na.rm = TRUE)), Inf)))
 *   for (v in c("Type_risk", "Distribution_channel", "Payment", "Area", "Second_driver", "Type_fuel",
 *     "N_doors")) d[[v]] <- addNA(factor(d[[v]]))
 *   fit <- glm(N_claims_year ~ Type_risk + Distribution_channel + Payment + Area + Second_driver +
 *     Type_fuel + N_doors + Year_matriculation + Power + Cylinder_capacity + Value_vehicle + Weight +
 *     offset(log(earned)), family = poisson, data = d[before & d$earned > 0, ])
 *   after <- d[!before & d$earned > 0, ]; rel <- predict(fit, after, type = "response") / after$earned
 *   gini <- function(score, base, claims) { g <- aggregate(cbind(base, claims), list(score), sum)
 *     1 - 2 * sum(g$base * (cumsum(g$claims) - g$claims / 2)) / (sum(base) * sum(claims)) }
 *   gini(rel, after$earned, after$N_claims_year)                 # 0.1791243
 *   gini(after$Premium, after$years, after$N_claims_year)        # 0.1337394
 *   gini(after$Premium * rel, after$years, after$N_claims_year)  # 0.2159750
 *
 * Boosted trees, scikit-learn 1.9.1, on the same columns: HistGradientBoostingRegressor(loss="poisson",
 * random_state=1, categorical_features=those that are factors above) on claims ÷ earned, weighed by earned,
 * have 0.277 and 0.292; of contracts that are new in 2018 0.184 and 0.204, of the others 0.365.
 *
 * Of contracts that have no term before 2018 the same gives 0.1545348, 0.1073062 and 0.1826369.
 */
const byR = { beyondPremium: 0.1791243, premiumAlone: 0.1337394, premiumAndModel: 0.215975 };
const byRNew = { beyondPremium: 0.1545348, premiumAlone: 0.1073062, premiumAndModel: 0.1826369 };

describeOnRealBook('the scorecard on the Spanish book', () => {
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', ';');
  const file = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const vehicle = ['Power', 'Cylinder_capacity', 'Value_vehicle', 'N_doors', 'Weight', 'Payment'];
  const columns = { ...file, attributes: [...file.attributes, ...vehicle] };
  type Row = (typeof rows)[number];
  const yearOf = (row: Row) => Number(row.Date_last_renewal.slice(6));
  const begun = (of: (year: number, row: Row) => boolean) => {
    const terms = rows.filter((row) => of(yearOf(row), row));
    const { book } = readExperience(terms, { ...columns, valuedAt: '2019-01-01' });
    return indicators(book, { asOf: '2019-01-01' });
  };
  const model = calibrate(
    begun((year) => year < 2018),
    { card: {} },
  );
  const { card } = model.parameters;
  if (!card) throw new Error('expected a card');
  const after = begun((year) => year >= 2018);

  const known = new Set(rows.filter((row) => yearOf(row) < 2018).map(({ ID }) => ID));
  const fresh = begun((year, { ID }) => year >= 2018 && !known.has(ID));
  const judgedOn = (table: typeof after) => {
    const { earned_premium, exposure_years, claim_count } = table.columns;
    return validateCard('latest-year', {
      relativity: cardScores(table, card).relativity,
      claims: claim_count,
      base: earned_premium,
      premium: earned_premium,
      exposure: exposure_years,
    });
  };

  test('drawn on terms before 2018, it ranks those of 2018 better than a GLM without pairs, far better than premium', () => {
    const judged = judgedOn(after);
    expect(judged).toMatchObject({ customers: 35815, claims: 5156 });
    // As docs/underwriting.md states them.
    expect(judged?.card.value).toBeCloseTo(0.204, 3);
    expect(judged?.baseAndCard.value).toBeCloseTo(0.237, 3);
    expect(judged?.card.value).toBeGreaterThan(byR.beyondPremium + 0.02);
    expect(judged?.card.low).toBeGreaterThan(byR.beyondPremium);
    expect(judged?.premium.value).toBeCloseTo(byR.premiumAlone, 4);
    expect(judged?.baseAndCard.value).toBeGreaterThan(byR.premiumAndModel + 0.01);
    expect(judged?.gain.low).toBeGreaterThan(0.08);
  });

  test('of contracts that were new in 2018, whom it has not seen, it knows as much as the GLM', () => {
    const judged = judgedOn(fresh);
    expect(judged).toMatchObject({ customers: 11343, claims: 3106 });
    expect(judged?.card.value).toBeCloseTo(0.163, 3);
    expect(judged?.card.low).toBeCloseTo(0.137, 3);
    expect(judged?.card.high).toBeCloseTo(0.188, 3);
    expect(judged?.baseAndCard.value).toBeCloseTo(0.192, 3);
    expect(judged?.card.value).toBeGreaterThan(byRNew.beyondPremium);
    expect(judged?.premium.value).toBeCloseTo(byRNew.premiumAlone, 4);
    expect(judged?.baseAndCard.value).toBeGreaterThan(byRNew.premiumAndModel);
  });

  test('the model tells the same of itself: the latest year, by a card drawn on those before', () => {
    expect(card.judged?.by).toBe('latest-year');
    expect(card.judged?.card.low).toBeGreaterThan(0.15);
    expect(card.attributes.map(({ attribute }) => attribute)).toContain('Year_matriculation');
    expect(card.pairs?.chosen[0].attributes).toEqual(['Power', 'Value_vehicle']);
    // A motorbike has no doors.
    expect(card.notes).toHaveLength(1);
    expect(modelNotes(card.notes)[0]).toContain('line: motorbike (19) and N_doors: 0 (-18)');
    // What it tells is small enough for a model file.
    expect(JSON.stringify(card).length).toBeLessThan(30_000);
  });

  test('a thousand contracts of 2018 are screened as if they had no history', () => {
    const screenOne = screener(model);
    const screened = Array.from({ length: 1000 }, (_, k) => {
      const row = k * 35;
      return screenOne({
        applicantId: after.ids[row],
        attributes: Object.fromEntries(
          after.attributes.map(({ name, codes, labels }) => [name, labels[codes[row]] ?? null]),
        ),
      });
    });
    const claimsBy = (of: (hint: string) => boolean) => {
      const chosen = screened.flatMap(({ hint }, k) => (of(hint) ? [k * 35] : []));
      const total = (column: Float64Array) => chosen.reduce((sum, row) => sum + column[row], 0);
      return total(after.columns.claim_count) / total(after.columns.earned_premium);
    };
    const scores = cardScores(after, card);
    for (const [k, { relativity, interval, reasons, points }] of screened.entries()) {
      expect(relativity).toBe(scores.relativity[k * 35]);
      expect(points).toBe(scores.points[k * 35]);
      expect(interval[0]).toBeLessThanOrEqual(relativity);
      expect(interval[1]).toBeGreaterThanOrEqual(relativity);
      expect(reasons.length).toBeLessThanOrEqual(4);
    }
    expect(new Set(screened.map(({ hint }) => hint)).size).toBeGreaterThanOrEqual(3);
    // Those who are accepted as they are claim less per premium than the others.
    expect(claimsBy((hint) => hint === 'accept')).toBeLessThan(
      0.85 * claimsBy((hint) => hint !== 'accept'),
    );
  });
});
