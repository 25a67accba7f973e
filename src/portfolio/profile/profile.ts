import { type Attribute, attributeNamed, sum } from '../../base/columns.js';
import { MisuseError, requireKnown } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Book } from '../../book/book.js';
import type { Grades } from '../../grading/assess.js';
import { modelId } from '../../model/model.js';
import { worstTier } from '../../plan/risk.js';
import { fitLevels, levelColumn, thinnestExposure } from '../../scoring/scorecard/levels.js';
import {
  type UsableAttributes,
  usableAttributes,
} from '../../scoring/scorecard/usable-attributes.js';
import {
  minExpected,
  rateTest,
  talliesOf,
  varianceByMoments,
} from '../../scoring/statistics/chance-test.js';
import { checkSettings, notesOnMixed } from './checks.js';
import { levelFigures, probability } from './levels.js';
import { attributeOf, expectedOf, followedOf, type Observed, observedOf } from './observed.js';
import type { ProfileOptions } from './options.js';
import { pairsOf } from './pairs.js';
import type { Profile } from './result.js';
import { adjusted, findingOf } from './tests.js';
import { showProfile } from './view.js';

const gradesOptions = ['attributes', 'trends', 'falseDiscoveryRate', 'minimumExposure', 'onLook'];
const bookOptions = [...gradesOptions, 'from', 'until', 'plan', 'model'];
/** The bins of the test are cut by exposure alone: chosen by claims they would find what they chose. */
const testBins = 8;

/**
 * What customers who cost much have in common: for every attribute that came along, and every level of
 * it ({@link fitLevels}), customers, exposure, premium, losses, claims, the share of high-risk, the
 * lift of claims against the book with its interval, the lift drawn toward the book by credibility,
 * and the weight of evidence. A test an attribute, and a pair of them, asks whether claims differ by
 * more than chance, customers differing anyway allowed for; what is named keeps the false-discovery
 * rate over all that was looked at. Protected attributes are left out ({@link usableAttributes}).
 *
 * Of grades it tells the window they rest on; a tier of claims is then told by the same claims. Of a
 * book with `from` and `until` it tells what followed: tiers and attributes as of the first day,
 * losses and claims until the last.
 *
 * @throws MisuseError for an unknown or protected attribute, a wrong option, days the wrong way round
 * @throws UnusableDataError when no graded customer has cover to follow
 * @example
 * ```ts
 * const terms = Array.from({ length: 400 }, (_, k) => ({
 *   customerId: k, policyId: k, from: '2023-01-01', to: '2024-01-01', premium: 300, channel: k % 2 ? 'broker' : 'agent',
 * }));
 * const claims = Array.from({ length: 100 }, (_, k) => ({
 *   claimId: k, policyId: k < 80 ? 2 * k + 1 : 2 * k, occurredOn: '2023-06-01', paid: 500,
 * }));
 * const table = indicators(readBook(terms, claims).book, { asOf: '2024-01-01' });
 * const [channel] = profile(assess(table, calibrate(table))).attributes;
 * channel.finding; // => 'found'
 * channel.levels.map(({ level, lift }) => [level, lift]); // => [['agent', 0.4], ['broker', 1.6]]
 * ```
 */
