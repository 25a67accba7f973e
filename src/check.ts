import type * as z from 'zod';
import { didYouMean, MisuseError } from './misuse.js';

/**
 * Checks a value against a schema; throws a `MisuseError` of one line that gives the place, what
 * was expected, what came, and the nearest valid name.
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue.path.length > 0 ? `${what}, ${issue.path.join('.')}` : what;
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    const parent = issue.path.reduce<z.ZodType>(inside, schema);
    const known = 'shape' in parent ? Object.keys(parent.shape as object) : [];
    throw new MisuseError(`${place}: "${key}" is not known${didYouMean(key, known)}`);
  }
  const came = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  throw new MisuseError(`${place}: ${issue.message}, got ${JSON.stringify(came) ?? 'nothing'}`);
}

/** The schema of one member of an object schema, through the wrappers around it. */
function inside(schema: z.ZodType, key: PropertyKey): z.ZodType {
  const shape = 'shape' in schema ? (schema.shape as Record<PropertyKey, z.ZodType>) : {};
  let member = shape[key] ?? schema;
  while ('unwrap' in member) member = (member.unwrap as () => z.ZodType)();
  return member;
}
