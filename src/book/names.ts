import { didYouMean, MisuseError } from '../base/errors.js';
import type { ReadColumns } from './columns-file.js';
import type { Field } from './rows.js';

/** Throws unless every field and attribute that must be there is among the names, once. */
export function checkNames(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
): void {
  const { attributes = [], columns } = options;
  const fieldNames = fields.map(({ name }) => name);
  const unknown = Object.keys(columns).find((name) => !fieldNames.includes(name));
  if (unknown !== undefined) {
    throw new MisuseError(
      `columns file, columns: "${unknown}" is no field of ${table}${didYouMean(unknown, fieldNames)}`,
    );
  }
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw new MisuseError(`${table}: the column "${twice}" appears twice`);
  for (const field of fields) {
    const candidates = columnNames(field, options);
    if (candidates.some((name) => names.includes(name))) continue;
    if (!field.required && !Object.hasOwn(columns, field.name)) continue;
    const [wanted] = candidates;
    throw new MisuseError(
      `${table}: expected a column "${wanted}"${didYouMean(wanted, names)}, found ${names.join(', ') || 'none'}`,
    );
  }
  const absent = attributes.find((name) => !names.includes(name));
  if (absent !== undefined) {
    throw new MisuseError(
      `${table}: no column "${absent}" to carry along${didYouMean(absent, names)}`,
    );
  }
}

/** The names under which a field's column may stand: as mapped, or its own in either spelling. */
export function columnNames({ name }: Field, { columns }: ReadColumns): string[] {
  const mapped = columns[name];
  return mapped === undefined ? [...new Set([name, camelCase(name)])] : [mapped];
}

/** `annual_premium` → `annualPremium`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
