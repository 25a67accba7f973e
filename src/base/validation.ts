import * as z from 'zod/mini';
import { didYouMean, MisuseError, shown } from './errors.js';

/** The name of a place in a value, as whoever wrote it knows it. */
export type Spelled = (path: readonly PropertyKey[]) => string;

/**
 * Checks a value against a schema; throws a `MisuseError` of one line that gives the place, what
 * was expected, what came, and the nearest valid name.
 */
export function checked<S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  what: string,
  spelled: Spelled = (path) => path.join('.'),
): z.output<S> {
  // Words come along with the call, not from a setting that is shared with others.
  const result = z.safeParse(schema, value, { error: expectation });
  if (result.success) return result.data;
  const { path, message } = told(result.error.issues, schema, value);
  const place = path.length > 0 ? `${what}, ${spelled(path)}` : what;
  throw new MisuseError(`${place}: ${message}`);
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
};
const longer: Readonly<Record<string, string>> = { string: 'some text', array: 'a longer list' };

/** What was expected, for whoever wrote the value; a schema that says so itself goes before. */
function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kinds[issue.expected] ?? 'an object'}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(shown).join(', ')}`;
    case 'too_small':
      return `expected ${longer[issue.origin] ?? `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_key':
      return maxSpecific(issue.issues).message;
    case 'invalid_union': {
      const other = issue.errors.map((issues) => maxSpecific(issues).message.slice(9));
      return `expected ${[...new Set(other)].join(' or ') || 'another value'}`;
    }
    default:
      return 'expected another value';
  }
}

/** Where a value does not fit a schema, and how; `key` where a name is not known there. */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly key?: string;
}

/** The most telling place where a value does not fit a schema, `undefined` where it fits. */
export function misfit(schema: z.ZodMiniType, value: unknown): Misfit | undefined {
  const { error } = z.safeParse(schema, value, { error: expectation });
  return error && told(error.issues, schema, value);
}

function told(issues: readonly Issue[], schema: unknown, value: unknown): Misfit {
  const issue = maxSpecific(issues);
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    const parent = path.reduce<unknown>(schemaOf, schema);
    return { path, key, message: `"${key}" is not known${didYouMean(key, keysOf(parent))}` };
  }
  const came =
    issue.code === 'invalid_key'
      ? path.at(-1)
      : path.reduce<unknown>(
          (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
          value,
        );
  const near =
    issue.code === 'invalid_value' && typeof came === 'string'
      ? didYouMean(came, issue.values.map(String))
      : '';
  return { path, message: `${issue.message}, got ${shown(came)}${near}` };
}

type Issue = z.core.$ZodIssue;

/** A key that is not known first: it is why a member of another name seems to be missing. */
function maxSpecific(issues: readonly Issue[]): Issue {
  return behindUnion(issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]);
}

/** Where no alternative of a union fits: what is wrong with the one that the value comes nearest to. */
function behindUnion(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const telling = ({ code, path }: Issue) => path.length + (code === 'unrecognized_keys' ? 0.5 : 0);
  return issue.errors
    .map(maxSpecific)
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .reduce((most, inner) => (telling(inner) > telling(most) ? inner : most), issue as Issue);
}

/** The schema of one member: of an object the key's, of a list or a record that of all its members. */
export function schemaOf(schema: unknown, key: PropertyKey): unknown {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodMiniObject) return inner.shape[key as string];
  if (inner instanceof z.ZodMiniArray) return inner.def.element;
  if (inner instanceof z.ZodMiniUnion) {
    return inner.def.options.map((option) => schemaOf(option, key)).find((found) => found);
  }
  return inner instanceof z.ZodMiniRecord ? inner.def.valueType : undefined;
}

/** The keys that an object schema knows, or one of a union's; none for other schemas. */
function keysOf(schema: unknown): string[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodMiniUnion) return inner.def.options.flatMap(keysOf);
  return inner instanceof z.ZodMiniObject ? Object.keys(inner.shape) : [];
}

/** A schema without the defaults and other wrappers around it. */
export function unwrapped(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodMiniType && 'innerType' in inner.def) inner = inner.def.innerType;
  return inner;
}
