import type { Block } from '../../report/blocks.js';
import { figure } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import type { BudgetGroup, ServiceBudget } from './result.js';

/** A service budget laid over the tiers: who is worth what, and what each then gets. */
export function serviceBudgetBlocks(laid: ServiceBudget): Block[] {
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
    `A service budget of ${figure(laid.budget, 'money')} laid over ${counted(laid.customers, 'graded customer')} in proportion to value (${laid.measure}), beside the catalogue of the plan, which would cost ${figure(laid.catalogueCost, 'money')}`,
    {
      header: ['', 'customers', 'of all', 'of value', 'budget', 'each', 'catalogue', 'would cost'],
      rows: [...rows(laid.valueTiers, 'value'), ...rows(laid.serviceTiers, 'service')],
    },
    ...laid.notes.map((note) => `Note: ${note}.`),
  ];
}

export const showServiceBudget = shownAs<ServiceBudget>({
  blocks: serviceBudgetBlocks,
});
