import { readPlan } from '../../src/plan/read-plan.js';
import type { JsonSchema } from './json-schema.js';

/** The reference of a plan's settings as it stands in docs/plan.md: a table for each part. */
export function planReference({ properties = {}, $defs }: JsonSchema): string {
  const plan = readPlan();
  const parts = Object.entries(properties).filter(([name]) => name !== '$schema');
  const rows = (schema: JsonSchema, name: string, value: unknown): string[] => {
    const own = `| \`${name}\` | ${valueOf(schema, $defs)} | ${inCode(value ?? schema.default)} | ${schema.description ?? ''} |`;
    return [own, ...inside(schema, name, value)];
  };
  const inside = (schema: JsonSchema, name: string, value: unknown): string[] => {
    const alternatives = (schema.anyOf ?? []).filter(({ type }) => type === 'object');
    const members = Object.entries(schema.properties ?? {}).flatMap(([key, member]) =>
      rows(member, `${name}.${key}`, (value as Record<string, unknown> | undefined)?.[key]),
    );
    return [
      ...members,
      ...(schema.items ? inside(schema.items, `${name}[]`, undefined) : []),
      ...(typeof schema.additionalProperties === 'object'
        ? inside(schema.additionalProperties, `${name}.*`, undefined)
        : []),
      ...alternatives.flatMap((one) => inside(one, name, undefined)),
    ];
  };
  const head = ['| setting | value | default | meaning |', '|---|---|---|---|'];
  const single = parts.filter(([, { type }]) => type === 'string');
  const large = parts.filter(([, { type }]) => type !== 'string');
  const valueAt = (name: string) => (plan as Record<string, unknown>)[name];
  return [
    [...head, ...single.flatMap(([name, schema]) => rows(schema, name, valueAt(name)))].join('\n'),
    ...large.map(([name, schema]) => {
      const table = [...head, ...inside(schema, name, valueAt(name))].join('\n');
      return `## ${name}\n\n${schema.description}\n\n${table}`;
    }),
  ].join('\n\n');
}

/** A default as it is written; a long one is looked up in the default plan. */
function inCode(value: unknown): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return text.length > 60 ? '[see there](../examples/default.plan.json)' : `\`${text}\``;
}

/** What may stand for a setting. */
function valueOf(schema: JsonSchema, defs: JsonSchema['$defs']): string {
  const { type, anyOf, items, additionalProperties, minimum, maximum } = schema;
  if (typeof schema.$ref === 'string') return schema.$ref.replace('#/$defs/', '');
  if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (anyOf) return anyOf.map((one) => valueOf(one, defs)).join(' or ');
  if (type === 'array' && items) return `list of ${valueOf(items, defs)}`;
  if (type === 'object' && typeof additionalProperties === 'object') {
    return `${valueOf(additionalProperties, defs)}, by name`;
  }
  if (type === 'object') return `{ ${Object.keys(schema.properties ?? {}).join(', ')} }`;
  if (type === 'string') return 'text';
  if (type === 'boolean') return 'true or false';
  if (type !== 'number' && type !== 'integer') return String(type);
  const least = minimum ?? schema.exclusiveMinimum;
  const most = maximum ?? schema.exclusiveMaximum;
  const bounds = [
    least === undefined ? '' : `${minimum === undefined ? 'above' : 'from'} ${least}`,
    most === undefined || most > 1e9 ? '' : `${maximum === undefined ? 'below' : 'to'} ${most}`,
  ].join(' ');
  return `${type === 'integer' ? 'whole number' : 'number'} ${bounds}`.trim();
}
