import { figure } from '../../report/figures.js';
import { counted } from '../../segments/counted.js';
import type { ClaimTest, Profile, ProfileFinding } from './result.js';

/** What a finding says, as short as a cell. */
export const findingWords: Readonly<Record<ProfileFinding, string>> = {
  found: 'claims differ',
  'perhaps-chance': 'may be chance',
  none: 'nothing found',
  'not-tested': 'not tested',
};

/** What was looked at, in a sentence or two. */
export function profileHeadline(profile: Profile): string {
  const {
    customers,
    exposureYears,
    lossRatio,
    claimFrequency,
    highRiskShare,
    worstTier,
    followed,
    asOf,
  } = profile;
  const of = `${counted(customers, 'customer')}, ${figure(exposureYears, 'count')} exposure years, loss ratio ${figure(lossRatio, 'share')}, ${figure(claimFrequency, 'rate')} claims per year, ${figure(highRiskShare, 'share')} ${worstTier}`;
  if (!followed) {
    return `${of}; tiers and claims of the window before ${asOf ?? 'a day that is not stated'}.`;
  }
  const { from, until, at } = followed;
  return at === 'date'
    ? `${of}; tiers and attributes as of ${from}, claims of what followed until ${until}.`
    : `${of}; tiers and attributes as each customer's term began, ${from} to ${until}, claims of that term.`;
}

/** In a sentence: what was named, of how much, and how much of it chance would name. */
export function profileConclusion(profile: Profile): string {
  const { attributes, pairs, falseDiscoveryRate } = profile;
  const found = attributes.filter(({ finding }) => finding === 'found').map(({ name }) => name);
  const together = pairs.named
    .filter(({ finding }) => finding === 'found')
    .map(({ names }) => names.join(' with '));
  const looks = `${counted(attributes.filter(({ test }) => test).length, 'attribute')} and ${counted(pairs.tested, 'pair')} looked at`;
  const rate = figure(falseDiscoveryRate, 'share');
  if (found.length + together.length === 0) {
    return `Of ${looks}, none shows claims that differ by more than chance (false-discovery rate ${rate}).`;
  }
  return [
    `Of ${looks}:`,
    found.length > 0
      ? `claims differ by ${found.join(', ')};`
      : 'claims differ by no attribute alone;',
    together.length > 0
      ? `these pairs say more than each alone: ${together.join('; ')}.`
      : 'no pair says more than each alone.',
    `On average at most ${rate} of what is named is chance (false-discovery rate).`,
  ].join(' ');
}

/** A probability as a table shows it. */
export function chanceOf(test: ClaimTest | null, of: 'pValue' | 'adjusted'): string {
  if (!test) return '–';
  return test[of] < 0.0001 ? '< 0.0001' : test[of].toFixed(4);
}
