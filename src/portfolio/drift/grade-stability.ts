import { type Coded, groupSums, sum } from '../../base/columns.js';
import type { Grades } from '../../grading/assess.js';
import type { Table } from '../../indicators/table.js';
import { riskTiersOf } from '../../plan/risk.js';
import { valueTiers } from '../../plan/value.js';
import { formatValue } from '../../segments/counted.js';
import { serviceTiers } from '../../segments/service.js';
import { effectiveSize, type Stability, type StabilityOptions, stability } from './stability.js';

/** How far one thing about the customers has moved, shares by exposure. */
export interface GradeStability extends Stability {
  readonly of: string;
  readonly kind: 'score' | 'tier' | 'indicator' | 'attribute';
  readonly shares: readonly {
    readonly name: string;
    readonly before: number;
    readonly after: number;
  }[];
}

/** The indicators, beside the score itself, whose distribution is watched. */
const watched = ['claim_frequency', 'annual_premium', 'tenure_years'] as const;
const attributesWatched = ['line', 'channel', 'branch'];
const missing = 'not known';

/** One side of a comparison: the class of each customer, and the exposure that weighs it. */
interface Side {
  readonly codes: ArrayLike<number>;
  readonly exposure: Float64Array;
}

/**
 * How far the grades of two days by one model, and what they rest on, have moved: the expected loss
 * ratio, the tiers, the main indicators, and the mix by line, channel and branch. Each customer weighs
 * as much as its exposure in the window; so weighed, the customers are worth `effectiveSize`
 * observations. Numbers are put in tenths of the earlier exposure, equal values together. Classes for
 * which fewer than five observations are expected on the smaller side count as one in the index.
 */
export function gradeStability(
  before: Grades,
  after: Grades,
  options: Omit<StabilityOptions, 'observations'>,
): GradeStability[] {
  const exposures = [before, after].map(({ table }) => table.columns.exposure_years);
  const sizes = exposures.map((exposure) => effectiveSize(exposure));
  const compare = (
    of: string,
    kind: GradeStability['kind'],
    names: readonly string[],
    codes: readonly ArrayLike<number>[],
  ): GradeStability => {
    const sides = codes.map((own, k): Side => ({ codes: own, exposure: exposures[k] }));
    return { of, kind, ...compared(names, sides, sizes, options) };
  };
  const number = (of: string, kind: GradeStability['kind'], columns: readonly Float64Array[]) => {
    const { names, codeOf } = tenths(of, columns[0], exposures[0]);
    return compare(
      of,
      kind,
      names,
      columns.map((column) => Int32Array.from(column, codeOf)),
    );
  };
  const tier = (of: 'risk_tier' | 'value_tier' | 'service_tier', names: readonly string[]) =>
    compare(
      of,
      'tier',
      names,
      [before, after].map(({ tiers }) => tiers[of]),
    );
  return [
    number(
      'expected_loss_ratio',
      'score',
      [before, after].map(({ scores }) => scores.expected_loss_ratio),
    ),
    tier('risk_tier', riskTiersOf(before.model.plan)),
    tier('value_tier', valueTiers),
    tier('service_tier', serviceTiers(before.model.plan)),
    ...watched.map((name) =>
      number(
        name,
        'indicator',
        [before, after].map(({ table }) => table.columns[name]),
      ),
    ),
    ...attributesWatched.flatMap((name) => {
      const found = [before, after].map(({ table }) => attributeOf(table, name));
      const names = [...new Set(found.flatMap(({ labels }) => labels))].sort();
      if (names.length === 0) return [];
      const codeOf = new Map(names.map((label, code) => [label, code]));
      const codes = found.map(({ codes: own, labels }) => {
        const translated = labels.map((label) => codeOf.get(label) ?? names.length);
        return own.map((code) => translated[code] ?? names.length);
      });
      return [compare(name, 'attribute', [...names, missing], codes)];
    }),
  ];
}

