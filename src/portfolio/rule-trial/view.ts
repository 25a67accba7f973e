import { type Block, type TableBlock } from '../../report/blocks.js';
import { figure, isKnown, withInterval } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import { ruleCurveChart } from './charts.js';
import type { RuleCut, RuleEffect, RuleFigures, RuleSimulation } from './result.js';
import { ruleTable } from './table.js';
import { assumption, money, percent, ruleConclusions, ruleHeadline } from './words.js';

const whole = (count: number) => figure(count, 'count');
/** Labels of an attribute listed in the report; all of them are in the result. */
const listed = 8;

/** The same as paragraphs and tables. */
function simulateRuleBlocks(simulation: RuleSimulation): Block[] {
  const { rule, model, bootstrap, segments, notes } = simulation;
  const { rounds, seed, probability } = bootstrap;
  return [
    `${ruleHeadline(simulation)}. Model ${model.id}, method ${model.method}.`,
    `The rule: ${rule.text}.`,
    assumption(simulation),
    ...ruleConclusions(simulation),
    effectTable(simulation),
    outcomeTable(simulation),
    lifetimeSentence(simulation),
    ...Object.entries(segments).flatMap(([name, effects]) => segmentBlocks(name, effects)),
    ...curveBlocks(simulation),
    ...(rounds > 0
      ? [
          `In brackets: ${figure(probability, 'wholeShare')} intervals, from resampling the customers ${counted(rounds, 'time')} (seed ${seed}).`,
        ]
      : []),
    ...notes.map((note) => `Note: ${note}.`),
    'This looks back on one period. If many rules were tried, the best one here is partly luck: choose it on one period and test it on another.',
  ];
}

function effectTable({ before, touched, untouched, after, estimates }: RuleSimulation): TableBlock {
  const row = (name: string, of: RuleFigures) => [
    name,
    whole(of.customers),
    money(of.earnedPremium),
    whole(of.claims),
    money(of.incurred),
    percent(of.lossRatio),
    money(of.profit),
  ];
  return {
    header: ['', 'customers', 'premium', 'claims', 'losses', 'loss ratio', 'profit'],
    rows: [
      row('the book as it came', before),
      row('touched by the rule', touched),
      row('not touched', untouched),
      row('the book under the rule', after),
      [
        'change',
        figure(after.customers - before.customers, 'count', true),
        ...(['earnedPremium', 'claims', 'incurred'] as const).map((name) =>
          figure(after[name] - before[name], name === 'claims' ? 'count' : 'money', true),
        ),
        isKnown(estimates.lossRatioChange.value)
          ? `${figure(100 * estimates.lossRatioChange.value, 'points', true)} points`
          : percent(null),
        figure(after.profit - before.profit, 'money', true),
      ],
    ],
  };
}

function outcomeTable({ outcomes, touched, untouched }: RuleSimulation): TableBlock {
  const rows = [
    ['without a claim', 'claimFree'],
    ['within the permissible loss ratio', 'withinPermissible'],
    ['above it', 'abovePermissible'],
  ] as const;
  const side = (of: RuleFigures, all: RuleFigures) => [
    whole(of.customers),
    percent(all.customers > 0 ? of.customers / all.customers : null),
    money(of.profit),
  ];
  return {
    header: ['turned out', 'touched', 'of them', 'profit', 'not touched', 'of them', 'profit'],
    rows: rows.map(([name, kind]) => [
      name,
      ...side(outcomes.touched[kind], touched),
      ...side(outcomes.untouched[kind], untouched),
    ]),
  };
}

function lifetimeSentence({ lifetimeValue }: RuleSimulation): string {
  const { book, touched, touchedBelowZero, touchedUnknown } = lifetimeValue;
  const unknown = touchedUnknown > 0 ? `; of ${whole(touchedUnknown)} it is not known` : '';
  return `Lifetime value on the day: ${money(touched)} of the book's ${money(book)} lies with those touched; it is below 0 with ${whole(touchedBelowZero)} of them${unknown}.`;
}

function segmentBlocks(
  name: string,
  effects: readonly (RuleEffect & { readonly label: string | null })[],
): Block[] {
  const rows = effects
    .slice(0, listed)
    .map(({ label, before, touched, after }) => [
      label ?? 'not known',
      whole(before.customers),
      whole(touched.customers),
      percent(before.earnedPremium > 0 ? touched.earnedPremium / before.earnedPremium : null),
      percent(before.lossRatio),
      percent(after.lossRatio),
      figure(after.profit - before.profit, 'money', true),
    ]);
  const more = effects.length - listed;
  return [
    {
      header: [name, 'customers', 'touched', 'of premium', 'loss ratio', 'after', 'profit'],
      rows,
    },
    ...(more > 0 ? [`And ${counted(more, 'more label')} of ${name} with less premium.`] : []),
  ];
}

/** Cuts at about these shares of premium kept, and the plan's own. */
const shares = [0.99, 0.95, 0.9, 0.8, 0.7, 0.5];

function curveBlocks({ curve, before }: RuleSimulation): Block[] {
  const row = (name: string, at: RuleCut, ratio = percent(at.lossRatio)) => [
    name,
    percent(at.premiumKept),
    whole(at.customers),
    ratio,
    figure(at.profit - before.profit, 'money', true),
  ];
  const cuts = shares.flatMap((share) => {
    const away = ({ premiumKept }: RuleCut) => Math.abs(premiumKept - share);
    const nearest = curve.cuts
      .filter(({ premiumKept }) => premiumKept < 1)
      .reduce<RuleCut | undefined>(
        (best, cut) => (best && away(best) <= away(cut) ? best : cut),
        undefined,
      );
    return nearest && away(nearest) < 0.05 ? [nearest] : [];
  });
  if (curve.cuts.length === 0) return [`Nobody has a value of ${curve.text}: there is no curve.`];
  return [
    `Every cut of ${curve.text}, as if all above it left; at random the loss ratio would stay at ${percent(before.lossRatio)}.`,
    {
      header: ['cut', 'premium kept', 'customers', 'loss ratio', 'profit'],
      rows: [
        ...curve.plan.map((at) =>
          row(`${written(at.cut)}, ${at.name}`, at, withInterval(at.estimate, 'share')),
        ),
        ...[...new Set(cuts)].map((at) => row(written(at.cut), at)),
      ],
    },
    ...(curve.unscored > 0
      ? [`${counted(curve.unscored, 'customer')} without a value of it are kept at every cut.`]
      : []),
  ];
}

const written = (cut: number) => figure(cut, 'rate');

export const showRule = shownAs<RuleSimulation>({
  blocks: simulateRuleBlocks,
  charts: (result) => ({ 'rule-curve': ruleCurveChart(result) }),
  table: ruleTable,
});
