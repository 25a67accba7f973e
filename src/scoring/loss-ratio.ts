import { sum } from '../columns.js';
import type { Formula } from '../expression.js';
import { MisuseError } from '../misuse.js';
import type { LossRatioParameters } from '../model.js';
import { buhlmannStraub } from './buhlmann-straub.js';
import { normalQuantile } from './gamma.js';
import { type Method, nothing, withPremium } from './method.js';

/**
 * Yearly loss ratios weighted by earned premium (Bühlmann–Straub): expected loss ratio
 * = (collective + Z × (own − collective)) × excess factor, Z = premium ÷ (premium + within ÷
 * between). The interval is normal with variance between × (1 − Z), cut at 0: a rough one, since
 * loss ratios are far from normal.
 */
export const lossRatio: Method<LossRatioParameters> = {
  fit({ columns, cells }, plan) {
    if (!cells) {
      throw new MisuseError(
        'calibrate: the method "loss-ratio" needs figures by year, which ready indicators lack; use "frequency"',
      );
    }
    const length = cells.earnedPremium.length;
    const customer = Int32Array.from({ length }, (_, cell) => Math.floor(cell / cells.years));
    const fitted = buhlmannStraub(
      {
        customer,
        ratio: cells.cappedLoss.map((loss, cell) =>
          cells.earnedPremium[cell] > 0 ? loss / cells.earnedPremium[cell] : 0,
        ),
        weight: cells.earnedPremium,
      },
      { estimator: plan.experience.estimator, tolerance: 1e-13, maxRounds: 10_000 },
    );
    const capped = sum(columns.capped_loss);
    return {
      method: 'loss-ratio',
      estimator: plan.experience.estimator,
      collective: fitted.collective,
      collectiveMean: fitted.collectiveMean,
      betweenVariance: fitted.betweenVariance,
      withinVariance: fitted.withinVariance,
      excessFactor: capped === 0 ? 1 : sum(columns.incurred_loss) / capped,
      normalQuantile: normalQuantile(1 - (1 - plan.experience.interval) / 2),
      notes: [...fitted.notes],
    };
  },
  formulas(parameters) {
    const { collective, betweenVariance, withinVariance, excessFactor } = parameters;
    const own: Formula = ['/', 'capped_loss', 'earned_premium'];
    const weighted: Formula = ['*', betweenVariance, 'earned_premium'];
    const spread: Formula = [
      '*',
      parameters.normalQuantile,
      excessFactor,
      ['sqrt', ['*', betweenVariance, ['-', 1, 'credibility']]],
    ];
    // Customers that do not differ measurably have no interval: one point would claim certainty.
    const interval = (bound: Formula) => (betweenVariance === 0 ? nothing : bound);
    return [
      {
        name: 'credibility',
        formula:
          betweenVariance === 0
            ? ['*', 0, 'earned_premium']
            : ['/', weighted, ['+', weighted, withinVariance]],
      },
      {
        name: 'expected_loss_ratio',
        formula: withPremium([
          '*',
          excessFactor,
          ['+', collective, ['*', 'credibility', ['-', own, collective]]],
        ]),
      },
      {
        name: 'expected_low',
        formula: interval(['greatest', 0, ['-', 'expected_loss_ratio', spread]]),
      },
      { name: 'expected_high', formula: interval(['+', 'expected_loss_ratio', spread]) },
      { name: 'expected_claims', formula: ['*', 'book_claims_per_premium', 'earned_premium'] },
      { name: 'relativity', formula: ['/', 'expected_loss_ratio', collective * excessFactor] },
    ];
  },
};
