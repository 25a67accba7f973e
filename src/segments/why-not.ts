import { yearFigureNames, yearName } from '../credibility/years.js';
import { explainFormula, filled } from '../formulas/explain.js';
import type { Formula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { riskTiersOf, unratedTier } from '../plan/risk.js';
import { namedRules } from './conditions.js';
import type { ValueFormat } from './wording.js';
import { textFor } from './words.js';

/** What keeps a customer out of the next better tier, and the smallest lawful change that would do. */
export interface WhyNot {
  /** The better tier that the change leads to; null when time alone leads to none. */
  readonly tier: string | null;
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

/** What a model reads of a customer, NaN where missing, and where each input stands in it. */
type Measured = readonly number[];
type Positions = Readonly<Record<string, number>>;
/** The position of the risk tier that the model gives to measured inputs. */
type TierOf = (measured: Measured) => number;

/** A function that says what keeps a customer out of the next better tier; rules are formatValue once. */
export function whyNotReader(
  plan: Plan,
  at: Positions,
  tierOf: TierOf,
  { words, formatValue, counted }: ValueFormat,
) {
  const explained = (rule: Formula) => ({
    rule,
    because: explainFormula(rule, words.labels, words.formulas),
  });
  const rules = namedRules(plan);
  const tiers = riskTiersOf(plan);
  const unrated = unratedTier(plan);
  const holding = rules.map(({ when }) => explained(when));
  const failing = tiers.map((_, tier) => explained(lastOfBetter(rules, tiers.slice(0, tier))));
  const tierName = (name: string) => textFor(words.tiers, name) ?? name;

  /**
   * @param decided position of the plan's rule that decided it, −1 for none
   * @param held why the tier is not that of the figures, where memory holds it
   */
  return (measured: Measured, decided: number, held?: Formula): WhyNot | null => {
    const tier = tierOf(measured);
    if (tier === 0) return null;
    const { rule, because } = held ? explained(held) : (holding[decided] ?? failing[tier]);
    const exposure = measured[at.exposure_years];
    const short = plan.risk.minimumExposureYears - exposure;
    const moreExperienceYears = tier === unrated && short > 0 ? short : null;
    const change = smallestChange(plan, at, measured, tier, tierOf);
    const { claimFreeYears, claimFreeMonths } = change;
    const better = change.tier === null ? null : tiers[change.tier];
    const best = claimFreeYears === null ? words.whyNot.because : words.whyNot.better;
    const text = filled(moreExperienceYears === null ? best : words.whyNot.short, {
      tier: tierName(tiers[tier]),
      because,
      years: () => counted(claimFreeYears ?? 0, 'claimFreeYears'),
      better: better === null ? '' : tierName(better),
      observed: () => formatValue(exposure, 'exposure_years'),
      short: () => formatValue(moreExperienceYears ?? 0, 'exposure_years'),
    });
    return {
      tier: better,
      rule,
      claimFreeYears,
      claimFreeMonths,
      moreExperienceYears,
      because,
      text,
    };
  };
}

/**
 * Looks for the smallest number of claim-free years after which the same model gives a better tier,
 * by grading the customer as it would then stand; and within the last of these years for the month.
 */
function smallestChange(
  plan: Plan,
  at: Positions,
  measured: Measured,
  tier: number,
  tierOf: TierOf,
): Pick<WhyNot, 'claimFreeYears' | 'claimFreeMonths'> & { tier: number | null } {
  const after = (years: number) => tierOf(afterClaimFreeYears(plan, at, measured, years));
  const most = tier === unratedTier(plan) ? 0 : Math.ceil(plan.window.months / 12) + 1;
  for (let years = 1; years <= most; years++) {
    const then = after(years);
    if (then >= tier) continue;
    return {
      tier: then,
      claimFreeYears: years,
      // Years that weigh apart move on whole or not at all.
      claimFreeMonths: weighsYears(at)
        ? null
        : firstMonth(12 * years, (months) => after(months / 12) <= then),
    };
  }
  return { tier: null, claimFreeYears: null, claimFreeMonths: null };
}

const weighsYears = (at: Positions) => yearName('claim_count', 0) in at;

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

/** The last rule of the better tiers, which does not hold. */
function lastOfBetter(rules: Plan['risk']['rules'], better: readonly string[]): Formula {
  const last = rules.findLast(({ tier }) => better.includes(tier));
  return last ? ['not', last.when] : 'no_rule_holds';
}

/**
 * The inputs as they would stand after more years of the same cover without a claim. The window moves
 * along; its oldest part gives way in proportion, but claims, whose days are not known here, stay
 * until even the last one has left the window, so the years are rather too many than too few.
 */
function afterClaimFreeYears(plan: Plan, at: Positions, measured: Measured, years: number) {
  const window = plan.window.months / 12;
  const known = (position: number, otherwise: number) =>
    measured[position] > 0 ? measured[position] : otherwise;
  const past = Math.min(window, known(at.tenure_years, window));
  const kept = Math.min(1, Math.max(0, window - years) / past);
  const ahead = Math.min(years, window);
  const exposure = measured[at.exposure_years];
  const premium = measured[at.earned_premium];
  const yearlyExposure = known(at.recent_exposure_years, exposure / past);
  const yearlyPremium = known(at.annual_premium, (premium / exposure) * yearlyExposure);
  const claimFree = known(at.claim_free_years, 0);
  const claimsKept = claimFree + years < window ? 1 : 0;
  const later = measured.slice();
  if (weighsYears(at)) {
    const cover = { exposure_years: yearlyExposure, earned_premium: yearlyPremium };
    moveYears(at, measured, later, years, cover);
  }
  later[at.exposure_years] = exposure * kept + yearlyExposure * ahead;
  later[at.earned_premium] = premium * kept + yearlyPremium * ahead;
  later[at.claim_count] *= claimsKept;
  later[at.incurred_loss] *= claimsKept;
  later[at.set_aside_claim_count] *= claimsKept;
  later[at.set_aside_loss] *= claimsKept;
  later[at.capped_loss] *= claimsKept;
  later[at.largest_claim] *= claimsKept;
  if (claimFree + years >= 1) later[at.recent_claim_count] = 0;
  later[at.recent_exposure_years] = yearlyExposure;
  later[at.claim_free_years] = claimFree + years;
  later[at.tenure_years] += years;
  return later;
}

/** Moves figures of single years back by so many years of cover without a claim. */
function moveYears(
  at: Positions,
  measured: Measured,
  later: number[],
  years: number,
  cover: Readonly<Record<string, number>>,
) {
  for (const figure of yearFigureNames) {
    for (let year = 0; yearName(figure, year) in at; year++) {
      later[at[yearName(figure, year)]] =
        year < years ? (cover[figure] ?? 0) : measured[at[yearName(figure, year - years)]];
    }
  }
}
