import {
  assess,
  type Customer,
  calibrate,
  type Grades,
  grader,
  indicators,
  type Model,
  type PlanInput,
  readBook,
  readIndicators,
  screen,
} from '../../src/index.js';
import { simulate } from '../../src/simulate.js';
import { cardBook } from './card-book.js';
import { customerAt } from './experience.js';

/** A plan for each distinct shape that a model may have; every part of a model stands in one of them. */
export const shapes: Record<string, PlanInput> = {
  frequency: {
    experience: { complement: 'line', base: 'exposure_years' },
    retention: { method: 'constant', rate: 0.85 },
    lifetime: { recommendations: 0.1, crossSell: 0.2 },
    prohibited: { jurisdictions: ['UK'] },
  },
  'frequency-severity': {
    experience: { method: 'frequency-severity', complement: 'channel', fade: 0.8 },
    retention: { method: 'kaplan-meier' },
    lifetime: { horizonYears: 10 },
    value: { measure: 'lifetime_value' },
    memory: {},
  },
  'loss-ratio': {
    experience: { method: 'loss-ratio', complement: 'line', relativeTo: 'book-year' },
    retention: { method: 'beta-geometric', by: 'channel' },
  },
  auto: { experience: { method: 'auto' }, claims: { cap: { quantile: 0.9 } } },
  card: { card: {} },
};

/** A model of a shape, on a simulated book or, for the card, on ready indicators with attributes. */
function shapedGrades(name: string): Grades {
  const plan = shapes[name];
  if (name === 'card') {
    const { table } = readIndicators(cardBook(7, 4000, 'pair'));
    return assess(table, calibrate(table, plan));
  }
  const { policies, claims, asOf } = simulate({ customers: 900, seed: 5, years: 4 });
  const table = indicators(readBook(policies, claims).book, { asOf, plan });
  return assess(table, calibrate(table, plan));
}

/** What a stored file holds: a model, and what it made of customers, or of applicants. */
export interface StoredModel {
  readonly model: Model;
  readonly asked: readonly {
    readonly customer: Customer;
    readonly asOf: string | undefined;
    readonly remembered: Parameters<ReturnType<typeof grader>>[2];
    readonly grade: unknown;
  }[];
  readonly screened: readonly {
    readonly applicant: Parameters<typeof screen>[0];
    readonly screening: unknown;
  }[];
}

/** What is stored of a shape. */
export function storedModel(name: string): StoredModel {
  const { model, table, length } = shapedGrades(name);
  const grade = grader(model);
  const asOf = model.fittedOn.asOf ?? undefined;
  const attributes = model.parameters.complement || model.parameters.retention?.segments;
  const asked = [3, 200, 471, length - 1].map((row, k) => {
    const { attributes: labels, ...figures } = customerAt({ table }, row);
    const customer: Customer = attributes && labels ? { ...figures, attributes: labels } : figures;
    const remembered =
      model.plan.memory && k > 1
        ? { override: { tier: 'healthy', reason: 'flood', author: 'M. Tamm', until: '2030-01-01' } }
        : undefined;
    return {
      customer,
      asOf,
      remembered,
      grade: grade(customer, asOf, remembered as never),
    } as StoredModel['asked'][number];
  });
  const screened = model.parameters.card
    ? [0, 11].map((row) => {
        const applicant = { applicantId: row, attributes: customerAt({ table }, row).attributes };
        return { applicant, screening: screen(applicant as never, model) } as never;
      })
    : [];
  return { model, asked, screened };
}
