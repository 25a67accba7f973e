import type { Ground } from './ground.js';
import type { Action } from './hint.js';

/** All that is measured of what a customer claimed. */
const claimFigures = [
  'claim_count',
  'incurred_loss',
  'capped_loss',
  'largest_claim',
  'recent_claim_count',
  'claim_free_years',
];
/** We know no refusal: to have a person decide, or to take cover away, is what comes nearest. */
const notRenewed: Action[] = ['restrict', 'refer'];

const ground = (
  code: string,
  jurisdiction: string,
  source: Pick<Ground, 'text' | 'citation' | 'date'>,
  bars: Partial<Ground>,
): Ground => ({
  code,
  jurisdiction,
  ...source,
  actions: [],
  names: [],
  applies: 1,
  statuses: [],
  attributes: [],
  ...bars,
});

const inquiries = (code: string, jurisdiction: string, citation: string, date: string): Ground =>
  ground(
    code,
    jurisdiction,
    {
      text: 'A question about cover, or a report of a loss that becomes no claim, must not count as a claim',
      citation,
      date,
    },
    { statuses: ['inquiry'] },
  );

/** One claim, with those that the plan sets aside, as far as the window shows. */
const onlyOneClaim: Ground['applies'] = ['=', ['+', 'claim_count', 'set_aside_claim_count'], 1];

/**
 * The prohibited grounds to start from, a convention of ours and **not legal advice**: few, of the
 * laws we have read, several of them for homeowners' insurance only, and laws change. A plan takes
 * those of the jurisdictions it names; a ground of its own with the same code takes the place of one.
 *
 * @example
 * ```ts
 * startingGrounds().filter(({ jurisdiction }) => jurisdiction === 'UK').map(({ code }) => code);
 * // => ['uk-renewal-price', 'uk-protected']
 * ```
 */
export function startingGrounds(): Ground[] {
  return [
    ground(
      'eu-sex',
      'EU',
      {
        text: 'Sex must not make a difference to the premiums and benefits of a person',
        citation: 'Directive 2004/113/EC, Article 5(1); Court of Justice, C-236/09 (Test-Achats)',
        date: '2012-12-21',
      },
      { attributes: ['sex', 'gender'] },
    ),
    ground(
      'eu-race',
      'EU',
      {
        text: 'Nobody may be treated less favourably for racial or ethnic origin in access to services',
        citation: 'Directive 2000/43/EC, Articles 2 and 3(1)(h)',
        date: '2000-06-29',
      },
      { attributes: ['race', 'ethnicity', 'ethnic_origin', 'ethnic_group'] },
    ),
    ground(
      'uk-renewal-price',
      'UK',
      {
        text: 'A renewal must not be more expensive than the same cover for a new customer (consumers, home and motor)',
        citation: 'FCA Handbook, ICOBS 6B.2; Policy Statement PS21/5',
        date: '2022-01-01',
      },
      {
        actions: ['reprice'],
        // Who has left renews nothing; a missing answer leaves the ground in force.
        applies: ['not', ['=', 'lapsed', 1]],
        largestChange: ['-', ['/', 'new_business_premium', 'annual_premium'], 1],
      },
    ),
    ground(
      'uk-protected',
      'UK',
      {
        text: 'A provider of a service must not discriminate by a protected characteristic',
        citation: 'Equality Act 2010, sections 4 and 29 and Schedule 3, Part 5',
        date: '2012-12-21',
      },
      {
        attributes: [
          'sex',
          'gender',
          'gender_reassignment',
          'race',
          'ethnicity',
          'ethnic_origin',
          'nationality',
          'religion',
          'belief',
          'sexual_orientation',
          'disability',
        ],
      },
    ),
    ground(
      'or-old-claims',
      'US-OR',
      {
        text: 'A claim of more than five years ago must not decide renewal, rates or terms; for a discount it may be used (homeowners)',
        citation: 'ORS 746.686(2)(a), 2021 edition',
        date: '2021-01-01',
      },
      {
        lookBackMonths: 60,
        // What lies in the window, the look-back cuts; time since a claim reaches further.
        actions: ['reprice', ...notRenewed],
        names: ['claim_free_years'],
        applies: ['>', 'claim_free_years', 5],
      },
    ),
    ground(
      'or-first-claim',
      'US-OR',
      {
        text: 'The first claim in five years must not decide whether a policy is renewed (homeowners)',
        citation: 'ORS 746.686(2)(b), 2021 edition',
        date: '2021-01-01',
      },
      { actions: notRenewed, names: claimFigures, applies: onlyOneClaim },
    ),
    inquiries('or-inquiries', 'US-OR', 'ORS 746.686(3), 2021 edition (homeowners)', '2021-01-01'),
    ground(
      'ok-first-claim',
      'US-OK',
      {
        text: 'A policy in force for 45 days must not be cancelled, not renewed or made more expensive solely for a first claim (homeowners)',
        citation: '36 O.S. § 36-3639.1',
        date: '2026-11-26',
      },
      { actions: ['reprice', ...notRenewed], names: claimFigures, applies: onlyOneClaim },
    ),
    ground(
      'az-nil-claims',
      'US-AZ',
      {
        text: 'A claim below the deductible, closed without payment, must not make cover more expensive (residential property; the first in three years, up to $500)',
        citation: 'A.R.S. § 20-270',
        date: '2026-11-26',
      },
      { statuses: ['nil'] },
    ),
    inquiries('az-inquiries', 'US-AZ', 'A.R.S. § 20-1652 (homeowners)', '2026-11-26'),
    inquiries(
      'ga-inquiries',
      'US-GA',
      'O.C.G.A. § 33-24-46(b)(1), 2010 (homeowners)',
      '2010-01-01',
    ),
    inquiries('mt-inquiries', 'US-MT', 'MCA 33-15-1105(5)', '2026-11-26'),
    inquiries('wy-inquiries', 'US-WY', 'W.S. 26-23-108(a) (homeowners)', '2026-11-26'),
    ground(
      'ca-protected',
      'US-CA',
      {
        text: 'No protected characteristic may of itself be a reason to refuse or cancel cover or to ask a higher premium (residential property)',
        citation: 'California Insurance Code § 679.71 with Civil Code § 51(b) and (e)',
        date: '2009-01-01',
      },
      {
        attributes: [
          'sex',
          'gender',
          'race',
          'color',
          'religion',
          'ancestry',
          'national_origin',
          'ethnicity',
          'disability',
          'medical_condition',
          'genetic_information',
          'marital_status',
          'sexual_orientation',
          'citizenship',
          'nationality',
          'primary_language',
          'immigration_status',
        ],
      },
    ),
  ];
}
