import type { Formula } from '../formulas/expression.js';
import type { Indicator, Measure } from './indicator.js';
import { countedClaims, countedIn } from './observation-window.js';

/** Who has something of claims, but no claim. */
const withoutClaim = (name: string): Formula => ['and', ['=', 'claim_count', 0], ['>', name, 0]];

/** What was claimed in the window. */
export const claims = [
  {
    name: 'claim_count',
    label: 'claims',
    unit: 'count',
    definition:
      "claims that occurred in the window, reported before the as-of date where known, without the plan's statuses that do not count (`nil`, `withdrawn`, `inquiry`) and without those it sets aside",
    input: { required: true },
    worse: {
      words: 'one more claim',
      kinds: ['claims'],
      changes: { claim_count: ['+', 'claim_count', 1] },
    },
    impossible: [['and', ['>', 'claim_count', 0], ['=', 'exposure_years', 0]]],
  },
  {
    name: 'set_aside_claim_count',
    label: 'claims set aside',
    unit: 'count',
    definition:
      'claims of the window that the plan sets aside, as too old or forgiven; 0 where not stated',
    input: { unstated: 0 },
  },
  {
    name: 'incurred_loss',
    label: 'incurred loss',
    unit: 'money',
    definition: 'Σ of paid + reserve over all claims in the window, whatever their status',
    input: { required: true, belowZero: true },
    worse: { words: 'larger losses', kinds: ['losses'] },
    impossible: [withoutClaim('incurred_loss')],
  },
  {
    name: 'set_aside_loss',
    label: 'loss set aside',
    unit: 'money',
    definition: 'their part of incurred_loss; 0 where not stated',
    input: { unstated: 0, belowZero: true },
  },
  {
    name: 'capped_loss',
    label: 'capped loss',
    unit: 'money',
    definition:
      "Σ of each claim's incurred up to the plan's cap (a yearly sum is capped whole), without the claims set aside",
    input: { unstated: ['incurred_loss', 'set_aside_loss'], belowZero: true },
    worse: { words: 'larger losses', kinds: ['losses'] },
    impossible: [withoutClaim('capped_loss')],
  },
  {
    name: 'excess_loss',
    label: 'excess loss',
    unit: 'money',
    definition: 'what is above the cap: incurred_loss − set_aside_loss − capped_loss',
    formula: ['-', ['-', 'incurred_loss', 'set_aside_loss'], 'capped_loss'],
  },
  {
    name: 'largest_claim',
    label: 'largest claim',
    unit: 'money',
    definition:
      'the largest incurred of one claim in the window (of one yearly sum) that is not set aside, 0 without any',
    worse: { words: 'a larger claim', kinds: ['losses'] },
    impossible: [withoutClaim('largest_claim')],
  },
  {
    name: 'loss_ratio',
    label: 'observed loss ratio',
    unit: 'share',
    definition: 'incurred_loss ÷ earned_premium',
    formula: ['/', 'incurred_loss', 'earned_premium'],
    worse: { words: 'a worse observed loss ratio', kinds: ['losses'] },
    impossible: [
      withoutClaim('loss_ratio'),
      ['and', ['not', ['missing', 'loss_ratio']], ['=', 'earned_premium', 0]],
    ],
  },
  {
    name: 'claim_frequency',
    label: 'claim frequency',
    unit: 'claims a year',
    definition: 'claim_count ÷ exposure_years',
    formula: ['/', 'claim_count', 'exposure_years'],
    worse: { words: 'more claims a year', kinds: ['claims'] },
    impossible: [withoutClaim('claim_frequency')],
  },
  {
    name: 'severity',
    label: 'severity',
    unit: 'money',
    definition: 'incurred_loss ÷ claim_count',
    formula: ['/', 'incurred_loss', 'claim_count'],
  },
  {
    name: 'pure_premium',
    label: 'pure premium',
    unit: 'money a year',
    definition: 'incurred_loss ÷ exposure_years',
    formula: ['/', 'incurred_loss', 'exposure_years'],
    worse: { words: 'larger losses a year', kinds: ['losses'] },
  },
] as const satisfies readonly Indicator[];

export const measureClaims: Measure = (book, frame, _, capped) => {
  const { claims, terms } = book;
  const { rowOf, length, inWindow, setAside } = frame;
  const counted = countedIn(book, frame);
  const byStatus = countedClaims(frame.plan);
  const claimCount = new Float64Array(length);
  const setAsideCount = new Float64Array(length);
  const setAsideLoss = new Float64Array(length);
  const incurredLoss = new Float64Array(length);
  const cappedLoss = new Float64Array(length);
  const largestClaim = new Float64Array(length);
  for (let c = 0; c < claims.length; c++) {
    if (!inWindow[c]) continue;
    const row = rowOf[terms.customer[claims.term[c]]];
    const incurred = claims.incurred[c];
    incurredLoss[row] += incurred;
    if (setAside[c]) {
      setAsideCount[row] += byStatus(book, c, frame.asOf[row]);
      setAsideLoss[row] += incurred;
      continue;
    }
    claimCount[row] += counted(c, row);
    cappedLoss[row] += capped(c);
    if (incurred > largestClaim[row]) largestClaim[row] = incurred;
  }
  return {
    claim_count: claimCount,
    set_aside_claim_count: setAsideCount,
    set_aside_loss: setAsideLoss,
    incurred_loss: incurredLoss,
    capped_loss: cappedLoss,
    largest_claim: largestClaim,
  };
};