export function profile(of: Grades | Book, options: ProfileOptions = {}): Profile & Shown {
  const observed = observe(of, options);
  checkSettings(options);
  const { falseDiscoveryRate = 0.1 } = options;
  const { grades, exposureYears, earnedPremium, incurred, claims } = observed;
  const { model } = grades;
  const usable = usableAttributes(grades.table, model.plan);
  const attributes = chosen(usable, options).map((attribute) => attributeOf(observed, attribute));
  const minimumExposure = options.minimumExposure ?? thinnestExposure(exposureYears);
  const { base, expected } = expectedOf(observed);
  const variance = varianceByMoments(claims, expected);
  // Attributes and pairs share the rate, so that it holds for all that is named.
  const kinds = attributes.length > 1 ? 2 : 1;
  const tests = adjusted(
    attributes.map((attribute) =>
      attributeTest(observed, expected, variance, attribute, minimumExposure),
    ),
    kinds,
  );
  const all = (attributes.length * (attributes.length + 1)) / 2;
  let done = 0;
  const looked = () => options.onLook?.(++done, all);
  const profiled = attributes.map((attribute, k) => {
    looked();
    const trend = options.trends?.[attribute.name] ?? 'free';
    const levels = fitLevels(attribute, exposureYears, claims, {
      minimumExposure,
      trend,
      expected,
    });
    const codes = levelColumn(levels, attribute);
    return {
      name: attribute.name,
      kind: levels.kind,
      trend,
      finding: findingOf(tests[k], falseDiscoveryRate),
      test: tests[k],
      ...levelFigures(observed, expected, variance, codes, levels.names),
    };
  });
  const whole = new Int32Array(claims.length);
  const [book] = levelFigures(observed, expected, variance, whole, ['book']).levels;
  return showProfile({
    asOf: observed.asOf,
    followed: observed.followed,
    customers: claims.length,
    exposureYears: sum(exposureYears),
    earnedPremium: sum(earnedPremium),
    incurred: sum(incurred),
    claims: sum(claims),
    lossRatio: book.lossRatio,
    claimFrequency: book.claimFrequency,
    worstTier: model.plan.risk.tiers[worstTier(model.plan)].name,
    highRiskShare: book.highRiskShare,
    base,
    relativityVariance: variance,
    minimumExposure,
    falseDiscoveryRate,
    probability,
    attributes: profiled.toSorted(
      (a, b) =>
        (a.test?.pValue ?? 2) - (b.test?.pValue ?? 2) ||
        (b.informationValue ?? 0) - (a.informationValue ?? 0),
    ),
    pairs: pairsOf(observed, expected, variance, attributes, {
      rate: falseDiscoveryRate,
      kinds,
      minimumExposure,
      looked,
    }),
    excluded: usable.excluded,
    allowed: usable.allowed,
    notes: [...observed.notes, ...attributes.flatMap(notesOnMixed), ...notesOn(observed)],
    model: { id: modelId(model), hash: model.hash, method: model.parameters.experience.method },
  });
}

function observe(of: Grades | Book, options: ProfileOptions): Observed {
  if (of && 'terms' in of) {
    requireKnown(options, bookOptions, 'profile');
    const { from, until, plan, model } = options;
    if (from === undefined || until === undefined) {
      throw new MisuseError(
        'profile: expected { from, until } with a book; or give grades, as assess() returns',
      );
    }
    if (plan && model) {
      throw new MisuseError('profile: expected plan or model, not both: a model has its plan');
    }
    return followedOf(of, { from, until, plan, model });
  }
  if (!of?.scores) {
    throw new MisuseError(
      'profile: expected grades, as assess() returns, or a book with { from, until }',
    );
  }
  requireKnown(options, gradesOptions, 'profile');
  return observedOf(of);
}

/** The attributes asked for, or all that may be used. */
function chosen(
  { used, excluded }: UsableAttributes,
  { attributes, trends = {} }: ProfileOptions,
): readonly Attribute[] {
  for (const name of [...(attributes ?? []), ...Object.keys(trends)]) {
    const barred = excluded.find((other) => other.name === name);
    if (barred) throw new MisuseError(`profile: "${name}" is ${barred.because}`);
    attributeNamed(used, name, 'profile');
  }
  return attributes ? used.filter(({ name }) => attributes.includes(name)) : used;
}

function attributeTest(
  observed: Observed,
  expected: Float64Array,
  variance: number,
  attribute: Attribute,
  minimum: number,
) {
  const { exposureYears, claims } = observed;
  const forClaims = (minExpected * sum(exposureYears)) / sum(claims);
  if (!Number.isFinite(forClaims)) return null;
  const levels = fitLevels(attribute, exposureYears, claims, {
    minimumExposure: Math.max(minimum, forClaims),
    bins: testBins,
    merge: false,
  });
  const codes = levelColumn(levels, attribute);
  return rateTest(talliesOf(claims, expected, codes, levels.names.length), variance);
}

function notesOn({ followed, claims, grades }: Observed): string[] {
  return [
    ...(sum(claims) > 0 ? [] : ['there are no claims to analyse']),
    ...(grades.table.attributes.some(({ labels }) => labels.length > 0)
      ? []
      : ['no attribute came along: there is nothing to tell customers apart by']),
    ...(followed
      ? []
      : ['tiers rest on the same claims that are shown here: give two days to see what followed']),
  ];
}
