import { requireKnown } from '../base/errors.js';
import type { Override } from '../book/standing.js';
import { methodNamed } from '../credibility/methods.js';
import { filled } from '../formulas/explain.js';
import type { Grade, Maybe } from '../grading/grade.js';
import { standingWords } from '../grading/standing-text.js';
import type { NotCounted } from '../indicators/not-counted.js';
import { en } from '../locales/en.js';
import type { Locale } from '../locales/locale.js';
import type { Plan } from '../plan/plan.js';
import { everyReason } from '../segments/reasons.js';
import { textFor, withTiers } from '../segments/words.js';
import { conditionLines } from './explained-conditions.js';
import { endedLines, notCountedLines } from './explained-left-out.js';
import { underwritingLines } from './explained-underwriting.js';
import { valueLines } from './explained-value.js';
import { indented, monthsText, type PageFormat, pageFormat, sided } from './page-wording.js';

/** How a grade is explained. */
export interface ExplanationOptions {
  /** The language: `en`, `zh`, `et`; English if left out. */
  readonly locale?: Locale;
  /** The plan of the grade, for what its own risk tiers are called and mean; else they go by their names. */
  readonly plan?: Plan;
  /** The claims that do not count, by rule, as `claimsNotCounted` gives them. */
  readonly notCounted?: readonly NotCounted[] | undefined;
  /** The override of the customer that has ended, of those in `grades.memory.ended`. */
  readonly endedOverride?: Override | undefined;
}

/**
 * A grade in words, as a page for a customer adviser to read out: who and as of when, the tier and
 * what it means, what speaks for and against the customer, which conditions held and which failed,
 * what would change the tier, value and service, underwriting advice, and how sure all this is.
 *
 * A grade may be explained in another language than it was made in; only sentences of the plan's own
 * hints and the names of its own services stay as they are.
 *
 * @throws MisuseError for an option that it does not know
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
 *   { customerId: 'Bob', earnedPremium: 900, exposureYears: 3, claimCount: 2, incurredLoss: 990, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const [first, , risk] = explanation(gradeAt(assess(table, calibrate(table)))(0), { locale: zh }).split('\n');
 * [first, risk]; // => ['客户Ann', '风险等级：优质']
 * ```
 */
