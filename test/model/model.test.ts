import { describe, expect, test } from 'vitest';
import { MisuseError, readModel, readPlan, writeModel } from '../../src/index.js';
import { fixedModel } from '../support/fixed-model.js';

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
      'expected version 1 or 2 or 3 or 4 or 5, got 99',
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

test.each([[[]], [null], [5]])('a plan that is %j and no object is refused', (plan) => {
  expect(() => readPlan(plan as never)).toThrow(MisuseError);
});
