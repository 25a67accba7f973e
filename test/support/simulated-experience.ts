import { chance } from '../../src/simulate/random.js';

/** What sets customers apart in a simulated book of yearly sums, of which the truth is known. */
export interface Shape {
  readonly customers: number;
  /** Yearly premium of one unit of cover: median, and standard deviation of its logarithm. */
  readonly premium: readonly [median: number, spread: number];
  /** Units of cover: half of the customers have one, the others up to so many. */
  readonly cover: number;
  /** Variance of the customers' true claims per premium, gamma with mean 1. */
  readonly frequencies: number;
  /** The standard deviation of the logarithm of their true mean claims. */
  readonly sizes: number;
  /** The same of single claims of one customer. */
  readonly claimSizes: number;
}

const motor: Shape = {
  customers: 1500,
  premium: [220, 0.3],
  cover: 1,
  frequencies: 0.8,
  sizes: 0,
  claimSizes: 0.9,
};
/** Shapes like those of the reference books: claims of 1,000 on average, for 65 % of the premium. */
export const shapes = {
  motor,
  'motor with sizes': { ...motor, sizes: 0.6 },
  commercial: { ...motor, customers: 500, premium: [450, 1.5], sizes: 0.8, claimSizes: 1.1 },
  fleet: {
    customers: 400,
    premium: [450, 0.8],
    cover: 6,
    frequencies: 0.4,
    sizes: 0.3,
    claimSizes: 1.3,
  },
  'sizes only': { ...motor, premium: [600, 0.5], frequencies: 0, sizes: 0.8 },
  small: { ...motor, customers: 300, sizes: 0.3 },
  'no difference': { ...motor, customers: 1000, premium: [400, 0.5], frequencies: 0 },
} as const satisfies Record<string, Shape>;

/** Yearly sums from 2001 on of such a book, and the true relativity of each customer by its id. */
export function simulatedExperience(shape: Shape, years: number, seed: number) {
  const draw = chance(seed);
  const truth = new Map<string, number>();
  const [median, spread] = shape.premium;
  const rows = Array.from({ length: shape.customers }, (_, c) => {
    const id = String(c).padStart(5, '0');
    const cover = draw.happens(0.5) ? 1 : draw.whole(1, shape.cover + 1);
    // A lognormal of mean 1 has its median at exp(−spread² ÷ 2).
    const premium = median * Math.exp(spread ** 2 / 2) * draw.logNormal(spread) * cover;
    const frequency = draw.gamma(shape.frequencies);
    const size = draw.logNormal(shape.sizes);
    truth.set(id, frequency * size);
    // A tenth come a year later than they could, and a tenth leave each year.
    const first = draw.happens(0.1) ? Math.min(1, years - 1) : 0;
    const stays = (year: number): number =>
      year >= years || draw.happens(0.1) ? year : stays(year + 1);
    const last = stays(first + 1);
    return Array.from({ length: last - first }, (_, k) => {
      const claims = draw.poisson((0.65 / 1000) * premium * frequency);
      const losses = Array.from(
        { length: claims },
        () => 1000 * size * draw.logNormal(shape.claimSizes),
      );
      return {
        customer_id: id,
        from: `${2001 + first + k}-01-01`,
        to: `${2002 + first + k}-01-01`,
        premium,
        exposure: cover,
        claim_count: claims,
        incurred: losses.reduce((all, loss) => all + loss, 0),
      };
    });
  }).flat();
  return { rows, truth };
}
