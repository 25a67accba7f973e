import { describe, expect, test } from 'vitest';
import { readExperience } from '../../../src/book/read-experience.js';
import { credibilityAverage } from '../../../src/credibility/credibility-average/method.js';
import type { CredibilityAverageParameters } from '../../../src/credibility/credibility-average/parameters.js';
import { groundsOfWeight } from '../../../src/credibility/method.js';
import { calibrate } from '../../../src/grading/calibrate.js';
import { grader } from '../../../src/grading/grader.js';
import { indicators } from '../../../src/indicators/indicators.js';
import { en } from '../../../src/locales/en.js';
import { et } from '../../../src/locales/et.js';
import { zh } from '../../../src/locales/zh.js';
import { explanation } from '../../../src/report/explanation.js';
import { customerAt } from '../../support/experience.js';
import { shapes, simulatedExperience } from '../../support/simulated-experience.js';

/** What the page says of one customer of a simulated book of so many years, and of its model. */
function saidOf(years: number, locale = en) {
  const plan = { experience: { method: 'credibility-average' } } as const;
  const { rows } = simulatedExperience({ ...shapes.motor, customers: 400 }, years, 1);
  const table = indicators(readExperience(rows).book, { asOf: `${2001 + years}-01-01`, plan });
  const model = calibrate(table, plan);
  const grade = grader(model, { locale })(customerAt({ table }, 0));
  return { grade, page: explanation(grade, { locale }) };
}

describe('the page of a grade by the credibility average', () => {
  test('says what own claims count for, how many and how large, and what the rest is', () => {
    const { grade, page } = saidOf(5);
    const credibility = `${(100 * (grade.risk.credibility ?? Number.NaN)).toFixed(1)}%`;
    expect(grade.model.restsOn).toMatch(/counts$/);
    expect(page).toContain(`Own claims count for ${credibility}, `);
    expect(page).toContain("the rest is the book's");
    expect(page).not.toContain('not learnt');
  });

  test.each([
    ['English', en, 'not learnt'],
    ['Estonian', et, 'ei ole andmetest õpitud'],
    ['Chinese', zh, '并非由数据得出'],
  ])('says in %s that with one year the weight is not learnt', (_, locale, words) => {
    const { grade, page } = saidOf(1, locale);
    expect(grade.model.restsOn).toBe('not-learnt');
    expect(page).toContain(words);
  });

  test.each([
    [0, 'counts'],
    [0.25, 'mostly-counts'],
    [0.5, 'counts-and-sizes'],
    [0.75, 'mostly-sizes'],
    [1, 'mostly-sizes'],
  ])('calls a share of losses of %d %s', (lossShare, words) => {
    const formula = { base: 'earned_premium', indexFactor: 1, claimsForHalf: 4 } as const;
    const parameters = {
      learnt: { pairs: [], scores: [], dispersion: 1 },
      formulas: [{ ...formula, lossShare, weight: 0.7 }],
    } as Partial<CredibilityAverageParameters> as CredibilityAverageParameters;
    expect(credibilityAverage.restsOn(parameters)).toBe(words);
    expect(credibilityAverage.restsOn({ ...parameters, formulas: [] })).toBe('no-difference');
  });

  test('every language has every sentence, with the credibility in it', () => {
    for (const { page } of [en, et, zh]) {
      for (const ground of groundsOfWeight) expect(page.restsOn[ground]).toContain('{credibility}');
    }
  });
});
