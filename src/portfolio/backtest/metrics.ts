import { sum } from '../../base/columns.js';
import { uniformFrom } from '../../base/random.js';
import { valueTiers } from '../../plan/value.js';
import { gini, lorenzCurve, type Ranking, rankingOf } from '../../scoring/statistics/ranking.js';
import { bands, topShareLift } from '../bands.js';
import { type BootstrapOptions, bootstrap, type Statistic } from '../bootstrap.js';
import type { Challenger } from './challengers.js';
import type { Backtest, BacktestColumns, BacktestGroup, Estimate } from './result.js';

/** What is measured with intervals. */
type Measures = Pick<
  Backtest,
  | 'riskTiers'
  | 'valueTiers'
  | 'giniOfLosses'
  | 'giniOfClaims'
  | 'topDecileLift'
  | 'actualToExpected'
  | 'deciles'
  | 'doubleLift'
  | 'contest'
  | 'lorenz'
>;

const tenths = 10;

/**
 * Metrics of graded customers by what followed: by tier, by tenth of premium, and in a contest of
 * scores. All intervals come from the same draws of customers, so differences are of like with like.
 *
 * @param model the score of the model itself; it heads the methods of the contest
 * @param others who else takes part; scores are of the same customers
 */
export function metricsOf(
  columns: BacktestColumns,
  model: Challenger,
  others: readonly Challenger[],
  options: Omit<BootstrapOptions, 'customers'>,
): Measures {
  const { earnedPremium: premium, incurred: losses, claims, expectedLossRatio } = columns;
  const expected = expectedLossRatio.map((ratio, row) => ratio * premium[row]);
  const [ours, raw] = [relative(expected, premium), rawLosses(columns)];
  const field = [model, ...others];
  // Entries that score alike (the model is often one of the methods) are ranked and drawn once.
  const standsFor = field.map(({ score }) => field.findIndex((other) => alike(other.score, score)));
  const distinct = [...new Set(standsFor)];
  const rankings = distinct.map((k) =>
    rankingOf(field[k].score, premium, { losses, claims, expected, premium }),
  );
  const rankingAt = standsFor.map((k) => distinct.indexOf(k));
  const disagreement = rankingOf(
    ours.map((value, row) => (premium[row] > 0 ? (value - raw[row]) / premium[row] : 0)),
    premium,
    { losses, premium, ours, raw },
  );
  const [own] = rankings;
  const statistics: Statistic[] = [
    groupStatistic(columns, columns.riskTier, columns.riskTiers.length),
    groupStatistic(columns, columns.valueTier, valueTiers.length),
    (weights) => contestFigures(rankings, weights),
    chanceFigures(columns, own, options.seed),
    (weights) => actualToExpected(own, weights),
    (weights) => {
      const [lost, base] = bands(disagreement, ['losses', 'premium'], weights, tenths);
      return relativeShares(lost, base);
    },
  ];
  const [byRisk, byValue, contest, luck, calibration, disagreed] = bootstrap(statistics, {
    ...options,
    customers: premium.length,
  });
  const entry = (figures: readonly Estimate[], k: number) => {
    const [giniOfLosses, giniOfClaims, topDecileLift, againstModel] = figures.slice(4 * k);
    return { giniOfLosses, giniOfClaims, topDecileLift, againstModel };
  };
  const { againstModel: _, ...modelMeasures } = entry(contest, 0);
  const entries = field.map(({ name, kind, notes }, k) => ({
    name,
    kind,
    ...entry(contest, rankingAt[k]),
    againstModel: k === 0 ? null : entry(contest, rankingAt[k]).againstModel,
    notes,
  }));
  const chance = { name: 'chance', kind: 'chance', ...entry(luck, 0), notes: [] } as const;
  const [expectedBands, lossBands, premiumBands] = bands(own, ['expected', 'losses', 'premium']);
  const [ourBands, rawBands, bandPremium] = bands(disagreement, ['ours', 'raw', 'premium']);
  const [ourRelative, rawRelative] = [ourBands, rawBands].map((sums) =>
    relativeShares(sums, bandPremium),
  );
  return {
    riskTiers: groups(columns, columns.riskTier, columns.riskTiers, byRisk),
    valueTiers: groups(columns, columns.valueTier, valueTiers, byValue),
    ...modelMeasures,
    actualToExpected: calibration[tenths],
    deciles: Array.from({ length: tenths }, (_, k) => ({
      expectedLossRatio: ratio(expectedBands[k], premiumBands[k]),
      lossRatio: ratio(lossBands[k], premiumBands[k]),
      actualToExpected: calibration[k],
    })),
    doubleLift: Array.from({ length: tenths }, (_, k) => ({
      ours: finite(ourRelative[k]),
      raw: finite(rawRelative[k]),
      actual: disagreed[k],
    })),
    contest: [entries[0], chance, ...entries.slice(1)],
    lorenz: Object.fromEntries(
      field.map(({ name }, k) => [name, lorenzCurve(rankings[rankingAt[k]], 'losses')]),
    ),
  };
}

function alike(a: Float64Array, b: Float64Array): boolean {
  return a === b || a.every((value, row) => value === b[row]);
}

