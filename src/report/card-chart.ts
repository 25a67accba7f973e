import { cardOf } from '../grading/screen.js';
import type { Model } from '../model/model.js';
import { cardTerms } from '../scoring/scorecard/terms.js';
import { amount, blue, type ChartSpec, dark, frame, orange } from './chart-parts.js';

/**
 * A model's scorecard as a picture: a bar for the points of each level, to the right where claims are
 * more frequent, with the relativity it stands for and the years of cover it rests on.
 *
 * @throws MisuseError for a model without a card
 */
export function cardChart(model: Model): ChartSpec {
  const card = cardOf(model);
  const { points, start } = card;
  const values = cardTerms(card).flatMap(({ name, names, rows }) =>
    rows.map((row, level) => ({
      level: `${name}: ${names[level]}`,
      points: row.points,
      label: `${row.points > 0 ? '+' : ''}${row.points} (×${row.relativity.toFixed(2)}, ${Math.round(row.exposure)} years)`,
    })),
  );
  const y = { field: 'level', type: 'nominal', sort: null, title: null, axis: { labelLimit: 480 } };
  const x = amount('points', { title: 'Points' });
  return {
    ...frame,
    title: {
      text: 'Scorecard for people without history',
      subtitle: [
        `Everybody begins with ${start.points.toFixed(1)} points; ${points.base} is the book's average,`,
        `${points.double} more double the expected claims. In brackets relativity and years of cover.`,
      ],
    },
    data: { values },
    width: 480,
    height: { step: 26 },
    layer: [
      {
        mark: 'bar',
        encoding: {
          x,
          y,
          color: { condition: { test: 'datum.points > 0', value: orange }, value: blue },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 10, color: dark },
        encoding: { y, x: { value: 480 }, text: { field: 'label' } },
      },
    ],
  };
}
