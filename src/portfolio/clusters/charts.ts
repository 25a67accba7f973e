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
import { counted } from '../../segments/counted.js';
import type { Clusters } from './result.js';
import { clearness, clustersTitle, labelOf, meanOf } from './words.js';

/**
 * Segments from top to bottom and indicators from left to right: each cell is the mean of the
 * segment's customers, as dark as it lies above (blue) or below (orange) the book. Where there are no
 * segments it shows how clear each number of them would be instead, as {@link silhouetteChart} does.
 */
export function clustersChart(result: Clusters): ChartSpec {
  const { clusters, indicators } = result;
  if (clusters.length === 0) return silhouetteChart(result);
  const named = clusters.map((cluster) => ({
    cluster,
    name: `${cluster.cluster}: ${counted(cluster.customers, 'customer')}`,
    more: `${figure(cluster.premiumShare, 'share')} of premium, loss ratio ${figure(cluster.lossRatio, 'share')}`,
  }));
  const values = named.flatMap(({ cluster, name, more }) =>
    cluster.apart.map(({ indicator, mean, difference }) => ({
      segment: `${name}\n${more}`,
      indicator: labelOf(indicator),
      difference: rounded(difference),
      text: meanOf(mean, indicator),
      light: difference > 1.2,
    })),
  );
  const split = (text: string) => `split(${text}, '\\n')`;
  return {
    ...frame,
    width: { step: 140 },
    height: { step: 56 },
    title: {
      text: titleLines(clustersTitle(result), 66),
      subtitle: [
        `${counted(result.all.customers, 'customer')}. Means of each segment, extremes pulled in.`,
        'Blue is above the book, orange below, in standard deviations.',
      ],
    },
    data: { values },
    encoding: {
      y: {
        field: 'segment',
        type: 'nominal',
        title: null,
        sort: named.map(({ name, more }) => `${name}\n${more}`),
        axis: {
          domain: false,
          ticks: false,
          labelPadding: 8,
          labelLimit: 320,
          labelExpr: split('datum.label'),
        },
      },
      x: {
        field: 'indicator',
        type: 'nominal',
        title: null,
        sort: indicators.map(({ indicator }) => labelOf(indicator)),
        axis: { domain: false, ticks: false, orient: 'top', labelAngle: 0, labelLimit: 140 },
      },
    },
    layer: [
      {
        mark: { type: 'rect', stroke: 'white', strokeWidth: 2 },
        encoding: {
          color: amount('difference', {
            scale: { domain: [-2, 0, 2], range: [orange, '#F4F4F4', blue], clamp: true },
            legend: null,
          }),
        },
      },
      {
        mark: { type: 'text', fontSize: 12 },
        encoding: {
          text: { field: 'text' },
          color: {
            field: 'light',
            type: 'nominal',
            scale: { domain: [true, false], range: ['white', dark] },
            legend: null,
          },
        },
      },
    ],
  };
}

/** The mean silhouette by number of clusters, beside that of points without structure. */
export function silhouetteChart(result: Clusters): ChartSpec {
  const series = [
    { name: 'this book', colour: blue, of: 'silhouette' },
    { name: 'points without structure', colour: grey, of: 'reference' },
  ] as const;
  const values = series.flatMap(({ name, of }) =>
    result.candidates.flatMap((candidate) => {
      const silhouette = candidate[of];
      return silhouette === null ? [] : [{ name, k: candidate.k, silhouette: rounded(silhouette) }];
    }),
  );
  const names = series.map(({ name }) => name);
  const byName = (range: readonly string[]) => ({
    field: 'name',
    type: 'nominal',
    scale: { domain: names, range },
    legend: { orient: 'bottom' },
  });
  return {
    ...frame,
    width: 520,
    height: 300,
    title: {
      text: titleLines(clustersTitle(result), 66),
      subtitle: titleLines(clearness(result), 90),
    },
    data: { values },
    mark: { type: 'line', point: { size: 70, filled: true }, strokeWidth: 2.5 },
    encoding: {
      x: { field: 'k', type: 'ordinal', title: 'Groups', axis: { labelAngle: 0 } },
      y: amount('silhouette', { title: 'Mean silhouette', scale: { zero: true } }),
      color: byName(series.map(({ colour }) => colour)),
      shape: byName(['circle', 'square']),
    },
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
