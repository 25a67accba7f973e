import { explainFormula } from '../explain.js';
import type { Formula } from '../expression.js';
import { type Plan, type RiskTier, riskTiers } from '../plan.js';
import { described } from '../scoring/scores.js';
import { yearFigureNames, yearName } from '../scoring/years.js';
import { riskRules } from './risk.js';
import { counted, worded } from './wording.js';

/** What keeps a customer out of the next better tier, and the smallest lawful change that would do. */
export interface WhyNot {
  /** The better tier that the change leads to; null when time alone leads to none. */
  readonly tier: RiskTier | null;
  /** The plan's rule that decided the present tier, in words. */
  readonly because: string;
  /** Whole years without a claim that are needed; past claims cannot be undone. */
  readonly claimFreeYears: number | null;
  /** Years of cover that a rating still needs. */
  readonly moreExperienceYears: number | null;
  readonly text: string;
}

/** Measured indicators of one customer by name; NaN where missing. */
export type Measured = Readonly<Record<string, number>>;

const unrated = riskTiers.indexOf('unrated');
const plainLabels = Object.fromEntries([...described].map(([name, { label }]) => [name, label]));
/** Words for the names in rules, by the loss ratio that the plan rates on. */
const labels: Record<Plan['risk']['basis'], Readonly<Record<string, string>>> = {
  credible: { ...plainLabels, rated_loss_ratio: 'expected loss ratio' },
  observed: { ...plainLabels, rated_loss_ratio: 'observed loss ratio' },
};

/**
 * Looks for the smallest number of claim-free years after which the same model gives a better tier,
 * by grading the customer as it would then stand.
 *
 * @param decided position of the plan's rule that decided the tier, −1 for none
 * @param tierOf the position of the risk tier that the model gives to measured indicators
 */
export function whyNot(
  plan: Plan,
  measured: Measured,
  decided: number,
  tierOf: (measured: Measured) => number,
): WhyNot | null {
  const tier = tierOf(measured);
  if (tier === 0) return null;
  const because = explainFormula(decidingRule(plan, tier, decided), labels[plan.risk.basis]);
  const short = plan.risk.minimumExposureYears - measured.exposure_years;
  if (tier === unrated) {
    const moreExperienceYears = short > 0 ? short : null;
    const text =
      moreExperienceYears === null
        ? `unrated because ${because}`
        : `unrated: ${worded(measured.exposure_years, 'exposure_years')} of experience, ${worded(short, 'exposure_years')} short of a rating`;
    return { tier: null, because, claimFreeYears: null, moreExperienceYears, text };
  }
  const better = (years: number) => {
    const then = tierOf(afterClaimFreeYears(plan, measured, years));
    return then < tier ? riskTiers[then] : undefined;
  };
  const most = Math.ceil(plan.window.months / 12) + 1;
  for (let years = 1; years <= most; years++) {
    const reached = better(years);
    if (reached === undefined) continue;
    const text = `${riskTiers[tier]} because ${because}; about ${counted(years, 'more claim-free year')}, or fewer, would lead to ${reached}`;
    return { tier: reached, because, claimFreeYears: years, moreExperienceYears: null, text };
  }
  return {
    tier: null,
    because,
    claimFreeYears: null,
    moreExperienceYears: null,
    text: `${riskTiers[tier]} because ${because}`,
  };
}

/** The rule that holds, or that the last rule of a better tier does not. */
function decidingRule(plan: Plan, tier: number, decided: number): Formula {
  const rules = riskRules(plan);
  if (decided >= 0) return rules[decided].when;
  const better = rules.filter((rule) => riskTiers.indexOf(rule.tier) < tier);
  return better.length > 0 ? ['not', better[better.length - 1].when] : 'no rule holds';
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
    capped_loss: measured.capped_loss * claimsKept,
    largest_claim: measured.largest_claim * claimsKept,
    recent_claim_count: 0,
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
