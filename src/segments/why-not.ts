import { explainFormula, filled } from '../explain.js';
import type { Formula } from '../expression.js';
import { type Plan, type RiskTier, riskTiers } from '../plan.js';
import { yearFigureNames, yearName } from '../scoring/years.js';
import { toldRules } from './conditions.js';
import type { Voice } from './wording.js';

/** What keeps a customer out of the next better tier, and the smallest lawful change that would do. */
export interface WhyNot {
  /** The better tier that the change leads to; null when time alone leads to none. */
  readonly tier: RiskTier | null;
  /** The plan's rule that decided the present tier, and the same in words. */
  readonly rule: Formula;
  readonly because: string;
  /** Whole years without a claim that are needed; past claims cannot be undone. */
  readonly claimFreeYears: number | null;
  /** The whole months that are needed of them; null where the model weighs whole years. */
  readonly claimFreeMonths: number | null;
  /** Years of cover that a rating still needs. */
  readonly moreExperienceYears: number | null;
  readonly text: string;
}

/** Measured indicators of one customer by name; NaN where missing. */
export type Measured = Readonly<Record<string, number>>;

const unrated = riskTiers.indexOf('unrated');

/**
 * Looks for the smallest number of claim-free years after which the same model gives a better tier,
 * by grading the customer as it would then stand; and within the last of these years for the month.
 *
 * @param decided position of the plan's rule that decided the tier, −1 for none
 * @param tierOf the position of the risk tier that the model gives to measured indicators
 * @param held why the tier is not that of the figures, where memory holds it
 */
export function whyNot(
  plan: Plan,
  measured: Measured,
  decided: number,
  tierOf: (measured: Measured) => number,
  voice: Voice,
  held?: Formula,
): WhyNot | null {
  const tier = tierOf(measured);
  if (tier === 0) return null;
  const short = plan.risk.minimumExposureYears - measured.exposure_years;
  const rule = held ?? decidingRule(plan, tier, decided);
  const found = {
    tier: null,
    rule,
    claimFreeYears: null,
    claimFreeMonths: null,
    moreExperienceYears: tier === unrated && short > 0 ? short : null,
  };
  const told = (change: Partial<Untold>) =>
    wordedWhyNot({ ...found, ...change }, riskTiers[tier], measured.exposure_years, voice);
  if (tier === unrated) return told({});
  const after = (years: number) => tierOf(afterClaimFreeYears(plan, measured, years));
  const most = Math.ceil(plan.window.months / 12) + 1;
  for (let years = 1; years <= most; years++) {
    const then = after(years);
    if (then >= tier) continue;
    return told({
      tier: riskTiers[then],
      claimFreeYears: years,
      // Years that weigh apart move on whole or not at all.
      claimFreeMonths:
        yearName('claim_count', 0) in measured
          ? null
          : firstMonth(12 * years, (months) => after(months / 12) <= then),
    });
  }
  return told({});
}

/** The first month of the year that ends with the month given in which something is so, halving. */
function firstMonth(last: number, isSo: (months: number) => boolean): number {
  let [not, so] = [last - 12, last];
  while (so - not > 1) {
    const middle = Math.floor((not + so) / 2);
    if (isSo(middle)) so = middle;
    else not = middle;
  }
  return so;
}

type Untold = Omit<WhyNot, 'because' | 'text'>;

/** What was found, in the words of a language. */
function wordedWhyNot(
  found: Untold,
  tier: RiskTier,
  exposureYears: number,
  { words, worded, counted }: Voice,
): WhyNot {
  const { rule, claimFreeYears, moreExperienceYears } = found;
  const because = explainFormula(rule, words.labels, words.formulas);
  const { whyNot } = words;
  const tierName = (name: RiskTier) => words.tiers[name] ?? name;
  const best = claimFreeYears === null ? whyNot.because : whyNot.better;
  const text = filled(moreExperienceYears === null ? best : whyNot.short, {
    tier: tierName(tier),
    because,
    years: counted(claimFreeYears ?? 0, 'claimFreeYears'),
    better: found.tier === null ? '' : tierName(found.tier),
    observed: worded(exposureYears, 'exposure_years'),
    short: worded(moreExperienceYears ?? 0, 'exposure_years'),
  });
  return { ...found, because, text };
}

/** The rule that holds, or that the last rule of a better tier does not. */
function decidingRule(plan: Plan, tier: number, decided: number): Formula {
  const rules = toldRules(plan);
  if (decided >= 0) return rules[decided].when;
  const better = rules.filter((rule) => riskTiers.indexOf(rule.tier) < tier);
  return better.length > 0 ? ['not', better[better.length - 1].when] : 'no_rule_holds';
}

/**
 * The indicators as they would stand after more years of the same cover without a claim. The
 * window moves along; its oldest part gives way in proportion, but claims, whose days are not known
 * here, stay until even the last one has left the window, so the years are rather too many than too
 * few.
 */
function afterClaimFreeYears(plan: Plan, measured: Measured, years: number): Measured {
  const window = plan.window.months / 12;
  const known = (name: string, otherwise: number) =>
    measured[name] > 0 ? measured[name] : otherwise;
  const past = Math.min(window, known('tenure_years', window));
  const kept = Math.min(1, Math.max(0, window - years) / past);
  const ahead = Math.min(years, window);
  const yearlyExposure = known('recent_exposure_years', measured.exposure_years / past);
  const rate = measured.earned_premium / measured.exposure_years;
  const yearlyPremium = known('annual_premium', rate * yearlyExposure);
  const claimFree = known('claim_free_years', 0);
  const claimsKept = claimFree + years < window ? 1 : 0;
  return {
    ...measured,
    ...yearsLater(measured, years, {
      exposure_years: yearlyExposure,
      earned_premium: yearlyPremium,
    }),
    exposure_years: measured.exposure_years * kept + yearlyExposure * ahead,
    earned_premium: measured.earned_premium * kept + yearlyPremium * ahead,
    claim_count: measured.claim_count * claimsKept,
    incurred_loss: measured.incurred_loss * claimsKept,
    set_aside_claim_count: measured.set_aside_claim_count * claimsKept,
    set_aside_loss: measured.set_aside_loss * claimsKept,
    capped_loss: measured.capped_loss * claimsKept,
    largest_claim: measured.largest_claim * claimsKept,
    recent_claim_count: claimFree + years < 1 ? measured.recent_claim_count : 0,
    recent_exposure_years: yearlyExposure,
    claim_free_years: claimFree + years,
    tenure_years: measured.tenure_years + years,
  };
}

/** Figures of single years, moved back by so many years of cover without a claim. */
function yearsLater(
  measured: Measured,
  years: number,
  cover: Readonly<Record<string, number>>,
): Record<string, number> {
  const later: Record<string, number> = {};
  for (const figure of yearFigureNames) {
    for (let year = 0; yearName(figure, year) in measured; year++) {
      later[yearName(figure, year)] =
        year < years ? (cover[figure] ?? 0) : measured[yearName(figure, year - years)];
    }
  }
  return later;
}
