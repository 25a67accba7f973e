import { type Attribute, attributeNamed, textOrder } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import type { Hierarchical } from '../../credibility/hierarchical.js';
import { type Fitted, segmentRelativity } from '../../credibility/method.js';
import type { Formula, NamedFormula } from '../../formulas/expression.js';
import type { Table } from '../../indicators/table.js';
import type { ComplementParameters } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';

/** The input that holds a customer's segment: its position in the model's labels, −1 for none. */
export const segmentInput = 'segment';

/**
 * The attribute of a table that the plan's complement names: the labels that its customers have, for
 * others may be of terms not known yet, in order, so that no sum hangs on where rows stand in a
 * file. Undefined without a complement.
 */
export function segmentAttribute(table: Table, plan: Plan): Attribute | undefined {
  const { complement } = plan.experience;
  if (complement === undefined) return undefined;
  const { name, labels, codes } = attributeNamed(
    table.attributes.filter(({ labels }) => labels.length > 0),
    complement,
    'experience.complement',
  );
  const present = new Set(codes);
  const order = textOrder(labels).filter((code) => present.has(code));
  const rank = new Int32Array(labels.length).fill(-1);
  for (let r = 0; r < order.length; r++) rank[order[r]] = r;
  return {
    name,
    labels: Array.from(order, (position) => labels[position]),
    codes: codes.map((code) => (code < 0 ? -1 : rank[code])),
  };
}

/** The segments of a fit, as a model keeps them. */
export function complementOf(
  { name, labels }: Attribute,
  { segments: fitted, claimSegments, severitySegments }: Omit<Fitted<unknown>, 'parameters'>,
): ComplementParameters | undefined {
  if (!fitted) return undefined;
  const { credibility } = fitted.segments;
  const relativities = (of: Hierarchical) => labels.map((_, code) => segmentRelativity(of, code));
  return {
    attribute: name,
    labels: [...labels],
    relativities: relativities(fitted),
    credibility: labels.map((_, code) => (code < credibility.length ? credibility[code] : 0)),
    ...(claimSegments && { claimRelativities: relativities(claimSegments) }),
    ...(severitySegments && { severityRelativities: relativities(severitySegments) }),
  };
}

/**
 * How the customer's segment relates to the book in loss ratio, in claims per unit of the base and in
 * mean claim; 1 where its segment was not in the book.
 */
export function complementFormulas(complement: ComplementParameters | undefined): NamedFormula[] {
  const relativity = (table: readonly number[] | undefined): Formula =>
    table ? ['case', ['>=', segmentInput, 0], ['lookup', segmentInput, ...table], 1] : 1;
  return [
    { name: 'segment_relativity', formula: relativity(complement?.relativities) },
    { name: 'segment_claims', formula: relativity(complement?.claimRelativities) },
    { name: 'segment_severity', formula: relativity(complement?.severityRelativities) },
  ];
}

/** The segment of every customer of a table: its position in the labels, −1 for none. */
export function segmentColumn(
  table: Table,
  { attribute, labels }: Pick<ComplementParameters, 'attribute' | 'labels'>,
): Float64Array {
  const found = table.attributes.find(({ name }) => name === attribute);
  if (!found?.labels.length) {
    throw new MisuseError(
      `assess: the model tells customers apart by "${attribute}", which no customer of the table states`,
    );
  }
  const positions = found.labels.map((label) => labels.indexOf(label));
  return Float64Array.from(found.codes, (code) => (code < 0 ? -1 : positions[code]));
}
