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
import { figure, isKnown } from '../../report/figures.js';
import { counted } from '../../segments/counted.js';
import { measureEntries } from './measures.js';
import type { Pareto, Persistence } from './result.js';
import { baseName, holdingAt, lookedBack, paretoTitle, persistenceConclusion } from './words.js';

const percentAxis = { format: '.0%', tickCount: 5 };

/**
 * How a measure is spread over customers: with customers in order, those with most of it first, the
 * share that the first so many per cent of them have; beside it, in a band, what chance alone would
 * give, and the straight line of a book in which all have the same.
 */
export function paretoChart(pareto: Pareto): ChartSpec {
  const { label, first } = measureEntries[pareto.measure];
  const { curve, customers } = pareto;
  // Where there are no shares there are no curves to speak of.
  const shares = curve.customers.length > 0;
  const luck = shares && pareto.luck?.curve.customers.length ? pareto.luck : null;
  const x = amount('customers', {
    title: `Share of customers, ${first} first`,
    axis: percentAxis,
    scale: { domain: [0, 1] },
  });
  const y = (field: string) =>
    amount(field, { title: `Share of all ${label} that they have`, axis: percentAxis });
  const curves = [
    ...(shares ? [{ name: 'this book', colour: blue, dash: [1, 0] }] : []),
    ...(luck ? [{ name: luckName(luck.probability), colour: orange, dash: [6, 3] }] : []),
    { name: 'everybody has the same', colour: grey, dash: [2, 3] },
  ];
  const points = [
    ...curve.customers.map((share, k) => ({
      name: 'this book',
      customers: rounded(share),
      value: rounded(curve.value[k]),
    })),
    ...(luck
      ? luck.curve.customers.map((share, k) => ({
          name: luckName(luck.probability),
          customers: rounded(share),
          value: rounded(luck.curve.mean[k]),
        }))
      : []),
    ...[0, 1].map((share) => ({ name: 'everybody has the same', customers: share, value: share })),
  ];
  const band = luck?.curve.customers.map((share, k) => ({
    customers: rounded(share),
    low: rounded(luck.curve.low[k]),
    high: rounded(luck.curve.high[k]),
  }));
  const byName = (range: readonly unknown[]) => ({
    field: 'name',
    type: 'nominal',
    scale: { domain: curves.map(({ name }) => name), range },
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
    width: 560,
    height: 460,
    title: {
      text: titleLines(paretoTitle(pareto), 66),
      subtitle: [
        `${counted(customers, 'customer')}, ${lookedBack(pareto)}.`,
        ...(luck
          ? [
              `By chance: the same customers, the claims reshuffled by ${baseName(pareto)} ${counted(luck.rounds, 'time')}.`,
              'Only what lies outside the band tells customers apart; the rest may be luck.',
            ]
          : []),
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
        data: { values: points },
        mark: { type: 'line', strokeWidth: 2.5 },
        encoding: {
          x,
          y: y('value'),
          order: { field: 'customers', type: 'quantitative' },
          color: byName(curves.map(({ colour }) => colour)),
          strokeDash: byName(curves.map(({ dash }) => dash)),
        },
      },
      ...eightyMark(pareto),
    ],
  };
}

/** Points where 80 % is reached, which the title speaks of, with one label right of both. */
function eightyMark(pareto: Pareto): ChartSpec[] {
  const { observed, chance } = holdingAt(pareto, 0.8);
  if (!isKnown(observed)) return [];
  const { label } = measureEntries[pareto.measure];
  const beside = chance ? `, ${figure(chance.mean, 'share')} by chance` : '';
  const text = `80% of the ${label}:\n${figure(observed, 'share')} of customers${beside}`;
  const right = Math.max(observed, chance?.mean ?? 0);
  // Below a steep curve; above a flat one; beside the points where the curve goes far above them.
  const place = pareto.peak
    ? { align: 'left', dx: 14, baseline: 'middle', dy: -8 }
    : right < 0.5
      ? { align: 'left', dx: 12, baseline: 'top', dy: 8 }
      : { align: 'right', dx: -12, baseline: 'top', dy: -34 };
  const at = { x: amount('customers'), y: amount('value') };
  const point = (customers: number, color: string): ChartSpec => ({
    data: { values: [{ customers: rounded(customers), value: 0.8 }] },
    mark: { type: 'point', filled: true, size: 110, opacity: 1, color },
    encoding: at,
  });
  return [
    point(observed, blue),
    ...(chance ? [point(chance.mean, orange)] : []),
    {
      data: { values: [{ customers: rounded(right), value: 0.8, text }] },
      mark: {
        type: 'text',
        lineBreak: '\n',
        fontSize: 13,
        ...place,
      },
      encoding: { ...at, text: { field: 'text' } },
    },
  ];
}

const groupNames = {
  chance: 'chosen by chance',
  size: 'the largest premiums',
  'last period': "last period's top",
  expected: 'our expected ranking',
  hindsight: 'hindsight: the maximum possible',
};

/** What the top groups, chosen in different ways, went on to bring, with intervals. */
export function persistenceChart(persistence: Persistence): ChartSpec {
  const { measure, top, customers, from, until, at } = persistence;
  const { label } = measureEntries[measure];
  const names = persistence.entries.map(({ name }) => groupNames[name]);
  const values = persistence.entries.flatMap(({ name, share }) =>
    isKnown(share.value)
      ? [
          {
            name: groupNames[name],
            value: rounded(share.value),
            low: rounded(share.low ?? share.value),
            high: rounded(share.high ?? share.value),
            text: figure(share.value, 'share'),
            ours: name === 'expected' ? 'ours' : 'other',
          },
        ]
      : [],
  );
  const y = { field: 'name', type: 'nominal', sort: names, title: null, axis: { labelLimit: 260 } };
  const x = amount('value', {
    title: `Share of the next period's ${label} that this group brought`,
    axis: percentAxis,
    scale: { domainMin: Math.min(0, ...values.map(({ low }) => low)) },
  });
  return {
    ...frame,
    width: 460,
    height: 230,
    title: {
      text: titleLines(persistenceConclusion(persistence), 78),
      subtitle: [
        at === 'renewal'
          ? `${counted(customers, 'customer')} that renewed from ${from} to ${until}, and the term that began then.`
          : `${counted(customers, 'customer')} with cover in the year before ${from}, followed until ${until}.`,
        `Each group is ${figure(top, 'wholeShare')} of the customers. Thin lines: ${figure(persistence.bootstrap.probability, 'wholeShare')} intervals.`,
      ],
    },
    data: { values },
    encoding: { y },
    layer: [
      {
        mark: { type: 'bar', height: 22 },
        encoding: {
          x,
          color: {
            field: 'ours',
            type: 'nominal',
            scale: { domain: ['ours', 'other'], range: [blue, '#BBBBBB'] },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5, color: dark },
        encoding: { x: amount('low'), x2: { field: 'high' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, dy: -9, fontSize: 12, color: dark },
        encoding: { x: amount('high'), text: { field: 'text' } },
      },
    ],
  };
}

function luckName(probability: number): string {
  return `chance alone (band: ${figure(probability, 'wholeShare')} of the rounds)`;
}

function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
