import { blue, type ChartSpec, dark, frame, titleLines } from '../../report/chart-parts.js';
import { figure } from '../../report/figures.js';
import type { Migration } from './result.js';
import { type MovementKind, migrationTitle, movementKinds } from './words.js';

/**
 * A heat map of moves: tiers on the earlier day from top to bottom, on the later from left to right,
 * each cell as dark as the share of its row that it holds. The row of those without cover before has
 * no colour: where joiners land is no move.
 */
export function migrationChart(migration: Migration, kind: MovementKind = 'risk'): ChartSpec {
  const { tiers, cells } = migration[movementKinds[kind]];
  const { from, to } = migration;
  const named = (tier: string | null, none: string) => tier ?? none;
  const values = cells
    .filter((cell) => cell.from !== null || cell.to !== null)
    .map((cell) => ({
      before: named(cell.from, 'joined or newly known'),
      after: named(cell.to, 'left'),
      share: cell.share === null ? null : Math.round(cell.share * 1e4) / 1e4,
      text: `${figure(cell.share, 'share')}\n${figure(cell.customers, 'count')}`,
      light: (cell.share ?? 0) > 0.8,
    }));
  const axis = (field: string, title: string, none: string, more: ChartSpec): ChartSpec => ({
    field,
    type: 'nominal',
    title,
    sort: [...tiers, none],
    scale: { domain: [...tiers, none] },
    axis: { domain: false, ticks: false, labelPadding: 8, labelLimit: 200, ...more },
  });
  return {
    ...frame,
    width: { step: 96 },
    height: { step: 58 },
    title: {
      text: titleLines(migrationTitle(migration, kind), 66),
      subtitle: [
        `By ${kind} tier. Shares are of the row, with the number of customers below.`,
        'The colour is the share; the diagonal is who stayed where they were.',
      ],
    },
    data: { values },
    encoding: {
      y: axis('before', `Tier on ${from}`, 'joined or newly known', {}),
      x: axis('after', `Tier on ${to}`, 'left', { orient: 'top', labelAngle: 0 }),
    },
    layer: [
      {
        mark: { type: 'rect', stroke: 'white', strokeWidth: 2 },
        encoding: {
          color: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1], range: ['#EEF3F7', blue] },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 12, lineBreak: '\n', baseline: 'middle', dy: -7 },
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
