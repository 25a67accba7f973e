import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { formatPlan, readPlanFile } from '../../src/formula.js';
import {
  assess,
  calibrate,
  type Formula,
  type Grade,
  gradeAt,
  indicators,
  type PlanInput,
  readBook,
  readIndicators,
  readPlan,
} from '../../src/index.js';
import { simulate } from '../../src/simulate.js';
import { gradeSchema } from '../support/grade-schema.js';
import { gradeJsonSchema, type JsonSchema, planJsonSchema } from '../support/json-schema.js';
import { planNotes } from '../support/plan-notes.js';
import { planReference } from '../support/plan-reference.js';
import { expectInFile, expectInReadme } from '../support/readme.js';

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));
/** What a JSON Schema says of a value, as other programs see both: where it does not fit. */
const faultsBy = (schema: object) => {
  const read = z.fromJSONSchema(asJson(schema));
  return (value: unknown) => {
    const result = read.safeParse(asJson(value));
    return result.success ? [] : result.error.issues.map(({ path }) => path.join('.'));
  };
};

test.each([
  ['plan', planJsonSchema],
  ['grade', gradeJsonSchema],
] as const)('schema/%s.schema.json is made from the code', (name, made) => {
  expectInFile(`schema/${name}.schema.json`, `${JSON.stringify(made(), null, 2)}\n`);
});

describe('the JSON Schema of a plan', () => {
  const schema = asJson(planJsonSchema());
  const faults = faultsBy(schema);

  test.each<[string, unknown]>([
    ['the default plan, with trees', readPlan()],
    ['an empty plan', {}],
    ['a plan with $schema', { $schema: './plan.schema.json', window: { months: 24 } }],
    ['rules as text', { risk: { rules: [{ tier: 'healthy', when: 'claim_count > 2' }] } }],
    ['the careful plan', JSON.parse(readFileSync('examples/careful.plan.json', 'utf8'))],
  ])('takes %s', (_, plan) => {
    expect(faults(plan)).toEqual([]);
  });

  test('takes the default plan as it is written to a file', () => {
    const text = formatPlan(readPlan()).replaceAll(/^\s*\/\/.*$/gm, '');
    const plan = JSON.parse(text);
    expect(plan.risk.rules[3].when).toBe('claim_count == 0');
    expect(faults(plan)).toEqual([]);
    expect(readPlanFile(text)).toEqual(readPlan());
  });

  test.each<[string, unknown, string]>([
    ['an unknown setting', { pricing: { expenceRatio: 0.2 } }, 'pricing'],
    ['a value out of its range', { pricing: { expenseRatio: 2 } }, 'pricing.expenseRatio'],
    ['an unknown status', { claims: { notCounted: ['lost'] } }, 'claims.notCounted.0'],
    [
      'a rule that is none',
      { risk: { rules: [{ tier: 'healthy', when: {} }] } },
      'risk.rules.0.when',
    ],
    [
      'an unknown operator',
      { risk: { rules: [{ tier: 'healthy', when: ['power', 1, 2] }] } },
      'risk.rules.0.when',
    ],
  ])('refuses %s', (_, plan, place) => {
    expect(faults(plan)).toContain(place);
  });

  test('says what every setting is, by the doc comment of its schema', () => {
    const unsaid = (node: JsonSchema, path: string): string[] => [
      ...(node.description || path === '' ? [] : [path]),
      ...Object.entries(node.properties ?? {}).flatMap(([name, member]) =>
        unsaid(member, `${path}.${name}`),
      ),
      ...(node.items?.properties ? unsaid({ ...node.items, description: ' ' }, `${path}[]`) : []),
    ];
    const { $schema: _, ...properties } = planJsonSchema().properties ?? {};
    expect(unsaid({ properties }, '')).toEqual([]);
  });

  test('examples/default.plan.json is the default plan, with the doc comment of each setting', () => {
    expectInFile(
      'examples/default.plan.json',
      formatPlan(readPlan(), { schema: '../schema/plan.schema.json', notes: planNotes() }),
    );
  });

  test('gives docs/plan.md its tables', () => {
    expectInReadme('settings', planReference(planJsonSchema()), 'docs/plan.md');
  });
});

/** Grades of all risk tiers, with hints and without, of whole books and of single rows. */
function realGrades(): Grade[] {
  const { policies, claims, asOf } = simulate({ customers: 300, seed: 7, years: 5 });
  const plans: PlanInput[] = [
    {},
    { value: { measure: 'lifetime_value' }, risk: { basis: 'observed', highRiskCertainty: 0.7 } },
    { hints: [], experience: { method: 'auto' } },
    { memory: {} },
  ];
  const { book } = readBook(policies, claims);
  const graded = plans.map((plan) => {
    const table = indicators(book, { asOf, plan });
    return assess(table, calibrate(table, plan));
  });
  const { table } = readIndicators([
    {
      customerId: 'a',
      earnedPremium: 900,
      exposureYears: 3,
      claimCount: 1,
      incurredLoss: 450,
      tenureYears: 3,
      annualPremium: 300,
    },
    {
      customerId: 'b',
      earnedPremium: 0,
      exposureYears: 0,
      claimCount: 0,
      incurredLoss: 0,
      tenureYears: 0,
      annualPremium: 0,
    },
  ]);
  return [...graded, assess(table, calibrate(table))].flatMap((grades) => {
    const grade = gradeAt(grades);
    return Array.from({ length: Math.min(grades.length, 100) }, (_, row) => grade(row));
  });
}

type ReadOnly<T> = T extends Formula ? T : { readonly [K in keyof T]: ReadOnly<T[K]> };
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type MembersThatDiffer<A, B> = {
  [K in keyof A | keyof B]: Same<A[K & keyof A], B[K & keyof B]> extends true ? never : K;
}[keyof A | keyof B];

describe('the JSON Schema of a grade', () => {
  const schema = asJson(gradeJsonSchema());
  const faults = faultsBy(schema);
  const grades = realGrades();

  test('takes real grades, of every tier', () => {
    expect(new Set(grades.map(({ risk }) => risk.tier)).size).toBe(5);
    expect(grades.some(({ underwriting }) => underwriting.hints.length === 0)).toBe(true);
    expect(grades.flatMap(faults)).toEqual([]);
  });

  test('refuses what is none', () => {
    const [grade] = grades;
    const { reasons: _, ...without } = grade;
    expect(faults(without)).toEqual(['reasons']);
    expect(faults({ ...grade, more: 1 })).toEqual(['']);
    expect(faults({ ...grade, risk: { ...grade.risk, rated: 1 } })).toEqual(['risk.rated']);
    expect(faults({ ...grade, value: { ...grade.value, amount: '5' } })).toEqual(['value.amount']);
    const reason = { ...grade.reasons[0], observed: undefined };
    expect(faults({ ...grade, reasons: [reason] })).toEqual(['reasons.0.observed']);
  });

  test('has the members of the type, and no other', () => {
    // The compiler holds this one and names the member that differs: add it to grade-schema.ts.
    const differing: MembersThatDiffer<ReadOnly<z.output<typeof gradeSchema>>, Grade>[] = [];
    const none: never[] = differing;
    expect(none).toEqual([]);
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(grades[0]).sort());
  });
});
