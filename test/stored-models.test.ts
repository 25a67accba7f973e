import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assess, gradeAt, readIndicators, readModel } from '../src/index.js';
import { gradeHeader, gradeRows } from '../src/report/grade-rows.js';

// One model file of every version ever released, with customers and the grades it gave them. These
// files are never made again: a model must score the same for ever.
const models = readdirSync('test/models').filter((name) => !name.includes('.customers.'));

test.each(models)(
  'test/models/%s still reads, and scores its customers the same to the last bit',
  (name) => {
    const model = readModel(readFileSync(`test/models/${name}`, 'utf8'));
    const stored = JSON.parse(
      readFileSync(`test/models/${name.replace('.json', '.customers.json')}`, 'utf8'),
    );
    const { table, issues } = readIndicators(stored.customers);
    const grades = assess(table, model);
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

test('there is a stored model of every method of version 1', () => {
  expect(models).toEqual(expect.arrayContaining(['v1-frequency.json', 'v1-loss-ratio.json']));
});
