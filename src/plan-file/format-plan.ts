import type { Formula } from '../formulas/expression.js';
import { formatFormula } from '../formulas/text/format.js';
import type { Path } from '../formulas/text/located-json.js';
import type { Plan, PlanInput } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { parseFormula } from './parse-formula.js';
import { withFormulas } from './read-plan-file.js';

export interface FormatPlanOptions {
  /** Where the JSON Schema of plans stands, for editors; no `$schema` if left out. */
  readonly schema?: string;
  /** Comments above settings, by the path to them: `pricing.expenseRatio`; none if left out. */
  readonly notes?: Readonly<Record<string, string>>;
}

/**
 * A plan as the text of a plan file: every setting, and rules as text. Read by `readPlanFile` it gives
 * the same plan again. A formula that the language of rules cannot hold stays a tree.
 *
 * @throws MisuseError for what is no plan
 * @example
 * ```ts
 * readPlanFile(formatPlan(readPlan())).risk.rules[3].when; // => ['=', 'claim_count', 0]
 * ```
 */
export function formatPlan(
  plan: Plan | PlanInput,
  { schema, notes = {} }: FormatPlanOptions = {},
): string {
  const withText = withFormulas(readPlan(plan), (_, value, gives) =>
    gives === 'name' ? value : asText(value as Formula),
  ) as Record<string, unknown>;
  const members = { ...(schema === undefined ? {} : { $schema: schema }), ...withText };
  return `// A grading plan of bookgrade. What is left out has its default.\n${written(members, [], '', notes)}\n`;
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

type Notes = Readonly<Record<string, string>>;
const widest = 100;

function written(value: unknown, path: Path, indent: string, notes: Notes): string {
  const inner = `${indent}  `;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const within = (key: string | number) => [...path, key];
  const short = onOneLine(value);
  // What has comments of its own inside needs lines for them.
  const noted = Object.keys(value).some((key) => within(key).join('.') in notes);
  if (!noted && indent.length + short.length <= widest) return short;
  if (Array.isArray(value)) {
    const items = value.map((item, k) => `${inner}${written(item, within(k), inner, notes)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const comment = comments(notes[within(key).join('.')] ?? '', inner);
    return `${comment}${inner}${JSON.stringify(key)}: ${written(member, within(key), inner, notes)}`;
  });
  const between = path.length === 0 ? ',\n\n' : ',\n';
  return `{\n${members.join(between)}\n${indent}}`;
}

/** A note as lines of comment. */
function comments(note: string, indent: string): string {
  const lines = note.match(new RegExp(`\\S.{0,${widest - indent.length - 4}}(?=\\s|$)`, 'g')) ?? [];
  return lines.map((line) => `${indent}// ${line}\n`).join('');
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
