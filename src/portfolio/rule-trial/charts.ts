import {
  amount,
  blue,
  type ChartSpec,
  dark,
  frame,
  orange,
  titleLines,
} from '../../report/chart-parts.js';
import { figure, isKnown } from '../../report/figures.js';
import type { RuleSimulation } from './result.js';
import { percent, premiumShare, ruleHeadline } from './words.js';

const percentAxis = { format: '.0%', tickCount: 6 };
/** Less premium than this is a handful of customers, whose loss ratio would set the scale. */
const least = 0.05;

/**
 * What is kept at every cut of a score: the share of premium, and its loss ratio; the cuts of the plan
 * and the rule as points on or beside it; what chance would keep as a band.
 */
export function ruleCurveChart(simulation: RuleSimulation): ChartSpec {
  const { curve, before, bootstrap, rule } = simulation;
  const chanceName = 'the same premium kept at random';
  const bandName = `${chanceName} (band: ${figure(bootstrap.probability, 'wholeShare')} of the rounds)`;
  const names = [`cuts of ${curve.text}`, curve.chance ? bandName : chanceName];
  const cuts = curve.cuts.flatMap(({ premiumKept, lossRatio }) =>
    premiumKept >= least && isKnown(lossRatio)
      ? [{ name: names[0], kept: rounded(premiumKept), ratio: rounded(lossRatio) }]
      : [],
  );
  const level = isKnown(before.lossRatio) ? rounded(before.lossRatio) : null;
  const chance =
    level === null ? [] : [least, 1].map((kept) => ({ name: names[1], kept, ratio: level }));
  const band = curve.chance?.premiumKept.map((kept, k) => ({
    kept: rounded(kept),
    low: rounded(curve.chance?.low[k] ?? 0),
    high: rounded(curve.chance?.high[k] ?? 0),
  }));
  const x = amount('kept', {
    title: 'Share of premium kept',
    axis: percentAxis,
    scale: { domain: [0, 1] },
  });
  const y = (field: string) =>
    amount(field, {
      title: 'Loss ratio of what is kept',
      axis: { format: '.0%', tickCount: 6 },
      scale: { zero: false },
    });
  const byName = (range: readonly unknown[]) => ({
    field: 'name',
    type: 'nominal',
    scale: { domain: names, range },
    legend: {
      orient: 'bottom',
      direction: 'vertical',
      symbolType: 'stroke',
      symbolSize: 900,
      symbolStrokeWidth: 2.5,
    },
  });
  return {
    ...frame,
    // One legend under the other: side by side they would be wider than the plot.
    config: {
      ...frame.config,
      legend: {
        ...frame.config.legend,
        layout: { bottom: { direction: 'vertical', anchor: 'start' } },
      },
    },
    width: 600,
    height: 380,
    title: {
      text: titleLines(curveTitle(simulation), 66),
      subtitle: [
        ...titleLines(`${ruleHeadline(simulation)}.`, 88),
        ...titleLines(`As if all who are touched left. The rule: ${rule.text}.`, 88),
      ],
    },
    layer: [
      ...(band
        ? [
            {
              data: { values: band },
              mark: { type: 'area', color: orange, opacity: 0.3 },
              encoding: { x, y: y('low'), y2: { field: 'high' } },
            },
          ]
        : []),
      {
        data: { values: [...cuts, ...chance] },
        mark: { type: 'line', strokeWidth: 2.5 },
        encoding: {
          x,
          y: y('ratio'),
          order: { field: 'kept', type: 'quantitative' },
          color: byName([blue, orange]),
          strokeDash: byName([
            [1, 0],
            [6, 3],
          ]),
        },
      },
      ...points(simulation),
    ],
  };
}

/** The rule and the plan's cuts as points, told apart by shape: where they lie together, labels would not be read. */
function points({ curve, before, untouched }: RuleSimulation): ChartSpec[] {
  const kept = before.earnedPremium > 0 ? untouched.earnedPremium / before.earnedPremium : 0;
  const all = [
    { point: 'the rule', kept, ratio: untouched.lossRatio },
    ...curve.plan.map(({ name, cut, premiumKept, lossRatio }) => ({
      point: `the cut at ${name} (${percent(cut)})`,
      kept: premiumKept,
      ratio: lossRatio,
    })),
  ].filter((point) => isKnown(point.ratio) && point.kept >= least);
  if (all.length === 0) return [];
  const shapes = {
    domain: all.map(({ point }) => point),
    range: ['diamond', 'circle', 'square'],
  };
  return [
    {
      data: {
        values: all.map((point) => ({
          ...point,
          kept: rounded(point.kept),
          ratio: rounded(point.ratio ?? 0),
        })),
      },
      mark: { type: 'point', filled: true, size: 150, opacity: 1, color: dark },
      encoding: {
        x: amount('kept'),
        y: amount('ratio'),
        shape: {
          field: 'point',
          type: 'nominal',
          scale: shapes,
          legend: { orient: 'bottom', direction: 'vertical', symbolFillColor: dark },
        },
      },
    },
  ];
}

/** What the picture shows, in a sentence. */
function curveTitle(simulation: RuleSimulation): string {
  const { touched, before, untouched } = simulation;
  if (touched.customers === 0) return 'The rule touches nobody: nothing changes';
  if (untouched.customers === 0) return 'The rule touches everybody: no book is left';
  return `Without the ${premiumShare(simulation)} of premium that the rule touches, the loss ratio is ${percent(untouched.lossRatio)} instead of ${percent(before.lossRatio)}`;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
