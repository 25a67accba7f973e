import {
  amount,
  blue,
  type ChartSpec,
  dark,
  frame,
  grey,
  orange,
  titleLines,
} from '../../report/chart-parts.js';
import { figure } from '../../report/figures.js';
import { formatValue } from '../../segments/counted.js';
import { chance, drawnCurves } from '../concentration/lorenz-charts.js';
import { decileView, tierView } from './lift-charts.js';
import type { Backtest } from './result.js';
import { halfConclusion, headline, tierConclusion } from './words.js';

/**
 * What customers went on to cost, by risk tier, and by tenth of premium beside what was expected:
 * loss ratios and claim frequencies after the grading ÷ those of the whole book, which is the line
 * at 1, with bootstrap intervals. No amounts of money, and no forecast for any one customer.
 */
export function liftChart(backtest: Backtest): ChartSpec {
  return {
    ...frame,
    title: {
      text: titleLines(tierConclusion(backtest.riskTiers), 88),
      subtitle: [
        `${headline(backtest)}.`,
        `Thin lines: ${formatValue(backtest.bootstrap.probability, 'loss_ratio')} intervals. What has its thin line across 1 may be no different from the book.`,
      ],
    },
    spacing: 40,
    vconcat: [tierView(backtest), decileView(backtest)],
    resolve: { scale: { color: 'independent', shape: 'independent' } },
  };
}

/**
 * Ordered Lorenz curves: with customers in order from the lowest score to the highest, which share
 * of the losses the first so many per cent of the premium brought. Below the diagonal the order knew
 * something. It is not the familiar curve in the order of the losses themselves, which are known
 * only afterwards.
 */
export function lorenzChart(backtest: Backtest): ChartSpec {
  const { ours, raw } = drawnCurves(backtest);
  const curves = [
    ...(ours ? [{ ...ours, colour: blue, dash: [1, 0] }] : []),
    ...(raw ? [{ ...raw, colour: orange, dash: [2, 2] }] : []),
    { ...chance, colour: grey, dash: [6, 4] },
  ];
  const axis = { format: '.0%', tickCount: 5 };
  const x = amount('premium', {
    title:
      'Share of the premium, from customers expected to cost least to those expected to cost most',
    axis,
  });
  const y = amount('losses', {
    title: 'Share of the losses these customers went on to bring',
    axis,
  });
  const domain = curves.map(({ name }) => name);
  const legend = {
    orient: 'top-left',
    direction: 'vertical',
    offset: 8,
    padding: 6,
    fillColor: 'white',
    symbolType: 'stroke',
    symbolSize: 900,
    symbolStrokeWidth: 2.5,
  };
  const byName = (range: readonly unknown[]) => ({
    field: 'name',
    type: 'nominal',
    scale: { domain, range },
    legend,
  });
  return {
    ...frame,
    width: 560,
    height: 520,
    title: {
      text: titleLines(halfConclusion(ours?.half, backtest.giniOfLosses), 64),
      subtitle: [
        `${headline(backtest)}.`,
        ...(raw
          ? [
              `Put in order by the raw loss ratio alone, such a half brought ${figure(raw.half, 'wholeShare')}.`,
            ]
          : []),
        'The further a curve runs below the dashed line of chance, the more its order knew in advance.',
        'Gini: twice the area between the two; 0 is chance.',
      ],
    },
    layer: [
      {
        data: { values: curves.flatMap(({ points }) => points) },
        mark: { type: 'line', strokeWidth: 2.5 },
        encoding: {
          x,
          y,
          color: byName(curves.map(({ colour }) => colour)),
          strokeDash: byName(curves.map(({ dash }) => dash)),
        },
      },
      ...(ours ? halfMark(ours.half) : []),
    ],
  };
}

/** A point at half the premium, the one the title speaks of. */
function halfMark(share: number): ChartSpec[] {
  const at = { x: amount('premium'), y: amount('losses') };
  const text = `half the premium, ${figure(share, 'wholeShare')} of the losses`;
  const data = { values: [{ premium: 0.5, losses: share, text }] };
  // Beside the curve where there is room: below it, or above it when the curve lies on the axis.
  const beside = share < 0.1 ? { baseline: 'bottom', dy: -8 } : { baseline: 'top', dy: 8 };
  return [
    {
      data,
      mark: { type: 'point', filled: true, size: 110, color: dark, opacity: 1 },
      encoding: at,
    },
    {
      data,
      mark: { type: 'text', align: 'left', dx: 10, fontSize: 13, ...beside },
      encoding: { ...at, text: { field: 'text' } },
    },
  ];
}
