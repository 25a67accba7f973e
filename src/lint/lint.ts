import type { Shown } from '../base/output.js';
import type { Grades } from '../grading/assess.js';
import type { Plan, PlanInput } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { bookFindings } from './book.js';
import { groundOf } from './ground.js';
import { milderByLaw } from './law.js';
import { stayFaults } from './memory.js';
import { missingIsRated } from './missing.js';
import { actionNotMonotone, riskNotMonotone } from './monotone.js';
import { onlyEvaluable, withCodesApart, wronglyWritten } from './names.js';
import type { Lint } from './result.js';
import { deadIn, gaps, neverHolding, overlaps, ruleLists } from './rules.js';
import { workInAll } from './search.js';
import { budgetNotMonotone, serviceNotMonotone } from './service.js';
import { hintFaults, settingFaults } from './settings.js';
import type { Study } from './study.js';
import { showLint } from './view.js';

export interface LintOptions {
  /** A book graded by the plan: its averages are known then, and it is told what the rules do to it. */
  readonly grades?: Grades;
}

/**
 * Looks for faults in a plan: customers that fall between rules or under two of them, rules that never
 * hold or are never reached, comparisons of what cannot be compared, and worse customers that get a
 * better tier, a richer service or a milder action; also over time, by the lines to leave a tier by. Scores are left open, so what is found sound is
 * sound on any book.
 *
 * The comparisons in the rules cut what there may be of customers into cells, within each of which all
 * rules say the same. One customer of every cell that can be is put to the rules: a proof. Where rules
 * compare several figures with each other, or cells are too many, it is a sample, and `looked` says so.
 *
 * @param grades a book graded by the plan, for what the rules do to it
 * @returns findings with stable codes, their places in the plan and customers that show them
 * @throws MisuseError when the plan cannot be read at all
 * @example
 * ```ts
 * const { findings } = lint({
 *   risk: { rules: [{ tier: 'unrated', when: ['missing', 'claim_count'] }, { tier: 'high-risk', when: ['=', 'claim_count', 2] }] },
 * });
 * const found = findings.find(({ code }) => code === 'risk-not-monotone');
 * found?.examples; // => [{ claim_count: 2 }, { claim_count: 3 }]
 * ```
 */
export function lint(plan: PlanInput = {}, { grades }: LintOptions = {}): Lint & Shown {
  const given = readPlan(plan);
  const apart = withCodesApart(given);
  const { names } = groundOf(rulesAlone(apart));
  const written = wronglyWritten(apart, names);
  const { evaluable, unusable } = onlyEvaluable(apart, names);
  const parameters = grades?.model.parameters;
  const study: Study = {
    ground: groundOf(rulesAlone(evaluable), parameters),
    windowYears: given.window.months / 12,
    work: { left: workInAll },
    looked: new Map(),
  };
  const remembering: Study = { ...study, ground: groundOf(evaluable, parameters, true) };
  const lawful: Study = { ...study, ground: groundOf(evaluable, parameters) };
  const { risk, ...others } = ruleLists(given, (place) => !unusable.has(place));
  const overlapping = given.risk.hit === 'unique' ? overlaps(study, risk) : [];
  // Where a rule cannot be used, what it would take falls through for no other fault.
  const whole = risk.rules.length === given.risk.rules.length;
  const falling = whole ? gaps(study, risk) : [];
  const findings = [
    ...written,
    ...settingFaults(given),
    ...hintFaults(given),
    ...[risk, others.loyalty, others.purchase].flatMap((list) =>
      deadIn(study, list).filter(({ place }) =>
        overlapping.every((found) => found.place !== place),
      ),
    ),
    ...neverHolding(study, others.hints),
    ...overlapping,
    ...falling,
    ...missingIsRated(study),
    // Who falls into a gap is unrated for no other fault.
    ...riskNotMonotone(study).filter(
      ({ code }) => falling.length === 0 || code !== 'service-not-monotone',
    ),
    ...stayFaults(remembering).filter(({ place }) => !unusable.has(place)),
    ...serviceNotMonotone(given),
    ...budgetNotMonotone(given),
    ...actionNotMonotone(study),
  ];
  return showLint({
    plan: given.name,
    sound: findings.length === 0,
    findings,
    notes: milderByLaw(lawful),
    looked: [...study.looked.values()],
    book: grades ? bookFindings(grades) : null,
  });
}

/** A plan whose rules are judged by the figures of a day, and by what they ask for. */
function rulesAlone({ memory: _, ...plan }: Plan): Plan {
  const { prohibited } = plan;
  return { ...plan, ...(prohibited && { prohibited: { ...prohibited, jurisdictions: [] } }) };
}
