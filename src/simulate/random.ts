import {
  randomExponential,
  randomGamma,
  randomLogNormal,
  randomPareto,
  randomPoisson,
} from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { skipN } from 'pure-rand/utils/skipN';

/** Draws one value at a time. */
export type Draw = () => number;

/** Distributions that all draw from one seeded source; the order of the draws is part of the seed. */
export interface Chance {
  /** Uniform in [0, 1). */
  readonly uniform: Draw;
  /** A whole number, uniform in [from, to). */
  whole(from: number, to: number): number;
  /** True with a probability. */
  happens(probability: number): boolean;
  /** One of several, each as often as its share; shares add up to 1. */
  pick<T extends { readonly share: number }>(choices: readonly T[]): T;
  poisson(mean: number): number;
  /** Gamma of mean 1 with the variance given; exactly 1 without any. */
  gamma(variance: number): Draw;
  /** Lognormal of mean 1; `spread` is the standard deviation of the logarithm. */
  logNormal(spread: number): Draw;
  exponential(mean: number): Draw;
  /** Pareto from 1 up: P(more than x) = x to the power −`tail`. */
  pareto(tail: number): Draw;
}

/** Below this variance a gamma cannot be told from 1 (and its shape would run out of numbers). */
const leastVariance = 1e-12;

/**
 * The chance behind a simulated book: xoroshiro128+ (pure-rand) under the distributions of d3-random.
 * Both halves of a seed count, so no two whole numbers give the same draws.
 */
export function chance(seed: number): Chance {
  const high = Math.floor(seed / 2 ** 32);
  const generator = xoroshiro128plusFromState([~high, ~seed, seed | 0, high | 0]);
  // Neighbouring seeds begin alike; after so many steps every bit of the seed has spread.
  skipN(generator, 64);
  const uniform = () => uniformFloat64(generator);
  const poisson = randomPoisson.source(uniform);
  const gamma = randomGamma.source(uniform);
  const logNormal = randomLogNormal.source(uniform);
  const exponential = randomExponential.source(uniform);
  const pareto = randomPareto.source(uniform);
  return {
    uniform,
    whole: (from, to) => from + Math.floor(uniform() * (to - from)),
    happens: (probability) => uniform() < probability,
    pick(choices) {
      let left = uniform();
      for (const choice of choices) {
        left -= choice.share;
        if (left < 0) return choice;
      }
      return choices[choices.length - 1];
    },
    poisson: (mean) => poisson(mean)(),
    gamma: (variance) => (variance < leastVariance ? () => 1 : gamma(1 / variance, variance)),
    logNormal: (spread) => logNormal(-(spread * spread) / 2, spread),
    exponential: (mean) => exponential(1 / mean),
    pareto,
  };
}
