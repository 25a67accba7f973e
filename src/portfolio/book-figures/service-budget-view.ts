import { paragraph, shown } from '../../report/figures.js';
import { textTable } from '../../report/text-table.js';
import { counted } from '../../segments/counted.js';
import type { BudgetGroup, ServiceBudget } from './service-budget.js';

/** A service budget as a table for a terminal: who is worth what, and what each then gets. */
export function serviceBudgetText(laid: ServiceBudget): string {
  const row = (name: string, group: BudgetGroup) => [
    name,
    shown(group.customers, 'count'),
    shown(group.shareOfCustomers, 'share'),
    shown(group.shareOfValue, 'share'),
    shown(group.amount, 'money'),
    shown(group.amountPerCustomer, 'money'),
    shown(group.cataloguePerCustomer, 'money'),
    shown(group.catalogueCost, 'money'),
  ];
  const rows = (groups: ServiceBudget['valueTiers'], kind: string) =>
    Object.entries(groups).map(([name, group]) => row(`${kind}: ${name}`, group));
  return [
    paragraph(
      `A service budget of ${shown(laid.budget, 'money')} laid over ${counted(laid.customers, 'graded customer')} in proportion to value (${laid.measure}), beside the catalogue of the plan, which would cost ${shown(laid.catalogueCost, 'money')}`,
    ),
    '',
    textTable(
      ['', 'customers', 'of all', 'of value', 'budget', 'each', 'catalogue', 'would cost'],
      [...rows(laid.valueTiers, 'value'), ...rows(laid.serviceTiers, 'service')],
    ),
    ...laid.notes.flatMap((note) => ['', paragraph(`Note: ${note}.`)]),
  ].join('\n');
}
