import { shown } from '../base/errors.js';

/** Ways in which one id is spelt in two systems, the likeliest first. */
const spellings: readonly { readonly name: string; readonly of: (id: string) => string }[] = [
  { name: 'without a trailing ".0"', of: (id) => id.replace(/\.0+$/, '') },
  { name: 'without leading zeros', of: (id) => id.replace(/^0+(?=.)/, '') },
  { name: 'in one case', of: (id) => id.toLowerCase() },
  {
    name: 'without blanks and marks',
    of: (id) => id.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''),
  },
  { name: 'by their digits alone', of: (id) => id.replaceAll(/\D/g, '').replace(/^0+(?=.)/, '') },
];

/**
 * What to say of ids that were not found: three of either side, and which other spelling would have
 * joined most of them. Nothing is joined by it: two policies may differ by a zero.
 */
export function joinHint(lost: readonly string[], known: readonly string[]): string {
  const three = (ids: readonly string[]) => ids.slice(0, 3).map(shown).join(', ');
  const near = spellings.find(({ of }) => {
    const there = new Set(known.map(of));
    return lost.filter((id) => of(id) !== '' && there.has(of(id))).length > lost.length / 2;
  });
  const advice = near ? `; ids compared ${near.name} would join: export them alike` : '';
  return `policy ids of the claims such as ${three(lost)} are not among those of the policies, such as ${three(known)}${advice}`;
}