/** An attribute by its name; of a table without it, nothing is known. */
function attributeOf({ attributes, length }: Table, wanted: string): Coded {
  const found = attributes.find(({ name }) => name === wanted);
  return found ?? { codes: new Int32Array(length).fill(-1), labels: [] };
}

function compared(
  names: readonly string[],
  sides: readonly Side[],
  [before, after]: readonly number[],
  options: Omit<StabilityOptions, 'observations'>,
): Stability & Pick<GradeStability, 'shares'> {
  const amounts = sides.map(({ codes, exposure }) => groupSums(exposure, codes, names.length));
  const [then, now] = amounts.map((own) => own.map((amount) => amount / sum(own)));
  const expected = (code: number) => (Math.min(before, after) * (then[code] + now[code])) / 2;
  const [rare, common] = [true, false].map((wanted) =>
    [...names.keys()].filter((code) => expected(code) < fewest === wanted),
  );
  const together = (own: Float64Array) => [
    ...common.map((code) => own[code]),
    sum(rare.map((code) => own[code])),
  ];
  const [was, is] = amounts.map(together);
  return {
    ...stability(was, is, { ...options, observations: { before, after } }),
    shares: names.flatMap((name, code) =>
      then[code] + now[code] > 0 ? [{ name, before: then[code], after: now[code] }] : [],
    ),
  };
}

/** A class of fewer expected observations is too small for a chi-square: Cochran's rule (1954). */
const fewest = 5;

/** Values this near are taken as equal: a claim in three years is one, with a leap day or without. */
const nearly = 0.005;

/**
 * Classes of a number that hold about a tenth of the exposure each; equal values are never parted, so
 * a column of few values has few classes. What lies below the least value, or above the greatest, of
 * a column of few values is a class of its own, empty at first: such a column must not stand still
 * because it has nothing to be cut into.
 */
function tenths(indicator: string, values: Float64Array, exposure: Float64Array) {
  const order = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0));
  const total = sum(Float64Array.from(order, (row) => exposure[row]));
  const edges: number[] = [];
  let reached = 0;
  let tenth = 1;
  for (const row of order) {
    reached += exposure[row];
    const full = reached >= (tenth / 10) * total * (1 - 1e-12);
    if (tenth >= 10 || !full) continue;
    tenth = Math.floor((reached / total) * 10 * (1 + 1e-12)) + 1;
    if (!(values[row] <= edges[edges.length - 1])) edges.push(beside(values[row], nearly));
  }
  const least = order.length > 0 ? values[order[0]] : Number.NaN;
  const parted = edges[0] <= beside(beside(least, nearly), nearly);
  if (parted) edges.unshift(beside(least, -nearly));
  const said = (value: number) => formatValue(value, indicator);
  const names = edges.map((edge, k) => {
    if (k === 0) return parted ? `below ${said(least)}` : `up to ${said(edge)}`;
    return parted && k === 1 ? said(edge) : range(said(edges[k - 1]), said(edge));
  });
  const last = edges.at(-1);
  const above = last === undefined ? 'all' : `above ${said(last)}`;
  return {
    names: [...names, above, missing],
    codeOf: (value: number) => {
      if (Number.isNaN(value)) return edges.length + 1;
      const code = edges.findIndex((edge) => value <= edge);
      return code < 0 ? edges.length : code;
    },
  };
}

/** A value so large a part of itself further up, or down; another one, whatever it is. */
function beside(value: number, part: number): number {
  return value + Math.sign(part) * Math.max(Number.MIN_VALUE, Math.abs(value * part));
}

/** `0.32 to 0.41 claims per year`: a unit that both ends share is written once. */
function range(from: string, to: string): string {
  const unit = to.indexOf(' ');
  const shared = unit > 0 && from.endsWith(to.slice(unit));
  return `${shared ? from.slice(0, unit - to.length) : from} to ${to}`;
}
