import { figure, paragraph } from '../../report/figures.js';
import { textTable } from '../../report/text-table.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import type { BudgetGroup, ServiceBudget } from './result.js';

/** A service budget as a table for a terminal: who is worth what, and what each then gets. */
export function serviceBudgetText(laid: ServiceBudget): string {
  const row = (name: string, group: BudgetGroup) => [
    name,
    figure(group.customers, 'count'),
    figure(group.shareOfCustomers, 'share'),
    figure(group.shareOfValue, 'share'),
    figure(group.amount, 'money'),
    figure(group.amountPerCustomer, 'money'),
    figure(group.cataloguePerCustomer, 'money'),
    figure(group.catalogueCost, 'money'),
  ];
  const rows = (groups: ServiceBudget['valueTiers'], kind: string) =>
    Object.entries(groups).map(([name, group]) => row(`${kind}: ${name}`, group));
  return [
    paragraph(
      `A service budget of ${figure(laid.budget, 'money')} laid over ${counted(laid.customers, 'graded customer')} in proportion to value (${laid.measure}), beside the catalogue of the plan, which would cost ${figure(laid.catalogueCost, 'money')}`,
    ),
    '',
    textTable(
      ['', 'customers', 'of all', 'of value', 'budget', 'each', 'catalogue', 'would cost'],
      [...rows(laid.valueTiers, 'value'), ...rows(laid.serviceTiers, 'service')],
    ),
    ...laid.notes.flatMap((note) => ['', paragraph(`Note: ${note}.`)]),
  ].join('\n');
}

export const showServiceBudget = shownAs<ServiceBudget>({
  blocks: (result) => [{ plain: serviceBudgetText(result) }],
});
