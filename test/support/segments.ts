import { uniformFrom } from '../../src/base/random.js';
import { readIndicators, type Table } from '../../src/index.js';

/** A customer by the two indicators that the planted segments differ in. */
export type Customer = readonly [annualPremium: number, tenureYears: number];

/** A table of customers without claims, three years on the books, ids in the order given. */
export function tableOf(customers: readonly Customer[]): Table {
  return readIndicators(
    customers.map(([annualPremium, tenureYears], i) => ({
      customerId: `C${String(i).padStart(6, '0')}`,
      ...{ annualPremium, tenureYears, earnedPremium: 3 * annualPremium },
      ...{ exposureYears: 3, claimCount: 0, incurredLoss: 0 },
    })),
  ).table;
}

/** So many customers around a premium and a tenure, the premium spread by its logarithm. */
export function blob(
  uniform: () => number,
  customers: number,
  [premium, tenure]: Customer,
  spread = 1,
): Customer[] {
  // Box and Muller (1958).
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Array.from({ length: customers }, (): Customer => {
    const logarithm = 0.15 * spread * normal();
    return [premium * Math.exp(logarithm), Math.max(0.01, tenure + spread * normal())];
  });
}

/** Three groups of customers, told apart by premium and tenure together. */
export function threeBlobs(seed: number, each = 40): Customer[] {
  const uniform = uniformFrom(seed);
  const centres: Customer[] = [
    [300, 5],
    [1200, 6],
    [600, 15],
  ];
  return centres.flatMap((centre) => blob(uniform, each, centre));
}

/** The same table with its rows in another order. */
export function reordered(table: Table, order: readonly number[]): Table {
  return {
    ...table,
    ids: order.map((row) => table.ids[row]),
    columns: Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => [
        name,
        Float64Array.from(order, (row) => column[row]),
      ]),
    ),
    attributes: table.attributes.map((attribute) => ({
      ...attribute,
      codes: Int32Array.from(order, (row) => attribute.codes[row]),
    })),
  };
}

/** The same table with one column put in place of its own. */
export function withColumn(table: Table, name: string, of: (value: number, row: number) => number) {
  return { ...table, columns: { ...table.columns, [name]: table.columns[name].map(of) } };
}
