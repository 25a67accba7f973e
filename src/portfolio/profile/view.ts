import { asText, type Block } from '../../report/blocks.js';
import { shown } from '../../report/figures.js';
import type { Profile, ProfiledAttribute, ProfiledPair } from './result.js';
import { chanceOf, findingWords, profileConclusion, profileHeadline } from './words.js';

/** So many cells of a pair are printed. */
const listedCells = 4;

/** A profile as text for a terminal. */
export function profileText(profile: Profile): string {
  return asText(profileBlocks(profile));
}

/** What was found, every attribute in a line, and the levels of those that tell claims apart. */
export function profileBlocks(profile: Profile): Block[] {
  const { attributes, pairs, excluded, allowed, notes, probability } = profile;
  const told = attributes.filter(({ finding }) => finding === 'found');
  return [
    profileHeadline(profile),
    profileConclusion(profile),
    ...(attributes.length > 0 ? [overview(attributes)] : []),
    ...told.flatMap((attribute) => levelBlocks(attribute, profile)),
    ...(told.length > 0
      ? [
          `Rate: claims a year. Lift: claims ÷ claims expected by ${profile.base === 'earned_premium' ? 'premium' : 'exposure'} at the book's rate, with its ${shown(probability, 'share')} interval; shrunk: drawn toward the book where there is little to go by. Weight: the weight of evidence, below 0 where ${profile.worstTier} customers are more frequent than in the book.`,
        ]
      : []),
    ...pairs.named.filter(({ finding }) => finding === 'found').flatMap(pairBlocks),
    ...excluded.map(({ name, because }) => `Left out: ${name}, ${because}.`),
    ...allowed.map(
      ({ name, because }) => `Protected but allowed by the plan: ${name} (${because}).`,
    ),
    ...notes.map((note) => `Note: ${note}.`),
  ];
}

function overview(attributes: readonly ProfiledAttribute[]): Block {
  return {
    header: ['attribute', 'levels', 'p-value', 'adjusted', 'information value', 'finding'],
    rows: attributes.map(({ name, levels, test, informationValue, finding }) => [
      name,
      String(levels.length),
      chanceOf(test, 'pValue'),
      chanceOf(test, 'adjusted'),
      shown(informationValue, 'rate'),
      findingWords[finding],
    ]),
  };
}

function levelBlocks({ name, levels }: ProfiledAttribute, { worstTier }: Profile): Block[] {
  return [
    {
      header: [
        name,
        'customers',
        'years',
        'loss ratio',
        'rate',
        worstTier,
        'lift',
        'interval',
        'shrunk',
        'weight',
      ],
      rows: levels.map((level) => [
        level.level,
        shown(level.customers, 'count'),
        shown(level.exposureYears, 'count'),
        shown(level.lossRatio, 'share'),
        shown(level.claimFrequency, 'rate'),
        shown(level.highRiskShare, 'share'),
        shown(level.lift, 'years'),
        `${shown(level.liftLow, 'years')}–${shown(level.liftHigh, 'years')}`,
        shown(level.credibleLift, 'years'),
        shown(level.weightOfEvidence, 'years', true),
      ]),
    },
  ];
}

function pairBlocks({ names, test, cells }: ProfiledPair): Block[] {
  return [
    `${names.join(' with ')} (p-value ${chanceOf(test, 'pValue')}); where the two together differ most from what each gives alone:`,
    {
      header: [names.join(', '), 'years', 'claims', 'lift', 'by each alone'],
      rows: cells
        .slice(0, listedCells)
        .map(({ levels, exposureYears, claims, lift, liftOfEach }) => [
          levels.join(', '),
          shown(exposureYears, 'count'),
          shown(claims, 'count'),
          shown(lift, 'years'),
          shown(liftOfEach, 'years'),
        ]),
    },
  ];
}
