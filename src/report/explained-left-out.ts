import type { Override } from '../book/standing.js';
import { filled } from '../formulas/explain.js';
import type { Grade } from '../grading/grade.js';
import type { NotCounted } from '../indicators/not-counted.js';
import { textFor } from '../segments/words.js';
import { monthsText, type PageFormat } from './page-wording.js';

/** The claims that do not count, and why; of those set aside the grade alone knows no more than the sum. */
export function notCountedLines(
  { indicators }: Grade,
  notCounted: readonly NotCounted[] | undefined,
  { page, values, valueText }: PageFormat,
): string[] {
  const { set_aside_claim_count: count, set_aside_loss: loss } = indicators;
  if (notCounted === undefined) {
    if (!count && !loss) return [];
    const claims = valueText(count, 'claim_count');
    return [filled(page.setAside, { claims, incurred: valueText(loss, 'incurred_loss') })];
  }
  return notCounted.map(({ rule, limit, claims, incurred }) => {
    const amounts = {
      claims: valueText(claims, 'claim_count'),
      incurred: valueText(incurred, 'incurred_loss'),
    };
    switch (rule) {
      case 'look-back':
        return filled(page.lookBack, { ...amounts, time: monthsText(limit ?? 0, page) });
      case 'forgiveness':
        return filled(page.forgiveness, { ...amounts, time: values.counted(limit ?? 0, 'years') });
      default:
        return filled(page.byStatus, { ...amounts, status: page.statuses[rule] });
    }
  });
}

/** That a tier was set by hand, until a day that has come. */
export function endedLines(
  ended: Override | undefined,
  asOf: string | null,
  { page, locale }: PageFormat,
): string[] {
  if (ended === undefined || (asOf !== null && asOf < ended.until)) return [];
  const { tier, until: day, author, reason } = ended;
  return [
    filled(page.overrideEnded, { tier: textFor(locale.tiers, tier) ?? tier, day, author, reason }),
  ];
}
