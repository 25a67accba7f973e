import * as z from 'zod/mini';
import { amount, condition, namedFigure } from '../../src/plan/formulas.js';
import { planSchema } from '../../src/plan/plan.js';
import { gradeSchema } from './grade-schema.js';
import { planNotes } from './plan-notes.js';

// JSON Schemas for editors and API documents. They are written to schema/ and shipped as files.

/** A JSON Schema, as far as it is read here. */
export interface JsonSchema {
  readonly [key: string]: unknown;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

type Notes = Readonly<Record<string, string>>;

/** What plan files hold, formulas as text or as trees; settings are described by their doc comments. */
export function planJsonSchema(): JsonSchema {
  const metadata = z.registry<{ id: string; description: string }>();
  metadata.add(condition, {
    id: 'rule',
    description:
      'A rule as text, "claim_count >= 3 and loss_ratio > 65%", or as a tree, [">=", "claim_count", 3].',
  });
  metadata.add(amount, {
    id: 'amount',
    description: 'A number, or a formula that gives one, as text or as a tree.',
  });
  metadata.add(namedFigure, {
    id: 'figure',
    description: 'The name of an indicator, score or setting.',
  });
  const made = z.toJSONSchema(planSchema, { io: 'input', metadata, override: asRead });
  const { properties, ...rest } = withNotes(made as JsonSchema, '', planNotes());
  return {
    ...rest,
    title: 'A grading plan of bookgrade',
    properties: { $schema: { type: 'string' }, ...properties },
  };
}

/** A schema with a description of each setting in it, beside whatever it has. */
function withNotes(schema: JsonSchema, path: string, notes: Notes): JsonSchema {
  const inside = (member: JsonSchema, at: string) => withNotes(member, at, notes);
  const { properties, items, additionalProperties, anyOf } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => {
          const at = path === '' ? name : `${path}.${name}`;
          return [name, { ...inside(member, at), description: notes[at] ?? '' }];
        }),
      ),
    }),
    ...(items && { items: inside(items, `${path}[]`) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: inside(additionalProperties, `${path}.*`),
    }),
    ...(anyOf && { anyOf: anyOf.map((one) => inside(one, path)) }),
  };
}

/** What grading returns for a customer. */
export function gradeJsonSchema(): JsonSchema {
  const metadata = z.registry<{ id: string; description: string }>();
  metadata.add(condition, { id: 'formula', description: 'A formula as a tree.' });
  const made = z.toJSONSchema(gradeSchema, { metadata, override: asRead }) as JsonSchema;
  return { ...made, title: 'A grade of bookgrade' };
}

/** Readonly is a word of our types; in a JSON Schema it would mean what only a server may set. */
function asRead({ jsonSchema }: { jsonSchema: { readOnly?: boolean } }): void {
  delete jsonSchema.readOnly;
}
