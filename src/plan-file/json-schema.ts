import * as z from 'zod/mini';
import { gradeSchema } from '../grading/grade-schema.js';
import { amount, condition, namedFigure } from '../plan/formulas.js';
import { planSchema } from '../plan/plan.js';
import { planNotes } from './plan-notes.js';

// JSON Schemas for editors and API documents. They are written to schema/ and shipped as files; no
// program of ours reads them.

type JsonSchema = Record<string, unknown>;

/** What plan files hold, formulas as text or as trees; settings are described as their comments are. */
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
  const made = z.toJSONSchema(planSchema, {
    io: 'input',
    metadata,
    override: ({ zodSchema, jsonSchema, path }) => {
      asRead({ jsonSchema });
      const note = planNotes[path.filter((key) => key !== 'properties').join('.')];
      if (note !== undefined && !metadata.has(zodSchema)) jsonSchema.description = note;
    },
  });
  return {
    ...made,
    title: 'A grading plan of bookgrade',
    properties: { $schema: { type: 'string' }, ...made.properties },
  };
}

/** What grading returns for a customer. */
export function gradeJsonSchema(): JsonSchema {
  const metadata = z.registry<{ id: string; description: string }>();
  metadata.add(condition, { id: 'formula', description: 'A formula as a tree.' });
  return {
    ...z.toJSONSchema(gradeSchema, { metadata, override: asRead }),
    title: 'A grade of bookgrade',
  };
}

/** Readonly is a word of our types; in a JSON Schema it would mean what only a server may set. */
function asRead({ jsonSchema }: { jsonSchema: { readOnly?: boolean } }): void {
  delete jsonSchema.readOnly;
}
