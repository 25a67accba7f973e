import { nothing } from '../credibility/method.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { riskTiersOf, unratedTier } from '../plan/risk.js';

/** What is read of a customer's past: NaN where there is none. */
export const memoryInputs = [
  /** The tier held on the day of the last standing, as its position. */
  'held_tier',
  /** The count of renewals on that day. */
  'held_renewals',
  /** Whole months since the figures first spoke for a worse tier. */
  'worse_months',
  /** The tier set by hand, while that is in force. */
  'override_tier',
] as const;
export type MemoryInputs = Readonly<Record<(typeof memoryInputs)[number], number>>;

/** What keeps the tier from being that of the figures; `held_by` is a position in this list. */
export const heldBys = ['figures', 'line', 'grace', 'renewal', 'override'] as const;
export type HeldBy = (typeof heldBys)[number];

const none: NonNullable<Plan['memory']> = { stay: [], downgrade: 'at-once', grace: null };

/** What a plan remembers: nothing, where it has no such part. */
export const memoryOf = ({ memory = none }: Pick<Plan, 'memory'>) => memory;

/** When a customer that holds a tier stays in it: while any of its lines holds. */
export function stayRule(plan: Plan, tier: string): Formula | undefined {
  const [first, ...others] = memoryOf(plan)
    .stay.filter((line) => line.tier === tier)
    .map(({ when }) => when);
  return first === undefined || others.length === 0 ? first : ['or', first, ...others];
}

/**
 * The tier in force by the figures of the day, `observed_tier`, and what is remembered: an override,
 * else the tier held while a worse one waits, else the worst tier whose line to leave it is not yet
 * passed, else that of the figures. Nothing is held to or from the tier for too little experience; and where no renewal can be
 * counted, a worse tier waits for none.
 */
export function memoryFormulas(plan: Plan): NamedFormula[] {
  const { downgrade, grace } = memoryOf(plan);
  const tiers = riskTiersOf(plan);
  const unrated = unratedTier(plan);
  const worse: Formula = [
    'and',
    ['>', 'observed_tier', 'held_tier'],
    ['<', 'observed_tier', unrated],
  ];
  const lines = tiers.toReversed().flatMap((tier): Formula[] => {
    const rule = stayRule(plan, tier);
    const at = tiers.indexOf(tier);
    if (rule === undefined) return [];
    return [['and', ['>=', 'held_tier', at], ['<', 'observed_tier', at], rule], at];
  });
  const stay: Formula =
    lines.length === 0
      ? nothing
      : ['case', ['<', 'held_tier', unrated], ['case', ...lines, nothing], nothing];
  const isThere = (name: string): Formula => ['not', ['missing', name]];
  return [
    { name: 'stay_tier', formula: stay },
    { name: 'stay_line', formula: lineOf(memoryOf(plan), tiers) },
    { name: 'grace_tenure_years', formula: grace ? grace.tenureYears : nothing },
    {
      name: 'in_grace',
      formula: grace
        ? [
            'and',
            worse,
            ['>=', 'tenure_years', grace.tenureYears],
            ['not', ['>=', 'worse_months', grace.months]],
          ]
        : 0,
    },
    {
      name: 'awaits_renewal',
      formula: downgrade === 'at-renewal' ? ['and', worse, ['<=', 'renewals', 'held_renewals']] : 0,
    },
    {
      name: 'remembered_tier',
      formula: [
        'case',
        ['or', 'in_grace', 'awaits_renewal'],
        'held_tier',
        isThere('stay_tier'),
        'stay_tier',
        'observed_tier',
      ],
    },
    {
      name: 'risk_tier',
      formula: ['case', isThere('override_tier'), 'override_tier', 'remembered_tier'],
    },
    {
      name: 'held_by',
      formula: [
        'case',
        isThere('override_tier'),
        heldBys.indexOf('override'),
        'in_grace',
        heldBys.indexOf('grace'),
        'awaits_renewal',
        heldBys.indexOf('renewal'),
        isThere('stay_tier'),
        heldBys.indexOf('line'),
        0,
      ],
    },
  ];
}

/** The loss ratio that the tier is left by, where its line is one; else missing. */
function lineOf({ stay }: NonNullable<Plan['memory']>, tiers: readonly string[]): Formula {
  const cases = stay.flatMap(({ tier, when }): Formula[] => {
    const [operator, ratio, line] = typeof when === 'object' ? when : [];
    const plain = (operator === '>' || operator === '>=') && ratio === 'rated_loss_ratio';
    return plain && line !== undefined ? [['=', 'stay_tier', tiers.indexOf(tier)], line] : [];
  });
  return cases.length === 0 ? nothing : ['case', ...cases, nothing];
}