/** Losses on the scale of the book's premium: Σ relative = Σ premium. The premium itself without any. */
function relative(losses: Float64Array, premium: Float64Array): Float64Array {
  const total = sum(losses);
  if (!(total > 0)) return premium;
  const scale = sum(premium) / total;
  return losses.map((value) => value * scale);
}

/** What the raw loss ratio of the history would lay on each customer's premium, on the same scale. */
function rawLosses({ observedLossRatio, earnedPremium }: BacktestColumns): Float64Array {
  return relative(
    observedLossRatio.map((value, row) => Math.max(0, value) * earnedPremium[row]),
    earnedPremium,
  );
}

/** Enough that a random order in so many steps differs from one in as many as there are customers by nothing. */
const chanceSteps = 100;

/**
 * What chance does: the figures of {@link contestFigures} for an order resampled in every round. Its
 * value is what theory gives, its interval what luck may make of it.
 */
function chanceFigures(
  { earnedPremium, incurred, claims }: BacktestColumns,
  model: OwnRanking,
  seed: number,
): Statistic {
  // A stream of its own: the bootstrap draws the customers from that of the seed itself.
  const uniform = uniformFrom(-1 - seed);
  const steps = Float64Array.from({ length: chanceSteps }, (_, step) => step);
  return (weights) => {
    const own = gini(model, 'losses', weights);
    if (!weights) return Number.isNaN(own) ? [own, own, own, own] : [0, 0, 1, 0 - own];
    const [premium, losses, counts] = [steps, steps, steps].map(
      ({ length }) => new Float64Array(length),
    );
    for (let row = 0; row < weights.length; row++) {
      const step = Math.floor(uniform() * chanceSteps);
      premium[step] += weights[row] * earnedPremium[row];
      losses[step] += weights[row] * incurred[row];
      counts[step] += weights[row] * claims[row];
    }
    const drawn = rankingOf(steps, premium, { losses, claims: counts });
    const found = gini(drawn, 'losses');
    return [found, gini(drawn, 'claims'), topShareLift(drawn, 'losses'), found - own];
  };
}

type OwnRanking = Ranking<'losses' | 'claims' | 'expected' | 'premium'>;

/** Four figures an entry: Gini of losses and of claims, lift, and Gini of losses less the model's. */
function contestFigures(rankings: readonly OwnRanking[], weights?: Uint8Array): number[] {
  const model = gini(rankings[0], 'losses', weights);
  return rankings.flatMap((ranking, k) => {
    const losses = k === 0 ? model : gini(ranking, 'losses', weights);
    return [
      losses,
      gini(ranking, 'claims', weights),
      topShareLift(ranking, 'losses', weights),
      losses - model,
    ];
  });
}

/** By tenth of premium actual ÷ expected, both relative to the book's; then that of the whole book. */
function actualToExpected(ranking: OwnRanking, weights?: Uint8Array): number[] {
  const [expected, losses] = bands(ranking, ['expected', 'losses'], weights, tenths);
  const foreseen = sum(expected);
  const overall = foreseen > 0 ? sum(losses) / foreseen : Number.NaN;
  return [...relativeShares(losses, expected), overall];
}

/** Each part's share of the one ÷ its share of the other; of nothing, or less, there are no shares. */
function relativeShares(parts: Float64Array, base: Float64Array): Float64Array {
  const overall = sum(parts) / sum(base);
  return parts.map((part, k) => (overall > 0 ? part / base[k] / overall : Number.NaN));
}

/** Loss ratio and claim frequency of each group ÷ the book's, groups by their codes. */
function groupStatistic(
  { earnedPremium, exposureYears, claims, incurred }: BacktestColumns,
  codes: Uint8Array,
  count: number,
): Statistic {
  const sums = [incurred, earnedPremium, claims, exposureYears];
  return (weights) => {
    const [losses, premium, number, years] = sums.map((column) => {
      const totals = new Float64Array(count);
      for (let row = 0; row < codes.length; row++) {
        totals[codes[row]] += weights ? weights[row] * column[row] : column[row];
      }
      return totals;
    });
    return [...relativeShares(losses, premium), ...relativeShares(number, years)];
  };
}

function groups(
  columns: BacktestColumns,
  codes: Uint8Array,
  names: readonly string[],
  estimates: readonly Estimate[],
): Record<string, BacktestGroup> {
  const group = (code: number): BacktestGroup => {
    const total = (column: Float64Array) => sum(column.filter((_, row) => codes[row] === code));
    const [earnedPremium, incurred] = [total(columns.earnedPremium), total(columns.incurred)];
    const stayed = columns.stayed.filter(
      (value, row) => codes[row] === code && !Number.isNaN(value),
    );
    return {
      customers: codes.filter((other) => other === code).length,
      earnedPremium,
      exposureYears: total(columns.exposureYears),
      claims: total(columns.claims),
      incurred,
      lossRatio: ratio(incurred, earnedPremium),
      relativeLossRatio: estimates[code],
      relativeFrequency: estimates[names.length + code],
      renewals: stayed.length,
      stayed: ratio(sum(stayed), stayed.length),
    };
  };
  return Object.fromEntries(names.map((name, code) => [name, group(code)]));
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? finite(part / whole) : null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
