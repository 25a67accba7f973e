import { describe, expect, test } from 'vitest';
import { contentHash } from '../../src/base/hash.js';
import {
  calibrate,
  MisuseError,
  readIndicators,
  readModel,
  readPlan,
  writeModel,
} from '../../src/index.js';
import { modelNotes } from '../../src/scoring/notes.js';
import { fixedModel, steady } from '../support/fixed-model.js';

const text = writeModel(fixedModel());
const changed = (change: (file: Record<string, unknown>) => void) => {
  const file = JSON.parse(text);
  change(file);
  return JSON.stringify(file);
};

describe('the model file', () => {
  test('is read back as it was', () => {
    expect(readModel(text)).toEqual(fixedModel());
  });

  test('may list its keys in any order', () => {
    const reversed = (_: string, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value;
    const file = JSON.stringify(JSON.parse(text), reversed);
    expect(file.indexOf('"hash"')).toBeLessThan(file.indexOf('"plan"'));
    expect(readModel(file)).toEqual(fixedModel());
  });

  test.each([
    ['no JSON', '{', 'expected the JSON of a model, got "{"'],
    ['a list', '[]', 'expected format "bookgrade-model", got nothing'],
    [
      'another format',
      changed((file) => {
        file.format = 'pmml';
      }),
      'got "pmml"',
    ],
    [
      'another version',
      changed((file) => {
        file.version = 99;
      }),
      'expected version 1, got 99',
    ],
    [
      'a plan changed by hand',
      changed((file) => {
        (file.plan as { name: string }).name = 'mine';
      }),
      'was changed after it was written',
    ],
    [
      'no hash',
      changed((file) => {
        delete file.hash;
      }),
      'was changed after it was written',
    ],
  ])('%s is refused', (_, file, message) => {
    expect(() => readModel(file)).toThrow(MisuseError);
    expect(() => readModel(file)).toThrow(message);
  });
});

test.each<[string, unknown, string]>([
  ['experience.relativityVariance', -1, 'expected at least 0, got -1'],
  ['experience.lowAtClaims', [], 'expected a longer list'],
  ['experience.method', 'bayes', 'expected'],
  ['experience.notes', ['The book is small.'], 'expected an object'],
  ['book.claimFrequency', -0.1, 'expected at least 0, got -0.1'],
  ['balance.factor', 0, 'expected more than 0, got 0'],
  [
    'complement',
    { attribute: 'line', labels: ['a'], relativities: [1], credibility: [1.5] },
    'at most 1',
  ],
  ['years', { fade: [1], claims: [-1], losses: [1] }, 'expected at least 0'],
])('a model whose %s is %j is refused although its hash is right', (path, value, message) => {
  const { hash: _, ...content } = JSON.parse(text);
  const [part, key] = path.split('.');
  const { parameters } = content;
  if (key === undefined) parameters[part] = value;
  else parameters[part][key] = value;
  const file = JSON.stringify({ ...content, hash: contentHash(content) });
  expect(() => readModel(file)).toThrow(message);
});

test('a model holds no sentence of what was noted: codes, and values', () => {
  const rows = [steady, { ...steady, customerId: 'other' }];
  const { parameters } = calibrate(readIndicators(rows).table);
  expect(parameters.experience.notes).toEqual([{ code: 'no-claims' }]);
  expect(modelNotes(parameters.experience.notes)).toEqual([
    'the book has no claims: nothing can be expected of anybody',
  ]);
});

test.each([[[]], [null], [5]])('a plan that is %j and no object is refused', (plan) => {
  expect(() => readPlan(plan as never)).toThrow(MisuseError);
});
