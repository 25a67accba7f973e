import type { Book } from '../book/book.js';
import type { YearCells } from '../credibility/method.js';
import { earningOf, partsPerYear } from './earning.js';
import type { Indicator, Measure } from './indicator.js';
import {
  countedIn,
  daysInYear,
  type ObservationWindow,
  yearOfClaim,
} from './observation-window.js';

/** The latest experience year on its own, to set against the years before it. */
export const recent = [
  {
    name: 'recent_exposure_years',
    label: 'exposure in the last year',
    unit: 'years',
    definition: 'the part of exposure_years in the experience year that ends at the as-of date',
    atMost: 'exposure_years',
  },
  {
    name: 'recent_claim_count',
    label: 'claims in the last year',
    unit: 'count',
    definition: 'the part of claim_count in the experience year that ends at the as-of date',
    atMost: 'claim_count',
    worse: {
      words: 'one more claim just now',
      kinds: ['claims', 'claim-free years'],
      changes: {
        claim_count: ['+', 'claim_count', 1],
        recent_claim_count: ['+', 'recent_claim_count', 1],
        claim_free_years: ['*', 0, 'claim_free_years'],
      },
    },
    impossible: [
      ['and', ['>', 'recent_claim_count', 0], ['=', 'recent_exposure_years', 0]],
      [
        'and',
        ['>', 'claim_count', 'recent_claim_count'],
        ['=', 'recent_exposure_years', 'exposure_years'],
      ],
    ],
  },
] as const satisfies readonly Indicator[];

export const measureRecent: Measure = (_, frame, { years, exposureYears, claimCount }) => {
  const latest = (cells: Float64Array) =>
    Float64Array.from({ length: frame.length }, (_, row) => cells[row * years]);
  return { recent_exposure_years: latest(exposureYears), recent_claim_count: latest(claimCount) };
};

/** The figures of every customer by experience year. */
export function yearCells(
  book: Book,
  frame: ObservationWindow,
  capped: (claim: number) => number,
): YearCells {
  const { terms, claims } = book;
  const { rowOf, length, earnedFrom, earnedTo, inWindow } = frame;
  const years = frame.yearCount;
  const cells = () => new Float64Array(length * years);
  const [exposureYears, earnedPremium, claimCount, cappedLoss] = [
    cells(),
    cells(),
    cells(),
    cells(),
  ];
  const earning = earningOf(book);
  const parts = cells();
  for (let t = 0; t < terms.length; t++) {
    if (earnedTo[t] === earnedFrom[t]) continue;
    const first = rowOf[terms.customer[t]] * years;
    for (let y = 0; y < years; y++) {
      const { from, to } = daysInYear(book, frame, t, y);
      if (to <= from) continue;
      if (earning.isStated(t)) exposureYears[first + y] += earning.years(t, from, to);
      else parts[first + y] += earning.parts(t, from, to);
      earnedPremium[first + y] += earning.premium(t, from, to);
    }
  }
  for (let cell = 0; cell < parts.length; cell++) exposureYears[cell] += parts[cell] / partsPerYear;
  const counted = countedIn(book, frame);
  for (let c = 0; c < claims.length; c++) {
    if (!inWindow[c]) continue;
    const row = rowOf[terms.customer[claims.term[c]]];
    const cell = row * years + yearOfClaim(book, frame, c);
    claimCount[cell] += counted(c, row);
    if (!frame.setAside[c]) cappedLoss[cell] += capped(c);
  }
  return { years, exposureYears, earnedPremium, claimCount, cappedLoss };
}
