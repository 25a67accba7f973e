import type { OutputCell } from '../base/output.js';
import { type Screening, screeningHints } from '../grading/screen.js';
import { counted, formatValue } from '../segments/counted.js';
import { textTable } from './text-table.js';

/** The columns of screened applicants, in the order of `bookgrade screen --out`. */
export const screeningHeader = [
  'applicant_id',
  'points',
  'relativity',
  'low',
  'high',
  'expected_loss_ratio',
  'hint',
  'reasons',
  'unseen',
  'near',
  'loading',
  'loss_share',
  'among_book',
  'among_high_risk',
] as const;

/** One applicant as a row; reasons, unseen attributes and lines are joined by `|`. */
export function screeningRow(screening: Screening): OutputCell[] {
  const { interval, likeness, reasons, terms } = screening;
  return [
    screening.applicantId,
    screening.points,
    screening.relativity,
    interval[0],
    interval[1],
    screening.expectedLossRatio,
    screening.hint,
    reasons
      .map(({ attribute, level, points }) => `${attribute}: ${level} ${signed(points)}`)
      .join('|'),
    screening.unseen.join('|'),
    screening.near.join('|'),
    terms?.loading ?? null,
    terms?.lossShare ?? null,
    likeness.book,
    likeness.highRisk,
  ];
}

const signed = (points: number) => (points > 0 ? `(+${points})` : `(${points})`);

/** Screened applicants in all and by hint. */
export interface ScreeningSummary {
  readonly applicants: number;
  readonly hints: Readonly<Record<string, number>>;
  /** How many had a value that no customer of the book had. */
  readonly unseen: number;
  /** How many have a line within their interval. */
  readonly near: number;
  readonly meanRelativity: number | null;
}

/** Counts screened applicants by hint. */
export function summarizeScreenings(screenings: readonly Screening[]): ScreeningSummary {
  const count = (of: (screening: Screening) => boolean) => screenings.filter(of).length;
  const total = screenings.reduce((sum, { relativity }) => sum + relativity, 0);
  return {
    applicants: screenings.length,
    hints: Object.fromEntries(
      screeningHints.map((hint) => [hint, count((screening) => screening.hint === hint)]),
    ),
    unseen: count(({ unseen }) => unseen.length > 0),
    near: count(({ near }) => near.length > 0),
    meanRelativity: screenings.length > 0 ? total / screenings.length : null,
  };
}

/** The counts for a terminal. */
export function screeningText(summary: ScreeningSummary): string {
  const { applicants, hints, unseen, near, meanRelativity } = summary;
  const share = (number: number) =>
    applicants > 0 ? formatValue(number / applicants, 'loss_ratio') : '–';
  return [
    `Screened ${counted(applicants, 'applicant')}${meanRelativity === null ? '' : `, mean relativity ${meanRelativity.toFixed(3)}`}`,
    textTable(
      ['hint', 'applicants', 'share'],
      Object.entries(hints).map(([hint, number]) => [hint, String(number), share(number)]),
    ),
    `With a value that no customer of the book had: ${unseen}; with a line within the interval: ${near}`,
    'A hint is advice: nobody is declined by it, a person decides.',
  ].join('\n');
}
