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

/** Customers of a year by what they brought. */
export interface ProfitGroup {
  readonly customers: number;
  readonly earnedPremium: number;
  readonly profit: number;
}

/** What a book earned and lost in the twelve months before a day, as known then. */
export interface BookYear {
  readonly from: string;
  readonly to: string;
  /** Whether the file reaches back far enough to hold all cover of these months. */
  readonly complete: boolean;
  /** Customers with cover in these months. */
  readonly customers: number;
  readonly earnedPremium: number;
  readonly exposureYears: number;
  readonly claims: number;
  readonly incurred: number;
  /** Incurred ÷ earned premium; null without premium. */
  readonly lossRatio: number | null;
  /** Claims ÷ exposure years; null without exposure. */
  readonly claimFrequency: number | null;
  /** Incurred ÷ claims; null without claims. */
  readonly severity: number | null;
  /** Earned premium × the plan's expense ratio. */
  readonly expenses: number;
  /** Earned premium − incurred − expenses. */
  readonly profit: number;
  /** Customers whose own profit is above 0, */
  readonly profitable: ProfitGroup;
  /** 0 (to nine places of their premium or loss; whoever neither paid nor cost anything is here), */
  readonly breakEven: ProfitGroup;
  /** and below 0 (whoever cost something without paying is here). */
  readonly unprofitable: ProfitGroup;
  /** Yearly sums that ran on at the day's start, or were taken before they began: in no figure. */
  readonly excluded: { readonly rows: number; readonly premium: number; readonly incurred: number };
}

/** A book on a day: what was in force the day before, and the twelve months that ended with it. */
export interface BookDay {
  readonly day: string;
  readonly customers: number;
  readonly policies: number;
  readonly annualPremium: number;
  /** The three factors of the premium; null without customers. */
  readonly policiesPerCustomer: number | null;
  readonly premiumPerPolicy: number | null;
  readonly premiumPerCustomer: number | null;
  readonly year: BookYear;
}

/** Policies in force the day before a day and their annual premium, of each customer of a book. */
export interface InForce {
  readonly policies: Int32Array;
  readonly premium: Float64Array;
}

/** What a figure was, what it became, and what each of its causes did to it; the parts add up. */
export interface Change<Cause extends string> {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  readonly parts: Readonly<Record<Cause, number>>;
}

export type PremiumCause = 'customers' | 'policiesPerCustomer' | 'premiumPerPolicy';

export type ProfitCause = 'exposure' | 'premiumPerYear' | 'claimFrequency' | 'severity';

/** Customers who moved between two days; premium is annual, on the days they were in force. */
export interface Movement {
  readonly customers: number;
  readonly premiumBefore: number;
  readonly premiumAfter: number;
}

/** Who of the customers of one day were customers on the other. */
export interface Retention {
  /** In force on both days. */
  readonly stayed: Movement;
  /** In force on the earlier day only. */
  readonly left: Movement;
  /** In force on the later day only; */
  readonly joined: Movement;
  /** of them, those with cover on file before the earlier day: they were there once. */
  readonly returned: Movement;
  /** Stayed ÷ customers of the earlier day; null when it had none. */
  readonly customers: number | null;
  /** Premium, on the earlier day, of those who stayed ÷ all of that day; null without premium. */
  readonly premium: number | null;
  /** By what share the premium of those who stayed changed; null when they paid none. */
  readonly premiumChange: number | null;
}

/** How the premium in force and the profit of twelve months moved between two days, and why. */
export interface BookChange {
  /** Of the annual premium in force: customers × policies per customer × premium per policy. */
  readonly premium: Change<PremiumCause>;
  /** Of the profit: policy years × (premium per year after expenses − claims per year × loss per claim). */
  readonly profit: Change<ProfitCause>;
}
