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
import { isKnown } from '../../report/figures.js';
import type { Drift } from './result.js';
import { driftHeadline } from './words.js';

/**
 * A drift as a picture: what came ÷ what was expected by fifth of the premium, for losses and claims,
 * with intervals and the band within which a level is left alone; below it how far everything has
 * moved, beside what chance does.
 */
export function driftChart(drift: Drift): ChartSpec {
  return {
    ...frame,
    title: {
      text: titleLines(driftHeadline(drift), 88),
      subtitle: titleLines(drift.grounds[0], 110),
    },
    spacing: 40,
    vconcat: [fifthView(drift), stabilityView(drift)],
    resolve: { scale: { color: 'independent', shape: 'independent' } },
  };
}

const width = 720;

function fifthView({ fifths, book, limits }: Drift): ChartSpec {
  const kinds = ['losses', 'claims'] as const;
  const values = [...fifths, book].flatMap(({ actualToExpected }, k) =>
    kinds.flatMap((kind) => {
      const { value, low, high } = actualToExpected[kind];
      if (!isKnown(value)) return [];
      return [{ of: k < fifths.length ? `fifth ${k + 1}` : 'the book', kind, value, low, high }];
    }),
  );
  const domain = [...fifths.map((_, k) => `fifth ${k + 1}`), 'the book'];
  const kind = {
    field: 'kind',
    type: 'nominal',
    legend: { orient: 'top', direction: 'horizontal' },
  };
  return {
    width,
    height: 300,
    title: {
      text: 'What came ÷ what was expected, by fifth of the premium',
      subtitle:
        'From the lowest expected loss ratio to the highest. Shaded: a level within it is left alone.',
      fontSize: 15,
      frame: 'group',
    },
    layer: [
      {
        data: { values: [{ low: 1 - limits.level, high: 1 + limits.level }] },
        mark: { type: 'rect', color: grey, opacity: 0.2 },
        encoding: { y: amount('low', { title: 'What came ÷ expected' }), y2: { field: 'high' } },
      },
      {
        data: { values },
        encoding: {
          x: {
            field: 'of',
            type: 'nominal',
            title: null,
            scale: { domain },
            axis: { labelAngle: 0 },
          },
          xOffset: { field: 'kind', sort: kinds },
        },
        layer: [
          {
            transform: [{ filter: 'isNumber(datum.low) && isNumber(datum.high)' }],
            mark: { type: 'rule', color: dark, strokeWidth: 1.5 },
            encoding: { y: amount('low', { scale: { zero: false } }), y2: { field: 'high' } },
          },
          {
            mark: { type: 'point', filled: true, size: 90, opacity: 1 },
            encoding: {
              y: amount('value'),
              color: { ...kind, scale: { domain: kinds, range: [blue, orange] } },
              shape: { ...kind, scale: { domain: kinds, range: ['circle', 'diamond'] } },
            },
          },
        ],
      },
    ],
  };
}

function stabilityView({ stability, limits }: Drift): ChartSpec {
  const values = stability.map(({ of, index, limit, finding }) => ({
    of: of.replaceAll('_', ' '),
    index,
    limit,
    finding,
  }));
  const y = { field: 'of', type: 'nominal', title: null, sort: null };
  const findings = ['stable', 'moved', 'shifted'];
  return {
    width,
    height: { step: 24 },
    title: {
      text: 'How far it has moved: population stability index, by exposure',
      subtitle: `Ticks: what chance stays below. Dashed: the rule of thumb, ${limits.moved} moved and ${limits.shifted} shifted.`,
      fontSize: 15,
      frame: 'group',
    },
    layer: [
      {
        data: { values },
        mark: 'bar',
        encoding: {
          y,
          x: amount('index', { title: 'Index' }),
          color: {
            field: 'finding',
            type: 'nominal',
            scale: { domain: findings, range: [grey, orange, blue] },
            legend: { orient: 'top', direction: 'horizontal' },
          },
        },
      },
      {
        data: { values },
        mark: { type: 'tick', color: dark, thickness: 2 },
        encoding: { y, x: amount('limit') },
      },
      {
        data: { values: [{ at: limits.moved }, { at: limits.shifted }] },
        mark: { type: 'rule', color: dark, strokeDash: [5, 4] },
        encoding: { x: amount('at') },
      },
    ],
  };
}
