import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import { type Note, type NoteWordings, notesAbout, noteTexts } from '../../base/note.js';
import type { Table } from '../../indicators/table.js';
import type { ModelParameters, RetentionCurve, RetentionParameters } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';
import { betaGeometricNotes } from './beta-geometric.js';
import { constantCurve, fittedCurve, type RetentionPlan } from './retention-curve.js';

/** The sentences of what is noted of the chance to stay. */
export const retentionNotes: NoteWordings = {
  ...betaGeometricNotes,
  ...notesAbout('segment', betaGeometricNotes, ({ attribute, label }) => `${attribute} ${label}`),
  'segment-too-few': ({ attribute, label, left, stayed }) =>
    `${attribute} ${label} has ${left} leavers and ${stayed} who stayed, too few for rates of its own: the book's are taken`,
  'segments-not-stated': ({ attribute }) =>
    `no renewal whose outcome is known states its ${attribute}: the book's rates are taken`,
  'few-renewals': ({ left, opportunities }) =>
    `${left} of ${opportunities} left when they could: with so few the chance to stay is hardly known, nor is lifetime value`,
};

/**
 * Measures the chance to stay at each renewal, by years of tenure, and what it comes to in
 * discounted years: for the whole book and, where the plan asks, by the labels of an attribute. A
 * label with too few leavers takes the book's. Nothing where neither plan nor book tells.
 */
export function fitRetention(table: Table, plan: Plan): Pick<ModelParameters, 'retention'> {
  const { retention, lifetime } = plan;
  const settings = { plan, retention, lifetime };
  const { level, method, rate, by } = retention;
  if (rate !== undefined) {
    const book = constantCurve(rate, settings);
    return { retention: withNewCustomers({ level, book, notes: [] }, table, settings) };
  }
  const { renewals } = table;
  if (!renewals && table.measuredBy && table.asOf !== undefined) {
    throw new MisuseError(
      `calibrate: the table was measured without the renewals that the plan's retention (${method}) is fitted on: by a model, or a plan whose retention is constant; give indicators() the same plan`,
    );
  }
  if (!renewals || sum(renewals.book.atRisk) === 0) return {};
  if (renewals.level !== level || renewals.by !== by) {
    throw new MisuseError(
      `calibrate: the table was measured with retention level ${renewals.level} by ${renewals.by ?? 'nothing'}, the plan has ${level} by ${by ?? 'nothing'}; give indicators() the same plan`,
    );
  }
  const fitted = fittedCurve(renewals, (groups) => groups.book, settings);
  const notes: Note[] = [...(fitted.note ? [fitted.note] : []), ...thin(fitted.curve, retention)];
  const book = fitted.curve;
  if (by !== undefined && renewals.labels.length === 0) {
    notes.push({ code: 'segments-not-stated', values: { attribute: by } });
  }
  if (by === undefined || renewals.labels.length === 0) {
    return { retention: withNewCustomers({ level, book, notes }, table, settings) };
  }
  const segments = renewals.labels.map((label, k) => {
    const counts = renewals.segments[k];
    const [opportunities, left] = [sum(counts.atRisk), sum(counts.left)];
    const stayed = opportunities - left;
    const ofSegment = ({ code, values }: Note): Note => ({
      code: `segment-${code}`,
      values: { ...values, attribute: by, label },
    });
    if (Math.min(left, stayed) >= retention.minimumLeavers) {
      const own = fittedCurve(renewals, (groups) => groups.segments[k], settings);
      return { curve: own.curve, note: own.note && ofSegment(own.note) };
    }
    const { rates, years, lowYears, highYears } = book;
    const curve = {
      opportunities,
      left,
      method: 'book',
      rates,
      years,
      lowYears,
      highYears,
    } as const;
    return { curve, note: ofSegment({ code: 'too-few', values: { left, stayed } }) };
  });
  return {
    retention: withNewCustomers(
      {
        level,
        book,
        segments: {
          attribute: by,
          labels: [...renewals.labels],
          curves: segments.map(({ curve }) => curve),
        },
        notes: [...notes, ...segments.flatMap(({ note }) => (note ? [note] : []))],
      },
      table,
      settings,
    ),
  };
}

function thin(
  { left, opportunities }: RetentionCurve,
  { minimumLeavers }: RetentionPlan['retention'],
): Note[] {
  return Math.min(left, opportunities - left) < minimumLeavers
    ? [{ code: 'few-renewals', values: { left, opportunities } }]
    : [];
}

/**
 * What the book's average new customer is worth: the mean annual premium of those in force × the
 * book's margin × (this year and the years to come after no renewal yet).
 */
function withNewCustomers(
  retention: RetentionParameters,
  { columns }: Table,
  { plan, lifetime }: RetentionPlan,
): RetentionParameters {
  if (lifetime.recommendations === undefined) return retention;
  const inForce = columns.annual_premium.filter((premium) => premium > 0);
  const premium = inForce.length === 0 ? 0 : sum(inForce) / inForce.length;
  const lossRatio = sum(columns.incurred_loss) / sum(columns.earned_premium);
  const margin = 1 - lossRatio - plan.pricing.expenseRatio;
  return { ...retention, newCustomerValue: premium * margin * (1 + retention.book.years[0]) };
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}

/** What must be known of a model's lifetime values, in words. */
export function lifetimeNotes({
  plan,
  parameters: { retention },
}: {
  plan: Plan;
  parameters: Pick<ModelParameters, 'retention'>;
}): string[] {
  const { lifetime } = plan;
  if (!retention) {
    return [
      'no lifetime value: no renewal is on file whose outcome is known, so the chance to stay is not; the plan may give it (retention: {"method": "constant", "rate": 0.85})',
    ];
  }
  const { growth, crossSell, recommendations } = lifetime;
  const assumed = [
    ...(growth ? [`premium grows by ${percent(growth)} a year`] : []),
    ...(crossSell ? [`${percent(crossSell)} of the premium is still to be sold on top`] : []),
    ...(recommendations ? [`each customer brings ${recommendations} new ones a year`] : []),
  ];
  return [
    ...noteTexts(retention.notes, retentionNotes),
    ...(assumed.length > 0 ? [`lifetime value assumes that ${assumed.join(', and ')}`] : []),
  ];
}
