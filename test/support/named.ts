import type { Model } from '../../src/index.js';
import type { Profile } from '../../src/portfolio.js';

/** The card of a model that has one. */
export function cardOf({ parameters }: Model) {
  if (!parameters.card) throw new Error('expected a card');
  return parameters.card;
}

/** What a profile names. */
export function foundIn({ attributes, pairs }: Profile) {
  const isFound = ({ finding }: { readonly finding: string }) => finding === 'found';
  return {
    attributes: attributes
      .filter(isFound)
      .map(({ name }) => name)
      .sort(),
    pairs: pairs.named.filter(isFound).map(({ names }) => names.join(' × ')),
  };
}
