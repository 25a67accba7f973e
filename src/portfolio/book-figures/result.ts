import type { BookDay } from './book-day.js';
import type { BookChange, Retention } from './change.js';
/** The figures of a whole book on two days, and what changed between them. */
export interface BookFigures {
  readonly asOf: string;
  readonly against: string;
  readonly expenseRatio: number;
  /** The earlier day, `against`. */
  readonly before: BookDay;
  /** The later day, `asOf`. */
  readonly after: BookDay;
  readonly retention: Retention;
  readonly change: {
    readonly premium: BookChange['premium'];
    /** Null where the file does not hold all of the twelve months before one of the days. */
    readonly profit: BookChange['profit'] | null;
  };
  /** Whether the later twelve months show so few claims that they can hardly all be known yet. */
  readonly unfinished: boolean;
  readonly notes: readonly string[];
}

/** What a group of customers is worth, and what it is given. */
export interface BudgetGroup {
  readonly customers: number;
  readonly value: number;
  readonly shareOfCustomers: number;
  /** Null when nobody has a value. */
  readonly shareOfValue: number | null;
  readonly shareOfBudget: number;
  /** In whole cents; the groups add up to the budget. */
  readonly amount: number;
  /** Null in an empty group. */
  readonly amountPerCustomer: number | null;
  /** The catalogue's budget a customer: of the tier, or the mean of the tiers its customers are in. */
  readonly cataloguePerCustomer: number | null;
  /** What the catalogue would cost for all of them. */
  readonly catalogueCost: number;
}

/** A service budget laid over a graded book in proportion to value. */
export interface ServiceBudget {
  readonly asOf: string | null;
  readonly measure: string;
  readonly budget: number;
  readonly value: number;
  readonly customers: number;
  readonly catalogueCost: number;
  readonly valueTiers: Readonly<Record<string, BudgetGroup>>;
  readonly serviceTiers: Readonly<Record<string, BudgetGroup>>;
  readonly notes: readonly string[];
}
