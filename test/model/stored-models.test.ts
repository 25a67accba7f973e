import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { grader, readModel, screen, writeModel } from '../../src/index.js';
import { type StoredModel, shapes, storedModel } from '../support/stored-shapes.js';

// A model file of each shape, with customers and the grades it gave them. From the first release on
// they are never made again: a model must score the same for ever. Before it, they are made anew by
// STORE_MODELS=1 npx vitest run test/model/stored-models.test.ts
const folder = 'test/model/stored';
const names = Object.keys(shapes);

test.runIf(process.env.STORE_MODELS)('models are stored anew', () => {
  for (const name of names) {
    writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(storedModel(name))}\n`);
  }
  expect(readdirSync(folder)).toHaveLength(names.length);
});

const stored = (name: string): StoredModel =>
  JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
const asText = (value: unknown) => JSON.parse(JSON.stringify(value));

test('there is a small file of every shape, and no other', () => {
  expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.json`).sort());
  for (const name of names) {
    expect(readFileSync(`${folder}/${name}.json`).length).toBeLessThan(60_000);
  }
});

test.each(names)(
  '%s still reads, is written back the same, and grades the same to the last bit',
  (name) => {
    const { model: file, asked, screened } = stored(name);
    const model = readModel(JSON.stringify(file));
    expect(asText(model)).toEqual(file);
    expect(readModel(writeModel(model))).toEqual(model);
    const grade = grader(model);
    for (const { customer, asOf, remembered, grade: given } of asked) {
      expect(asText(grade(customer, asOf, remembered))).toEqual(given);
    }
    for (const { applicant, screening } of screened) {
      expect(asText(screen(applicant, model))).toEqual(screening);
    }
  },
);
