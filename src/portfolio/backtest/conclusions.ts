import type { Backtest, Estimate } from './result.js';

type Measured = Pick<
  Backtest,
  'riskTiers' | 'giniOfLosses' | 'giniOfClaims' | 'topDecileLift' | 'contest'
>;

/** What may be concluded from a backtest, in sentences; what its intervals leave open is said so. */
export function conclusions(measured: Measured, meanCredibility: number): string[] {
  return [ranking(measured, meanCredibility), ...tierOrder(measured), ...plainRules(measured)];
}

function ranking({ giniOfLosses, giniOfClaims, topDecileLift }: Measured, credibility: number) {
  const { value, low, high } = giniOfLosses;
  if (value === null) return 'Nothing can be concluded: no losses followed';
  if (low === null || high === null) {
    return 'Without bootstrap rounds chance cannot be ruled out';
  }
  if (low > 0) {
    return `The expected loss ratio distinguishes customers: Gini of next losses ${fixed(value, 3)}, above 0 beyond chance; the tenth of premium that it ranks worst brought ${fixed(topDecileLift.value, 1)} times its share of losses`;
  }
  if (high < 0) {
    return `The expected loss ratio ranks customers in the wrong order: Gini of next losses ${fixed(value, 3)}, below 0 beyond chance`;
  }
  const claims =
    giniOfClaims.low !== null && giniOfClaims.low > 0
      ? '; of claims the Gini is above 0, but losses vary too much to show it'
      : '';
  return `No evidence that the ranking predicts losses: the interval of their Gini includes 0${claims}; mean credibility is ${fixed(credibility, 2)}`;
}

/** Whether each risk tier came out worse than the better one before it. */
function tierOrder({ riskTiers: tiers }: Measured): string[] {
  const rated = Object.keys(tiers)
    .slice(0, -1)
    .filter((tier) => tiers[tier].customers > 0);
  if (rated.length < 2) return [];
  const wrong = rated.slice(1).flatMap((tier, k) => {
    const better = rated[k];
    return (
      [
        ['loss ratio', 'relativeLossRatio'],
        ['claim frequency', 'relativeFrequency'],
      ] as const
    ).flatMap(([label, figure]) => {
      const [here, before] = [tiers[tier][figure], tiers[better][figure]];
      if (here.value === null || before.value === null || here.value > before.value) return [];
      return [
        `${tier} went on to a ${label} of ${fixed(here.value, 2)} times the book's, ${better} to ${fixed(before.value, 2)}: ${apart(here, before)}`,
      ];
    });
  });
  const known = rated.every(
    (tier) =>
      tiers[tier].relativeLossRatio.value !== null && tiers[tier].relativeFrequency.value !== null,
  );
  if (wrong.length > 0 || !known) return wrong;
  return [
    `The risk tiers (${rated.join(', ')}) came out in the right order, in loss ratio and in claim frequency`,
  ];
}

/** What the wrong order of two figures may mean, by their intervals. */
function apart(a: Estimate, b: Estimate): string {
  if (a.low === null || a.high === null || b.low === null || b.high === null) {
    return 'without intervals it is not known whether that is chance';
  }
  return a.low <= b.high && b.low <= a.high
    ? 'the intervals overlap, so this may be chance'
    : 'in the wrong order, beyond chance';
}

function plainRules({ contest }: Measured): string[] {
  const ahead = contest.filter(
    ({ kind, giniOfLosses, againstModel }) =>
      kind === 'plain rule' && (giniOfLosses.low ?? 0) > 0 && (againstModel?.low ?? 0) > 0,
  );
  return ahead.map(
    ({ name, againstModel }) =>
      `A plain rule ranks better than the model, beyond chance: ${name}, by ${fixed(againstModel?.value ?? null, 3)} of Gini`,
  );
}

function fixed(value: number | null, digits: number): string {
  return value === null ? 'unknown' : value.toFixed(digits);
}
