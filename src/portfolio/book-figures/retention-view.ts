import { figure, paragraph, printedChange } from '../../report/figures.js';
import { textTable } from '../../report/text-table.js';
import { counted } from '../../segments/counted.js';
import type { BookFigures } from './result.js';
export function retentionLines({ retention, against, asOf, before }: BookFigures): string[] {
  const { stayed, left, joined, returned } = retention;
  const row = (label: string, { customers, premiumBefore, premiumAfter }: typeof stayed) => [
    label,
    figure(customers, 'count'),
    figure(premiumBefore, 'money'),
    figure(premiumAfter, 'money'),
    figure(printedChange(premiumBefore, premiumAfter), 'money', true),
  ];
  const summary =
    retention.customers === null
      ? `Nobody was in force at ${against} who could have stayed.`
      : `Of ${counted(before.customers, 'customer')} at ${against}, ${figure(retention.customers, 'share')} were still customers at ${asOf}, with ${figure(retention.premium, 'share')} of the premium; the premium of those who stayed changed by ${figure(retention.premiumChange, 'share', true)}.`;
  return [
    paragraph(summary),
    '',
    textTable(
      [
        'customers in force'.padEnd(31),
        'customers',
        `premium ${against}`,
        `premium ${asOf}`,
        'change'.padStart(14),
      ],
      [
        row('on both days: stayed', stayed),
        row(`at ${against} only: left`, left),
        row(`at ${asOf} only: joined`, joined),
        row('  of them customers once before', returned),
      ],
    ),
  ];
}
