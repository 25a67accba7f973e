import {
  amount,
  blue,
  type ChartSpec,
  dark,
  orange,
  titleLines,
} from '../../report/chart-parts.js';
import { figure, isKnown } from '../../report/figures.js';
import { counted } from '../../segments/counted.js';
import type { Backtest } from './result.js';
import { decileConclusion } from './words.js';

const [width, height] = [720, 320];
const atOne = { y: { datum: 1 } };
/** The line at 1, named beside the plot where no bar can cover it; right across, so without an x. */
const theBook = [
  {
    data: { values: [{}] },
    mark: { type: 'rule', color: dark, strokeDash: [5, 4] },
    encoding: atOne,
  },
  {
    data: { values: [{ text: 'the book' }] },
    mark: { type: 'text', align: 'left', dx: 5, fontSize: 13, color: dark },
    encoding: { ...atOne, x: { value: 'width' }, text: { field: 'text' } },
  },
];
const axisTitle = 'Times the average of the book';
const hasInterval = [{ filter: 'isNumber(datum.low) && isNumber(datum.high)' }];

/** A bar for the loss ratio and one for the frequency that followed, by risk tier. */
export function tierView({ riskTiers }: Backtest): ChartSpec {
  const kinds = ['loss ratio (losses ÷ premium)', 'claim frequency (claims per year)'];
  const name = (tier: string) =>
    `${tier}|${riskTiers[tier].customers === 0 ? 'no customers' : counted(riskTiers[tier].customers, 'customer')}`;
  const values = Object.entries(riskTiers).flatMap(([tier, group]) =>
    [group.relativeLossRatio, group.relativeFrequency].flatMap((estimate, k) => {
      const { value } = estimate;
      if (!isKnown(value)) return [];
      const [low, high] = [estimate.low, estimate.high].map((end) => (isKnown(end) ? end : null));
      const label = figure(value, 'relative');
      const top = Math.max(value, high ?? value);
      return [{ tier: name(tier), kind: kinds[k], value, low, high, top, label }];
    }),
  );
  const side = { field: 'kind', sort: kinds };
  return {
    width,
    height,
    title: { text: 'After the grading, by risk tier', fontSize: 15, frame: 'group' },
    data: { values },
    layer: [
      {
        encoding: {
          x: {
            field: 'tier',
            type: 'nominal',
            title: null,
            scale: { domain: Object.keys(riskTiers).map(name) },
            axis: {
              labelAngle: 0,
              labelExpr: "split(datum.label, '|')",
              ticks: false,
              labelPadding: 8,
            },
          },
          xOffset: side,
        },
        layer: [
          {
            mark: 'bar',
            encoding: {
              y: amount('value', { title: axisTitle }),
              color: {
                ...side,
                type: 'nominal',
                scale: { domain: kinds, range: [blue, orange] },
                legend: { orient: 'top', direction: 'horizontal' },
              },
            },
          },
          {
            transform: hasInterval,
            mark: { type: 'rule', color: dark, strokeWidth: 1.5 },
            encoding: { y: amount('low'), y2: { field: 'high' } },
          },
          {
            mark: { type: 'text', baseline: 'bottom', dy: -4, fontSize: 13 },
            encoding: { y: amount('top'), text: { field: 'label' } },
          },
        ],
      },
      ...theBook,
    ],
  };
}

/** The loss ratio that came beside the one expected, by tenth of premium; the level is taken out. */
export function decileView({ deciles, lossRatio, actualToExpected }: Backtest): ChartSpec {
  const kinds = ['what came', 'what was expected'];
  // Actual ÷ expected of the book leads from its loss ratio to the one expected of it: both series
  // stand relative to their own level, as the intervals by tenth do.
  const level = isKnown(lossRatio) && isKnown(actualToExpected.value) && lossRatio > 0;
  const tenths = deciles.flatMap(
    ({ expectedLossRatio, lossRatio: came, actualToExpected: a }, d) => {
      if (!level || !isKnown(expectedLossRatio) || !isKnown(came)) return [];
      const expected = (expectedLossRatio * (actualToExpected.value ?? 0)) / lossRatio;
      const bound = (ratio: number | null) => (isKnown(ratio) ? ratio * expected : null);
      const actual = came / lossRatio;
      return [{ tenth: d + 1, expected, actual, low: bound(a.low), high: bound(a.high) }];
    },
  );
  const values = tenths.flatMap(({ tenth, expected, actual, low, high }) => [
    { tenth, kind: kinds[1], value: expected, low: null, high: null },
    { tenth, kind: kinds[0], value: actual, low, high },
  ]);
  const y = amount('value', { title: axisTitle });
  const scale = { domain: kinds, range: [blue, orange] };
  const kind = {
    field: 'kind',
    type: 'nominal',
    legend: { orient: 'top', direction: 'horizontal' },
  };
  return {
    width,
    height,
    title: {
      text: titleLines(decileConclusion(tenths.at(-1)), 90),
      subtitle:
        'What was expected is set to the level of the time that came: only the sizes are compared.',
      fontSize: 15,
      frame: 'group',
    },
    data: { values },
    layer: [
      {
        encoding: {
          x: {
            field: 'tenth',
            type: 'ordinal',
            title:
              'Tenths of the premium, from the lowest expected loss ratio (1) to the highest (10)',
            axis: { labelAngle: 0 },
          },
        },
        layer: [
          {
            transform: hasInterval,
            mark: { type: 'rule', color: blue, strokeWidth: 1.5 },
            encoding: { y: amount('low', { title: axisTitle }), y2: { field: 'high' } },
          },
          {
            transform: [{ filter: `datum.kind === '${kinds[1]}'` }],
            mark: { type: 'line', color: orange, strokeDash: [6, 4] },
            encoding: { y },
          },
          {
            mark: { type: 'point', filled: true, size: 90, opacity: 1 },
            encoding: {
              y,
              color: { ...kind, scale },
              shape: { ...kind, scale: { domain: kinds, range: ['circle', 'diamond'] } },
            },
          },
        ],
      },
      ...theBook,
    ],
  };
}
