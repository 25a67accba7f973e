import {
  randomExponential,
  randomGamma,
  randomNormal,
  randomPareto,
  randomPoisson,
} from 'd3-random';
import { uniformFrom } from '../base/random.js';

/** Distributions that all draw from one seeded source; the order of the draws is part of the seed. */
export interface Chance {
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** A whole number, uniform in [from, to). */
  whole(from: number, to: number): number;
  /** True with a probability. */
  happens(probability: number): boolean;
  /** One of several, each as often as its share; shares add up to 1. */
  pick<T extends { readonly share: number }>(choices: readonly T[]): T;
  poisson(mean: number): number;
  /** Gamma of mean 1 with the variance given; exactly 1 without any. */
  gamma(variance: number): number;
  /** Lognormal of mean 1; `spread` is the standard deviation of the logarithm. */
  logNormal(spread: number): number;
  exponential(mean: number): number;
  /** Pareto from 1 up: P(more than x) = x to the power −`tail`. */
  pareto(tail: number): number;
}

/** Below this variance a gamma cannot be told from 1 (and its shape would overflow). */
const minVariance = 1e-12;

/** The chance behind a simulated book: one seeded source under the distributions of d3-random. */
export function chance(seed: number): Chance {
  const uniform = uniformFrom(seed);
  const poisson = randomPoisson.source(uniform);
  const gamma = randomGamma.source(uniform);
  const normal = randomNormal.source(uniform)();
  const exponential = randomExponential.source(uniform)(1);
  const pareto = randomPareto.source(uniform);
  return {
    between: (from, to) => from + uniform() * (to - from),
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
    gamma: (variance) => (variance < minVariance ? 1 : gamma(1 / variance, variance)()),
    logNormal: (spread) => Math.exp(spread * normal() - (spread * spread) / 2),
    exponential: (mean) => mean * exponential(),
    pareto: (tail) => pareto(tail)(),
  };
}
