/** The kinds of fault a plan may have, each under a stable code, and what it means. */
export const lintCodes = {
  'unknown-name': 'a rule names what does not exist',
  'wrong-unit': 'a rule compares things that cannot be compared, or is no yes or no',
  'rule-never-holds': 'no customer can ever meet the condition',
  'rule-never-reached': 'whoever the rule would hold for is taken by rules before it',
  gap: 'a customer falls between the rules',
  overlap: 'two rules of different tiers hold for one customer, where one alone should',
  'missing-is-rated':
    'a customer of whom something that decides is not known gets a tier all the same',
  'tier-never-given': 'no rule gives the tier',
  'setting-without-effect': 'a setting that changes nothing',
  'tier-never-left': 'who once has the tier never gets a better one',
  'risk-not-monotone': 'a worse customer gets a better risk tier',
  'action-not-monotone': 'a worse customer gets a milder action',
  'service-not-monotone': 'a worse or less valuable customer gets a richer service',
  'budget-not-monotone': 'a poorer service has the larger budget',
  'hint-code-twice': 'two hints have the same code',
  'hint-text': 'the text of a hint says nothing, or has a mark that nothing is put in for',
} as const;
export type LintCode = keyof typeof lintCodes;

/** A customer, by what is known of it; null where something is missing. */
export type Example = Readonly<Record<string, number | string | null>>;

/** A fault of a plan. */
export interface Finding {
  readonly code: LintCode;
  /** Where in the plan: `risk.rules[2]`, `hints[1]`, `service.matrix.healthy.low`. */
  readonly place: string;
  /** What is wrong, in a sentence. */
  readonly text: string;
  /** A customer that shows it; where two are compared, the better one first. */
  readonly examples: readonly Example[];
}

/** What is worth knowing of a plan and no fault of it. */
export type Note = Omit<Finding, 'code'>;

/** What was looked at for one question, and whether that is all there is. */
export interface Looked {
  readonly about: string;
  readonly cells: number;
  readonly proof: 'every cell' | 'sampled';
  /** Why not every cell was looked at. */
  readonly why?: string;
}
