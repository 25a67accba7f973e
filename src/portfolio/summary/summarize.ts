import { isoFromDay } from '../../base/calendar.js';
import { groupSums, sum } from '../../base/columns.js';
import type { Shown } from '../../base/output.js';
import { countIssues, type Issue, nearNames } from '../../book/issues.js';
import type { CustomerOverride } from '../../book/standing.js';
import type { Grades, Memory } from '../../grading/assess.js';
import type { Table } from '../../indicators/table.js';
import { type Model, modelId } from '../../model/model.js';
import { actions } from '../../plan/hint.js';
import { loyalties, purchases } from '../../plan/lifecycle.js';
import { riskTiersOf } from '../../plan/risk.js';
import { valueTiers } from '../../plan/value.js';
import { modelNotes } from '../../scoring/notes.js';
import { lifetimeNotes } from '../../scoring/retention/fit-retention.js';
import { counted } from '../../segments/counted.js';
import { notesOnGrounds } from '../../segments/grounds.js';
import { type HeldBy, heldBys } from '../../segments/memory.js';
import { serviceTiers } from '../../segments/service.js';
import type { GroupFigures, Summary } from './result.js';
import { showSummary } from './view.js';

/** Sums up a graded book. Tiers add up to the whole, in customers and in money. */
export function summarize(grades: Grades, issues: readonly Issue[] = []): Summary & Shown {
  const { table, model, tiers, memory } = grades;
  const { columns, asOf, window } = table;
  const whole = figures(table.length, [
    sum(columns.earned_premium),
    sum(columns.incurred_loss),
    sum(columns.claim_count),
  ]);
  const by = (codes: Uint8Array, names: readonly string[]) => {
    const total = (name: string) => groupSums(columns[name], codes, names.length);
    const customers = new Float64Array(names.length);
    for (const code of codes) customers[code]++;
    const premium = total('earned_premium');
    const incurred = total('incurred_loss');
    const claims = total('claim_count');
    return Object.fromEntries(
      names.map((name, g) => [name, figures(customers[g], [premium[g], incurred[g], claims[g]])]),
    );
  };
  const { experience } = model.parameters;
  return showSummary({
    asOf: asOf === undefined ? null : isoFromDay(asOf),
    window: {
      months: model.plan.window.months,
      from: window ? isoFromDay(window.from) : null,
      to: window ? isoFromDay(window.to) : null,
    },
    ...whole,
    exposureYears: sum(columns.exposure_years),
    riskTiers: by(tiers.risk_tier, riskTiersOf(model.plan)),
    valueTiers: by(tiers.value_tier, valueTiers),
    serviceTiers: by(tiers.service_tier, serviceTiers(model.plan)),
    actions: by(tiers.action, actions),
    loyalty: by(tiers.loyalty, loyalties),
    purchase: by(tiers.purchase, purchases),
    withheld: withheldFrom(grades),
    issues: countIssues(issues),
    withoutCover: table.withoutCover,
    excluded: table.excluded,
    notes: [
      ...nearNames(issues),
      ...table.notes,
      ...modelNotes(experience.notes),
      ...lifetimeNotes(model),
      ...notesOnDates(table, model),
      ...notesOnGrounds(table, model.plan),
      ...notesOnMemory(memory),
    ],
    ...(memory && { heldBy: heldByCounts(memory) }),
    model: { id: modelId(model), hash: model.hash, method: experience.method },
  });
}

/** A model that was fitted on later days than it grades knows more than was known then. */
export function notesOnDates({ asOf }: Table, { fittedOn }: Model): string[] {
  if (asOf === undefined || fittedOn.asOf === null || fittedOn.asOf <= isoFromDay(asOf)) return [];
  return [`the model was fitted as of ${fittedOn.asOf}, later than the day graded`];
}

/** Grades of a plan with memory that were given no past are those of the day alone. */
export function notesOnNoPast(all: readonly Grades[]): string[] {
  const alone = all.some(
    ({ model, memory }) =>
      model.plan.memory !== undefined &&
      memory?.inputs.held_tier.every(Number.isNaN) &&
      memory.inputs.override_tier.every(Number.isNaN),
  );
  return alone
    ? [
        'a plan has memory, but no standings or overrides came in: the tiers compared are those of the figures of each day alone',
      ]
    : [];
}

function withheldFrom({ withheld }: Grades): Record<string, number> {
  const counts = Object.entries(withheld).map(([key, column]) => [key, sum(column)] as const);
  return Object.fromEntries(counts.filter(([, customers]) => customers > 0));
}

/** Standings and overrides of customers that were not graded, or that have ended, are told. */
function notesOnMemory(memory: Memory | undefined): string[] {
  const { absent = [], ended = [], overridesOfNobody = 0 } = memory ?? {};
  return [
    ...(absent.length > 0
      ? [
          `${counted(absent.length, 'standing')} of customers that are not in the table, kept as they were`,
        ]
      : []),
    ...(overridesOfNobody > 0
      ? [
          `${counted(overridesOfNobody, 'override')} of customers that are not in the table and have no standing`,
        ]
      : []),
    ...(ended.length > 0 ? [endedText(ended)] : []),
  ];
}

/** How many of the overrides that have ended are named. */
const maxEnded = 5;

function endedText(ended: readonly CustomerOverride[]): string {
  const named = ended
    .slice(0, maxEnded)
    .map(({ customerId, tier, until }) => `${customerId} (${tier} until ${until})`);
  const more = ended.length > maxEnded ? ', …' : '';
  return `${counted(ended.length, 'override')} ${ended.length === 1 ? 'has' : 'have'} ended and ${ended.length === 1 ? 'sets' : 'set'} no tier any more: ${named.join(', ')}${more}`;
}

function heldByCounts({ tiers }: Memory): Record<HeldBy, number> {
  const customers = heldBys.map((by) => [by, 0] as const);
  const counts = Object.fromEntries(customers) as Record<HeldBy, number>;
  for (const code of tiers.held_by) counts[heldBys[code]]++;
  return counts;
}

function figures(
  customers: number,
  [earnedPremium, incurred, claims]: readonly [number, number, number],
): GroupFigures {
  const lossRatio = earnedPremium > 0 ? incurred / earnedPremium : null;
  return { customers, earnedPremium, incurred, claims, lossRatio };
}
