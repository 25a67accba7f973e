import { attributeNamed, groupSums, sum } from '../../base/columns.js';
import type { Grades } from '../../grading/assess.js';
import { cardOf } from '../../grading/screen.js';
import { type Action, actions } from '../../plan/hint.js';
import { cardScores } from '../../scoring/scorecard/card.js';
import { fitLevels, levelColumn } from '../../scoring/scorecard/levels.js';

/** How much a card tells of an attribute that it need not have, and how the attribute's groups fare. */
export interface CardProxy {
  readonly attribute: string;
  /** The share of the variance of points that lies between the groups (R², by years of cover). */
  readonly explained: number;
  /** `amber` from 0.05, `red` from 0.10: a convention of ours. */
  readonly flag: 'green' | 'amber' | 'red';
  readonly groups: readonly CardProxyGroup[];
}

export interface CardProxyGroup {
  readonly name: string;
  readonly customers: number;
  readonly exposureYears: number;
  /** Mean points, by years of cover. */
  readonly points: number;
  readonly lossRatio: number | null;
  /** The share of its customers with each underwriting action. */
  readonly actions: Readonly<Record<Action, number>>;
}

const amberFrom = 0.05;
const redFrom = 0.1;

/**
 * How well a card's points can be guessed from an attribute, which need not be on the card, as a
 * protected one: the share of their variance between its groups. Beside it each group's loss ratio and
 * underwriting actions. Numbers are cut into bins by exposure; groups of less than 1 % of it, or 20
 * years, are taken together.
 *
 * @throws MisuseError for a model without a card and an attribute that is not in the table
 * @example
 * ```ts
 * const rows = Array.from({ length: 600 }, (_, k) => ({
 *   customerId: `C${k}`, earnedPremium: 900, exposureYears: 3, claimCount: k % 2 === 0 ? 1 : 0, incurredLoss: k % 2 === 0 ? 900 : 0,
 *   tenureYears: 3, annualPremium: 300, region: k % 2 === 0 ? 'south' : 'north', sex: k % 4 < 2 ? 'f' : 'm', dialect: k % 2 === 0 ? 's' : 'n',
 * }));
 * const { table } = readIndicators(rows);
 * const grades = assess(table, calibrate(table, { card: { attributes: ['region'] } }));
 * [cardProxies(grades, 'sex').flag, cardProxies(grades, 'dialect').flag]; // => ['green', 'red']
 * ```
 */
export function cardProxies(grades: Grades, attribute: string): CardProxy {
  const { table, model, tiers } = grades;
  const card = cardOf(model);
  const column = attributeNamed(table.attributes, attribute, 'cardProxies');
  const { columns } = table;
  const { points } = cardScores(table, card);
  const levels = fitLevels(column, columns.exposure_years, columns.claim_count, { merge: false });
  const positions = levelColumn(levels, column);
  const size = levels.names.length;
  const by = (values: ArrayLike<number>) => groupSums(values, positions, size);
  const years = columns.exposure_years;
  const exposure = by(years);
  const weighed = by(points.map((value, row) => value * years[row]));
  const mean = sum(weighed) / sum(exposure);
  const spread = sum(points.map((value, row) => years[row] * (value - mean) ** 2));
  const between = sum(
    weighed.map((value, group) =>
      exposure[group] > 0 ? exposure[group] * (value / exposure[group] - mean) ** 2 : 0,
    ),
  );
  const explained = spread > 0 ? between / spread : 0;
  const customers = by(new Float64Array(table.length).fill(1));
  const premium = by(columns.earned_premium);
  const incurred = by(columns.incurred_loss);
  const withAction = actions.map((_, action) =>
    by(Float64Array.from(tiers.action, (own) => (own === action ? 1 : 0))),
  );
  return {
    attribute,
    explained,
    flag: explained >= redFrom ? 'red' : explained >= amberFrom ? 'amber' : 'green',
    groups: levels.names.map((name, group) => ({
      name,
      customers: customers[group],
      exposureYears: exposure[group],
      points: weighed[group] / exposure[group],
      lossRatio: premium[group] > 0 ? incurred[group] / premium[group] : null,
      actions: Object.fromEntries(
        actions.map((action, k) => [action, withAction[k][group] / customers[group]]),
      ) as Record<Action, number>,
    })),
  };
}
