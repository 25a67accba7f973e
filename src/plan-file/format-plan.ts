import type { Formula } from '../formulas/expression.js';
import { formatFormula } from '../formulas/text/format.js';
import type { Path } from '../formulas/text/located-json.js';
import type { Plan, PlanInput } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { parseFormula } from './parse-formula.js';
import { planNotes } from './plan-notes.js';
import { withFormulas } from './read-plan-file.js';

export interface FormatPlanOptions {
  /** Where the JSON Schema of plans stands, for editors; no `$schema` if left out. */
  readonly schema?: string;
}

/**
 * A plan as the text of a plan file: every setting, rules as text, and a comment on what each is. Read
 * by `readPlanFile` it gives the same plan again. A formula that the language of rules cannot hold
 * stays a tree.
 *
 * @throws MisuseError for what is no plan
 * @example
 * ```ts
 * readPlanFile(formatPlan(readPlan())).risk.rules[3].when; // => ['=', 'claim_count', 0]
 * ```
 */
export function formatPlan(plan: Plan | PlanInput, { schema }: FormatPlanOptions = {}): string {
  const withText = withFormulas(readPlan(plan), (_, value, gives) =>
    gives === 'name' ? value : asText(value as Formula),
  ) as Record<string, unknown>;
  const members = { ...(schema === undefined ? {} : { $schema: schema }), ...withText };
  return `// A grading plan of bookgrade: what is left out has its default.\n${written(members, [], '')}\n`;
}

function asText(formula: Formula): unknown {
  if (typeof formula === 'number') return formula;
  try {
    const text = formatFormula(formula);
    return JSON.stringify(parseFormula(text)) === JSON.stringify(formula) ? text : formula;
  } catch {
    return formula;
  }
}

const widest = 100;

function written(value: unknown, path: Path, indent: string): string {
  const inner = `${indent}  `;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const short = onOneLine(value);
  // What has comments of its own inside needs lines for them.
  const noted = Object.keys(value).some((key) => noteOf([...path, key]) !== undefined);
  if (!noted && indent.length + short.length <= widest) return short;
  if (Array.isArray(value)) {
    const items = value.map((item, k) => `${inner}${written(item, [...path, k], inner)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const note = noteOf([...path, key]);
    const comment = note === undefined ? '' : `${inner}// ${note}\n`;
    return `${comment}${inner}${JSON.stringify(key)}: ${written(member, [...path, key], inner)}`;
  });
  const between = path.length === 0 ? ',\n\n' : ',\n';
  return `{\n${members.join(between)}\n${indent}}`;
}

const noteOf = (path: Path): string | undefined => planNotes[path.join('.')];

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