export function explanation(grade: Grade, options: ExplanationOptions = {}): string {
  requireKnown(options, ['locale', 'plan', 'notCounted', 'endedOverride'], 'explanation');
  const { locale = en, plan } = options;
  const format = pageFormat(grade, plan ? withTiers(locale, plan) : locale);
  return [
    heading(grade, format),
    riskLines(grade, options, format),
    reasonLines(grade, format),
    conditionLines(grade, format),
    changeLines(grade, format),
    [...valueLines(grade, format), ...serviceLines(grade, format)],
    underwritingLines(grade, format),
    certaintyLines(grade, format),
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function heading({ customerId, asOf, indicators }: Grade, { page }: PageFormat): string[] {
  const who = filled(asOf === null ? page.customer : page.customerAsOf, {
    customer: customerId,
    day: asOf ?? '',
  });
  return [`${who}${indicators.lapsed === 1 ? page.lapsed : ''}`];
}

function riskLines(grade: Grade, options: ExplanationOptions, format: PageFormat): string[] {
  const { risk, indicators, standing } = grade;
  const { page, locale, valueText } = format;
  const { tier, observedLossRatio, expectedLossRatio } = risk;
  const ratios = filled(page.lossRatios, {
    observed: valueText(observedLossRatio, 'loss_ratio'),
    expected: valueText(expectedLossRatio, 'loss_ratio'),
  });
  // What the tier means is said of the figures; it would be wrong of a tier that is held against them.
  const figures = tierOfFigures(standing, risk);
  const meaning =
    figures === tier
      ? textFor(locale.meanings, tier)
      : filled(page.byFigures, { tier: textFor(locale.tiers, figures) ?? figures });
  const cover = filled(page.cover, {
    claims: valueText(indicators.claim_count, 'claim_count'),
    exposure: valueText(indicators.exposure_years, 'exposure_years'),
    premium: valueText(indicators.earned_premium, 'earned_premium'),
    incurred: valueText(indicators.incurred_loss, 'incurred_loss'),
  });
  return [
    filled(standing?.tier === tier ? page.riskSince : page.risk, {
      tier: textFor(locale.tiers, tier) ?? tier,
      day: standing?.since ?? '',
    }),
    ...indented(
      ...(meaning === undefined ? [] : [meaning]),
      ...endedLines(options.endedOverride, grade.asOf, format),
      cover,
      ...notCountedLines(grade, options.notCounted, format),
      ...(observedLossRatio === null && expectedLossRatio === null ? [] : [ratios]),
    ),
  ];
}

/** The tier that the figures of the day give, whatever holds another one. */
const tierOfFigures = (standing: Grade['standing'], risk: Grade['risk']) =>
  standing?.observedTier ?? risk.tier;

function reasonLines({ reasons, standing, risk }: Grade, format: PageFormat): string[] {
  const { page, locale, values } = format;
  const words = standing ? standingWords(standing, risk.tier, values) : {};
  const lines = reasons.map((reason) => {
    const rule = everyReason.find(({ code }) => code === reason.code);
    return sided(reason, locale.reasons[reason.code] ?? rule?.text, format, words);
  });
  return [page.speaks, ...indented(...(lines.length > 0 ? lines : [page.nothing]))];
}

/** The smallest lawful change that leads to a better tier. */
function changeLines(
  { whyNot, risk, standing }: Grade,
  { page, locale, values, valueText }: PageFormat,
): string[] {
  const held = tierOfFigures(standing, risk) !== risk.tier;
  const change = () => {
    if (whyNot === null) return held ? page.bestHeld : page.best;
    const { tier, claimFreeYears, claimFreeMonths, moreExperienceYears } = whyNot;
    if (moreExperienceYears !== null) {
      return filled(page.short, { time: valueText(moreExperienceYears, 'exposure_years') });
    }
    if (tier !== null && claimFreeYears !== null) {
      const months = claimFreeMonths ?? 12 * claimFreeYears;
      const time =
        months % 12 === 0 ? values.counted(months / 12, 'years') : monthsText(months, page);
      return filled(page.better, { time, better: textFor(locale.tiers, tier) ?? tier });
    }
    return !risk.rated && !held ? page.unrateable : page.stays;
  };
  return [page.change, ...indented(change())];
}

function serviceLines({ service }: Grade, { page }: PageFormat): string[] {
  const entitlements = service.entitlements.map((text) => page.entitlements[text] ?? text);
  return [
    filled(page.service, { tier: page.services[service.tier] ?? service.tier }),
    ...indented(
      ...(entitlements.length > 0
        ? [filled(page.entitled, { list: entitlements.join(page.list) })]
        : []),
    ),
  ];
}

/** How sure the expected loss ratio is; nothing of what is not known. */
function certaintyLines({ risk, model }: Grade, { page, valueText }: PageFormat): string[] {
  const [low, high] = risk.interval;
  const share = (value: Maybe) => valueText(value, 'loss_ratio');
  const { expectedLossRatio, probabilityAbovePermissible, credibility } = risk;
  if (expectedLossRatio === null) return [page.sure, ...indented(page.noRating)];
  const believed = model.restsOn ? page.restsOn[model.restsOn] : page.believed;
  const known = low !== null && high !== null;
  const interval = known
    ? filled(page.interval, {
        probability: share(risk.intervalProbability),
        low: share(low),
        high: share(high),
      })
    : page.noInterval;
  return [
    page.sure,
    ...indented(
      interval,
      ...(credibility === null ? [] : [filled(believed, { credibility: share(credibility) })]),
      ...(known && probabilityAbovePermissible !== null
        ? [filled(page.probability, { probability: share(probabilityAbovePermissible) })]
        : []),
      page.average,
      ...(methodNamed(model.method).countsOnly ? [page.countsOnly] : []),
    ),
  ];
}
