import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { skipN } from 'pure-rand/utils/skipN';

/**
 * Numbers uniform in [0, 1) from a seed (xoroshiro128+), the same on every machine. Both halves of a
 * seed count, so no two whole numbers give the same draws.
 */
export function uniformFrom(seed: number): () => number {
  const low = seed | 0;
  const high = Math.floor(seed / 2 ** 32) | 0;
  const generator = xoroshiro128plusFromState([~high, ~low, low, high]);
  // Neighbouring seeds begin alike; after so many steps every bit of the seed has spread.
  skipN(generator, 64);
  return () => uniformFloat64(generator);
}
