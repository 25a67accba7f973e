// @ts-check
import { indicatorList } from '../../dist/index.js';
import { simulate } from '../../dist/simulate.js';

/**
 * The book that everything is timed on: six years of policies and claims of which the last three
 * are the window, so there is history to leave out and every hint has its customers.
 */
export const syntheticBook = (customers) => simulate({ customers, seed: 20240229, years: 6 });

/** The names of the indicators that are measured; the others follow from them. */
export const measuredNames = indicatorList
  .filter(({ formula }) => formula === undefined)
  .map(({ name }) => name);
