import { sum } from '../columns.js';
import type { Formula } from '../expression.js';
import type { FrequencyParameters } from '../model.js';
import { gammaQuantile, normalQuantile } from './gamma.js';
import { type Method, nothing, withPremium } from './method.js';
import { relativityVariance } from './poisson-gamma.js';

const tableClaims = 40;

/**
 * Claim counts against what the book's rate would give (Poisson–gamma): relativity
 * = (1 + v × claims) ÷ (1 + v × expected claims), with v the variance of true relativities by maximum
 * likelihood, and expected loss ratio = the book's × relativity. Credibility
 * = v × expected claims ÷ (1 + v × expected claims). The interval holds the true relativity with the
 * plan's probability, given v: quantiles of the gamma posterior. It says nothing of claim sizes.
 *
 * Source: Bühlmann and Gisler (2005), ch. 2.4; Lemaire, *Bonus-Malus Systems* (1995), ch. 4.
 */
export const frequency: Method<FrequencyParameters> = {
  fit({ columns }, plan) {
    const { base, interval } = plan.experience;
    const collectiveLossRatio = sum(columns.incurred_loss) / sum(columns.earned_premium);
    const rated = [...columns[base].keys()].filter(
      (row) => columns[base][row] > 0 && columns.claim_count[row] >= 0,
    );
    const counts = Float64Array.from(rated, (row) => columns.claim_count[row]);
    const exposed = Float64Array.from(rated, (row) => columns[base][row]);
    const claims = sum(counts);
    const claimsPerBase = claims / sum(exposed);
    const notes: string[] = [];
    let variance = 0;
    if (claims === 0) notes.push('the book has no claims: nothing can be expected of anybody');
    else
      variance = relativityVariance(
        counts,
        exposed.map((value) => value * claimsPerBase),
      );
    if (claims > 0 && variance === 0) {
      notes.push(
        'claim counts vary no more than chance: customers do not differ measurably, no credibility is given',
      );
    }
    const tail = (1 - interval) / 2;
    return {
      method: 'frequency',
      base,
      collectiveLossRatio,
      claimsPerBase,
      relativityVariance: variance,
      lowAtClaims: quantilesAtClaims(tail, variance),
      highAtClaims: quantilesAtClaims(1 - tail, variance),
      normalQuantile: normalQuantile(1 - tail),
      notes,
    };
  },
  formulas(parameters) {
    const { base, collectiveLossRatio, relativityVariance: variance } = parameters;
    const surprise: Formula = ['+', 1, ['*', variance, 'claim_count']];
    const weight: Formula = ['+', 1, ['*', variance, 'expected_claims']];
    const bound = (table: readonly number[], quantile: number): Formula => [
      '*',
      collectiveLossRatio,
      [
        '/',
        [
          'case',
          ['<=', 'claim_count', table.length - 1],
          ['lookup', 'claim_count', ...table],
          beyondTable(surprise, variance, quantile),
        ],
        weight,
      ],
    ];
    // Customers that do not differ measurably have no interval: one point would claim certainty.
    const interval = (value: Formula) => (variance === 0 ? nothing : withPremium(value));
    return [
      { name: 'expected_claims', formula: ['*', parameters.claimsPerBase, base] },
      { name: 'relativity', formula: ['/', surprise, weight] },
      { name: 'credibility', formula: ['/', ['*', variance, 'expected_claims'], weight] },
      {
        name: 'expected_loss_ratio',
        formula: withPremium(['*', collectiveLossRatio, 'relativity']),
      },
      {
        name: 'expected_low',
        formula: interval(bound(parameters.lowAtClaims, -parameters.normalQuantile)),
      },
      {
        name: 'expected_high',
        formula: interval(bound(parameters.highAtClaims, parameters.normalQuantile)),
      },
    ];
  },
};

/** variance × the gamma quantile of shape 1 ÷ variance + n, for n = 0, 1, 2 … claims. */
function quantilesAtClaims(p: number, variance: number): number[] {
  return Array.from({ length: tableClaims + 1 }, (_, claims) =>
    variance === 0 ? 1 : variance * gammaQuantile(p, 1 / variance + claims),
  );
}

/** Wilson and Hilferty's approximation (1931), within 1 in 5,000 at 40 claims and better beyond. */
function beyondTable(surprise: Formula, variance: number, quantile: number): Formula {
  const correction: Formula = ['/', variance, ['*', 9, surprise]];
  const root: Formula = ['+', ['-', 1, correction], ['*', quantile, ['sqrt', correction]]];
  return ['*', surprise, root, root, root];
}
