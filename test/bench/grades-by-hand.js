// @ts-check
import {
  actions,
  loyalties,
  permissibleLossRatio,
  purchases,
  riskTiers,
} from '../../dist/index.js';

const [excellent, healthy, subHealthy, highRisk, unrated] = riskTiers.keys();
const [renew, reprice, restrict, refer] = actions.keys();
const [oneTime, regular, loyal, noLoyalty] = loyalties.keys();
const [bought, renewed, core, cross, left, noPurchase] = purchases.keys();
const maxReasons = 4;
/** Positions in the model's lists of reasons. */
const reasonCount = 12;
const reason = {
  noPremium: 0,
  tooLittle: 1,
  claimFree: 2,
  overBreakEven: 3,
  overPermissible: 4,
  within: 5,
  moreClaims: 6,
  fewerClaims: 7,
  above: 8,
  below: 9,
  highValue: 10,
  longRelationship: 11,
};

/**
 * What somebody who needs only the default plan would write instead of a library: one loop, the
 * plan's rules as code, everything that `assess` returns. It takes claim counts for whole numbers.
 */
export function gradesByHand({ columns, length }, { plan, parameters }) {
  const { experience, book, value, balance } = parameters;
  const { claimsPerBase, relativityVariance: variance } = experience;
  const level = experience.collectiveLossRatio * balance.factor;
  const { lowAtClaims, highAtClaims, normalQuantile } = experience;
  const { minimumExposureYears } = plan.risk;
  const { expenseRatio, largestIncrease, largestDecrease } = plan.pricing;
  const permissible = permissibleLossRatio(plan);
  const cut = value.cut ?? Number.NaN;
  const serviceNames = Object.keys(plan.service.catalogue);
  const service = riskTiers.map((tier) => {
    const { high, low } = plan.service.matrix[tier];
    return [serviceNames.indexOf(high), serviceNames.indexOf(low)];
  });

  const { earned_premium: premiums, exposure_years: exposures, claim_count: counts } = columns;
  const { incurred_loss: incurreds, largest_claim: largest, annual_premium: annual } = columns;
  const { recent_exposure_years: recentExposures, recent_claim_count: recentCounts } = columns;
  const { tenure_years: tenures, claim_free_years: claimFree, lapsed } = columns;
  const { renewals, policy_count: policies, line_count: lines } = columns;

  const scores = {
    expected_loss_ratio: new Float64Array(length),
    expected_low: new Float64Array(length),
    expected_high: new Float64Array(length),
    credibility: new Float64Array(length),
    indicated_change: new Float64Array(length),
  };
  const tiers = {
    risk_tier: new Uint8Array(length),
    value_tier: new Uint8Array(length),
    service_tier: new Uint8Array(length),
    action: new Uint8Array(length),
    loyalty: new Uint8Array(length),
    purchase: new Uint8Array(length),
  };
  const flags = () => new Uint8Array(length);
  const [overBreakEvens, risings, larges, frequents] = [flags(), flags(), flags(), flags()];
  const [belowCosts, overPermissibles, repeateds] = [flags(), flags(), flags()];
  const [marginals, badLucks, longClaimFrees] = [flags(), flags(), flags()];
  const [longTenures, shortTenures, lapses, thins] = [flags(), flags(), flags(), flags()];
  const reasons = new Int8Array(length * maxReasons).fill(-1);
  const weights = new Float64Array(reasonCount);

  for (let i = 0; i < length; i++) {
    const premium = premiums[i];
    const exposure = exposures[i];
    const count = counts[i];
    const observed = premium === 0 ? Number.NaN : incurreds[i] / premium;
    const frequency = exposure === 0 ? Number.NaN : count / exposure;

    const expectedClaims = claimsPerBase * premium;
    const surprise = 1 + variance * count;
    const weight = 1 + variance * expectedClaims;
    let expected = Number.NaN;
    let low = Number.NaN;
    let high = Number.NaN;
    if (premium > 0) {
      expected = level * (surprise / weight);
      const inTable = count < lowAtClaims.length;
      const lowest = inTable ? lowAtClaims[count] : beyond(surprise, variance, -normalQuantile);
      const highest = inTable ? highAtClaims[count] : beyond(surprise, variance, normalQuantile);
      low = level * (lowest / weight);
      high = level * (highest / weight);
    }
    scores.expected_loss_ratio[i] = expected;
    scores.expected_low[i] = low;
    scores.expected_high[i] = high;
    scores.credibility[i] = (variance * expectedClaims) / weight;

    const rated = exposure >= minimumExposureYears;
    let risk = healthy;
    if (Number.isNaN(expected) || !rated || Number.isNaN(count)) risk = unrated;
    else if (count === 0) risk = excellent;
    else if (expected > 1) risk = highRisk;
    else if (expected > permissible) risk = subHealthy;
    const valueTier = annual[i] > 0 && annual[i] >= cut ? 0 : 1;
    tiers.risk_tier[i] = risk;
    tiers.value_tier[i] = valueTier;
    tiers.service_tier[i] = service[risk][valueTier];

    const tenure = tenures[i];
    const once = renewals[i] === 0 && tenure <= 1;
    const unknown = Number.isNaN(tenure + renewals[i] + policies[i]);
    if (tenure >= 5) tiers.loyalty[i] = loyal;
    else if (tenure > 1) tiers.loyalty[i] = regular;
    else if (unknown) tiers.loyalty[i] = noLoyalty;
    else tiers.loyalty[i] = once && policies[i] <= 1 ? oneTime : regular;
    if (unknown || Number.isNaN(lines[i])) tiers.purchase[i] = noPurchase;
    else if (policies[i] === 0) tiers.purchase[i] = left;
    else if (lines[i] >= 2) tiers.purchase[i] = cross;
    else if (policies[i] >= 2) tiers.purchase[i] = core;
    else tiers.purchase[i] = once ? bought : renewed;

    const recent = recentCounts[i];
    const earlierYears = exposure - recentExposures[i];
    const nearLine = (line) => expected >= 0.9 * line && expected <= 1.1 * line;
    const overBreakEven = rated && expected > 1;
    const faster = recent * earlierYears > 2 * (count - recent) * recentExposures[i];
    const rising = recent >= 2 && (faster || count >= 3);
    const large = exposure !== 0 && largest[i] > 10 * (premium / exposure);
    const frequent = count >= 2 && frequency > 3 * book.claimFrequency;
    const belowCost = rated && expected > 1 - expenseRatio && expected <= 1;
    const overPermissible = rated && expected > permissible && expected <= 1 - expenseRatio;
    overBreakEvens[i] = overBreakEven ? 1 : 0;
    risings[i] = rising ? 1 : 0;
    larges[i] = large ? 1 : 0;
    frequents[i] = frequent ? 1 : 0;
    belowCosts[i] = belowCost ? 1 : 0;
    overPermissibles[i] = overPermissible ? 1 : 0;
    repeateds[i] = count >= 2 ? 1 : 0;
    marginals[i] = rated && (nearLine(permissible) || nearLine(1)) ? 1 : 0;
    badLucks[i] = rated && observed > 1 && expected <= permissible ? 1 : 0;
    longClaimFrees[i] = claimFree[i] >= 5 ? 1 : 0;
    longTenures[i] = tenures[i] >= 5 ? 1 : 0;
    shortTenures[i] = tenures[i] < 1 ? 1 : 0;
    lapses[i] = lapsed[i] === 1 ? 1 : 0;
    thins[i] = rated ? 0 : 1;
    if (overBreakEven || rising) tiers.action[i] = refer;
    else if (large || frequent) tiers.action[i] = restrict;
    else if (belowCost || overPermissible) tiers.action[i] = reprice;
    else tiers.action[i] = renew;
    scores.indicated_change[i] =
      risk === unrated
        ? Number.NaN
        : Math.max(-largestDecrease, Math.min(largestIncrease, expected / permissible - 1));

    weights.fill(0);
    const own = moved(expected - level);
    const surprising = moved(observed - expected);
    if (risk === unrated) {
      if (!(premium > 0)) weights[reason.noPremium] = 1 + moved(0);
      if (exposure < minimumExposureYears) weights[reason.tooLittle] = 1 + moved(0);
    } else if (risk === excellent) weights[reason.claimFree] = 1 + own;
    else if (risk === highRisk) weights[reason.overBreakEven] = 1 + moved(expected - 1);
    else {
      const toLine = 1 + moved(expected - permissible);
      weights[risk === subHealthy ? reason.overPermissible : reason.within] = toLine;
    }
    if (count > 0 && count > expectedClaims) weights[reason.moreClaims] = own;
    if (count > 0 && count < expectedClaims) weights[reason.fewerClaims] = own;
    if (observed > 1.1 * expected) weights[reason.above] = surprising;
    if (observed < 0.9 * expected) weights[reason.below] = surprising;
    if (valueTier === 0) weights[reason.highValue] = moved(0);
    if (tenures[i] >= 5) weights[reason.longRelationship] = moved(0);
    heaviest(weights, reasons, i * maxReasons);
  }
  const hints = {
    'over-break-even': overBreakEvens,
    'rising-claims': risings,
    'large-loss': larges,
    'high-claim-frequency': frequents,
    'premium-below-cost': belowCosts,
    'over-permissible': overPermissibles,
    'repeated-claims': repeateds,
    marginal: marginals,
    'bad-luck-likely': badLucks,
    'long-claim-free': longClaimFrees,
    'long-tenure': longTenures,
    'short-tenure': shortTenures,
    lapsed: lapses,
    'thin-experience': thins,
  };
  return { scores, tiers, hints, reasons };
}

/** How far something moves the loss ratio, brought between 0 and 1, and a little more than nothing. */
function moved(by) {
  const distance = Math.abs(by) / (1 + Math.abs(by));
  return Number.isNaN(distance) ? 0.001 : 0.001 + distance;
}

/** Puts the positions of the largest weights into `found` from `start`; among equals the first. */
function heaviest(weights, found, start) {
  let many = 0;
  for (let r = 0; r < reasonCount; r++) {
    if (weights[r] === 0) continue;
    let at = many;
    while (at > 0 && weights[found[start + at - 1]] < weights[r]) at--;
    if (at === maxReasons) continue;
    if (many < maxReasons) many++;
    for (let k = many - 1; k > at; k--) found[start + k] = found[start + k - 1];
    found[start + at] = r;
  }
}

/** Wilson and Hilferty's approximation, for more claims than the table has. */
function beyond(surprise, variance, quantile) {
  const correction = variance / (9 * surprise);
  const root = 1 - correction + quantile * Math.sqrt(correction);
  return surprise * root * root * root;
}
