import { assess, calibrate, type Grades, type PlanInput, readIndicators } from '../../src/index.js';
import { chance } from '../../src/simulate/random.js';

/** What drives claims in a planted book; nothing in a book of chance. */
export const drivers = {
  category: 'word_3',
  number: 'number_5',
  pair: ['word_7', 'word_8'],
} as const;

/** The true claim rate of a customer's values, relative to the book's. */
function planted(values: Readonly<Record<string, string | number>>): number {
  const age = Number(values[drivers.number]);
  const region = values[drivers.category] === 'c' ? 1.8 : 1;
  // Dear at both ends: no line through it tells.
  const ofAge = age < 30 ? 1.8 : age > 65 ? 1.6 : 0.8;
  const [a, b] = drivers.pair.map((name) => values[name] === 'a');
  return region * ofAge * (a === b ? 1.45 : 0.55);
}

/**
 * Graded customers with twenty attributes, ten of words and ten of numbers: three years of cover each at
 * 500 or so a year, 0.15 claims per year at a latent risk of variance 0.5, sizes exponential. The words of
 * the pair are evenly spread, so that each alone tells nothing.
 */
export function attributeBook(
  seed: number,
  {
    customers = 6000,
    drive = true,
    plan = {} as PlanInput,
    further = {} as Record<string, string>,
  } = {},
): Grades {
  const random = chance(seed);
  const rows = Array.from({ length: customers }, (_, c) => {
    const values: Record<string, string | number> = {};
    for (let k = 1; k <= 10; k++) {
      const letters = k === 7 || k === 8 ? 'ab' : 'abcde';
      values[`word_${k}`] = letters[random.whole(0, letters.length)];
      values[`number_${k}`] = random.whole(18, 80);
    }
    const premium = 3 * 500 * random.between(0.7, 1.3);
    const rate = 0.45 * (premium / 1500) * (drive ? planted(values) : 1);
    const claims = random.poisson(rate * random.gamma(0.5));
    let incurred = 0;
    for (let n = 0; n < claims; n++) incurred += Math.round(100 * random.exponential(1800)) / 100;
    return {
      customerId: `C${c}`,
      earnedPremium: premium,
      exposureYears: 3,
      claimCount: claims,
      incurredLoss: incurred,
      tenureYears: 3,
      annualPremium: premium / 3,
      ...values,
      ...further,
    };
  });
  const { table } = readIndicators(rows);
  return assess(table, calibrate(table, plan));
}
