import { didYouMean, MisuseError, nearName } from '../base/errors.js';
import type { ReadColumns } from './columns-file.js';
import type { Field } from './field.js';
import type { IssueLog } from './issues.js';

/** Throws unless every field and attribute that must be there is among the names, once. */
export function checkNames(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
): void {
  const { attributes = [], columns } = options;
  const fieldNames = [...fields.map(({ name }) => name), 'currency'];
  const unknown = Object.keys(columns).find((name) => !fieldNames.includes(name));
  if (unknown !== undefined) {
    const nearest = didYouMean(unknown, fieldNames);
    const turned =
      nearest === '' && fieldNames.includes(String(columns[unknown]))
        ? `; the field stands left, the file's column right: {"${columns[unknown]}": "${unknown}"}`
        : '';
    throw new MisuseError(
      `columns file, columns: "${unknown}" is no field of ${table}${nearest}${turned}`,
    );
  }
  const twice = names.find((name, position) => name !== '' && names.indexOf(name) !== position);
  if (twice !== undefined) throw new MisuseError(`${table}: the column "${twice}" appears twice`);
  for (const field of fields) {
    const mapped = columns[field.name];
    if (Array.isArray(mapped) && field.kind !== 'id') {
      throw new MisuseError(
        `columns file, columns.${field.name}: only an id may be of several columns`,
      );
    }
    const candidates = Array.isArray(mapped)
      ? mapped.filter((name) => !names.includes(name)).slice(0, 1)
      : columnNames(field, options);
    if (candidates.length === 0 || candidates.some((name) => names.includes(name))) continue;
    if (!field.required && !Object.hasOwn(columns, field.name)) continue;
    const [wanted] = candidates;
    throw new MisuseError(
      `${table}: expected a column "${wanted}"${didYouMean(wanted, names)}, found ${names.join(', ') || 'none'}${swapped(table, names)}`,
    );
  }
  const absent = attributes.find((name) => !names.includes(name));
  if (absent !== undefined) {
    throw new MisuseError(
      `${table}: no column "${absent}" to carry along${didYouMean(absent, names)}`,
    );
  }
}

/** Throws when a field stands in both spellings, for neither is then the right one. */
export function checkSpellings(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
): void {
  const both = fields.find((field) => {
    const spellings = columnNames(field, options);
    return spellings.length > 1 && spellings.every((name) => names.includes(name));
  });
  if (both) throw new MisuseError(`${table}: the column "${both.name}" stands in both spellings`);
}

/** Tables whose names say that they were given in the place of another. */
function swapped(table: string, names: readonly string[]): string {
  const plain = names.map(camelCase);
  if (table === 'policies' && plain.includes('claimId'))
    return '; these are claims: were --policies and --claims swapped?';
  const policies = ['from', 'to', 'premium'].every((name) => plain.includes(name));
  return table === 'claims' && policies
    ? '; these are policies: were --policies and --claims swapped?'
    : '';
}

/** The names under which a field's column may stand: as mapped, or its own in either spelling. */
export function columnNames({ name }: Field, { columns }: ReadColumns): string[] {
  const mapped = columns[name];
  if (mapped === undefined) return [...new Set([name, camelCase(name)])];
  return typeof mapped === 'string' ? [mapped] : [mapped.join('|')];
}

/** Where a field's column stands among the names, or the columns of an id; empty where nowhere. */
export function positionsOfField(
  field: Field,
  names: readonly string[],
  options: ReadColumns,
): number[] {
  const mapped = options.columns[field.name];
  if (Array.isArray(mapped)) return mapped.map((name) => names.indexOf(name));
  const candidates = columnNames(field, options);
  const position = names.findIndex((name) => candidates.includes(name));
  return position < 0 ? [] : [position];
}

/** What people call an optional field that has no column of its own name. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  cancelled_on: ['canceled_on', 'cancellation_date', 'cancelled_at', 'cancel_date'],
  reserve: ['outstanding', 'reserves', 'case_reserve', 'os'],
  status: ['state', 'claim_status'],
  reported_on: ['reported_at', 'report_date', 'notified_on', 'notification_date'],
  closed_on: ['closed_at', 'settled_on', 'close_date'],
};

/** Says which columns were used, carried and ignored, and which look like a field that has none. */
export function reportColumns(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
  log: IssueLog,
): void {
  const used: Record<string, string | readonly string[]> = {};
  for (const field of fields) {
    const found = positionsOfField(field, names, options).filter((position) => position >= 0);
    if (found.length > 0)
      used[field.name] = found.length > 1 ? found.map((p) => names[p]) : names[found[0]];
  }
  const taken = new Set(Object.values(used).flat());
  const rest = names.filter((name) => !taken.has(name));
  const wanted = options.attributes;
  const without = fields.filter(({ name }) => used[name] === undefined).map(({ name }) => name);
  const near: Record<string, string> = {};
  for (const name of rest) {
    // Who asks for a column by its name means it so.
    if (wanted?.includes(name)) continue;
    const field = nearField(name, without);
    if (field === undefined) continue;
    near[name] = field;
    log.add(
      {
        table,
        row: 0,
        field,
        code: 'looks-like-field',
        message: `the column "${name}" looks like ${field}, which has no column; say "columns": {"${field}": "${name}"}, or list "${name}" in "attributes"`,
        amount: 0,
      },
      false,
    );
  }
  const carries = (name: string) => !wanted || wanted.includes(name);
  log.columns({
    table,
    used,
    carried: rest.filter(carries),
    ignored: rest.filter((name) => !carries(name)),
    near,
  });
}

function nearField(name: string, without: readonly string[]): string | undefined {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
  const known = without.find((field) =>
    otherNames[field]?.some((other) => other.replaceAll('_', '') === plain),
  );
  if (known !== undefined || plain.length < 5) return known;
  const bare = without.map((field) => field.replaceAll('_', ''));
  const nearest = nearName(plain, bare, 2);
  const at = nearest === undefined ? -1 : bare.indexOf(nearest);
  // Two letters of a short name make another word of it.
  return at >= 0 && bare[at].length > 5 && bare[at] !== plain
    ? without[at]
    : at >= 0 && bare[at] === plain
      ? without[at]
      : undefined;
}

/** `annual_premium` → `annualPremium`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
