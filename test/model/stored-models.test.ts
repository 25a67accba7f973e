import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gradeHeader, gradeRows } from '../../src/grading/grade-rows.js';
import {
  assess,
  gradeAt,
  grader,
  readIndicators,
  readModel,
  screen,
  writeModel,
} from '../../src/index.js';

// One model file of every version ever released, with customers and the grades it gave them. These
// files are never made again: a model must score the same for ever.
const models = readdirSync('test/models')
  .filter((name) => !name.includes('.customers.'))
  .sort();

const files = models.map((name) => ({
  name,
  model: () => readModel(readFileSync(`test/models/${name}`, 'utf8')),
  stored: JSON.parse(
    readFileSync(`test/models/${name.replace('.json', '.customers.json')}`, 'utf8'),
  ),
}));

test.each(files.filter(({ stored }) => stored.customers))(
  '$name still reads, and scores its customers the same to the last bit',
  ({ model, stored }) => {
    const { table, issues } = readIndicators(stored.customers);
    const grades = assess(table, model());
    const header = gradeHeader(grades);
    const rows = Array.from({ length: grades.length }, (_, row) =>
      Object.fromEntries(gradeRows(grades)(row).map((cell, c) => [header[c], cell])),
    );
    expect(issues).toEqual([]);
    expect(rows.length).toBeGreaterThan(20);
    // Later versions may say more of a customer, never other than what was said.
    for (const [row, grade] of rows.entries()) expect(grade).toMatchObject(stored.grades[row]);
    expect(gradeAt(grades)(0)).toMatchObject(stored.spoken);
  },
);

// Ready indicators have no years apart, and no past: a model that weighs or remembers them is asked
// customer by customer.
test.each(files.filter(({ stored }) => stored.asked))(
  '$name still reads, and grades the customers it is asked about the same',
  ({ model, stored }) => {
    const grade = grader(model());
    expect(stored.asked.length).toBeGreaterThan(20);
    for (const { customer, grade: given, remembered } of stored.asked) {
      expect(grade(customer, given.asOf, remembered)).toMatchObject(given);
    }
  },
);

test.each(files.filter(({ stored }) => stored.screened))(
  '$name still reads, and screens the applicants it is asked about the same',
  ({ model, stored }) => {
    for (const { applicant, screening } of stored.screened) {
      expect(screen(applicant, model())).toMatchObject(screening);
    }
  },
);

test.each(files)('$name is written back with the same content and hash', ({ model }) => {
  const read = model();
  expect(readModel(writeModel(read))).toEqual(read);
});

test('there is a stored model of every method of every version', () => {
  expect(models).toEqual([
    'v1-frequency.json',
    'v1-loss-ratio.json',
    'v2-auto.json',
    'v2-frequency-severity.json',
    'v2-frequency.json',
    'v2-loss-ratio.json',
    'v2-years.json',
    'v3-auto.json',
    'v3-beta-geometric.json',
    'v3-constant.json',
    'v3-kaplan-meier.json',
    'v4-card.json',
    'v4-frequency.json',
    'v4-grounds.json',
    'v4-memory.json',
    'v5-card.json',
  ]);
});
