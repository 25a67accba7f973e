import type { Block } from '../../report/blocks.js';
import { figure } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { oneWayChart } from './charts.js';
import type { Profile, ProfiledAttribute, ProfiledPair } from './result.js';
import { profileTable } from './table.js';
import { chanceOf, findingWords, profileConclusion, profileHeadline } from './words.js';

/** So many cells of a pair are printed. */
const listedCells = 4;

/** What was found, every attribute in a line, and the levels of those that tell claims apart. */
function profileBlocks(profile: Profile): Block[] {
  const { attributes, pairs, excluded, allowed, notes, probability } = profile;
  const shown = attributes.filter(({ finding }) => finding === 'found');
  return [
    profileHeadline(profile),
    profileConclusion(profile),
    ...(attributes.length > 0 ? [overview(attributes)] : []),
    ...shown.flatMap((attribute) => levelBlocks(attribute, profile)),
    ...(shown.length > 0
      ? [
          `Rate: claims per year. Lift: claims ÷ claims expected by ${profile.base === 'earned_premium' ? 'premium' : 'exposure'} at the book's rate, with its ${figure(probability, 'share')} interval; shrunk: drawn toward the book where there is little to go by. Weight: the weight of evidence, below 0 where ${profile.worstTier} customers are more frequent than in the book.`,
        ]
      : []),
    ...pairs.named.filter(({ finding }) => finding === 'found').flatMap(pairBlocks),
    ...excluded.map(({ name, because }) => `Excluded: ${name}, ${because}.`),
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
      figure(informationValue, 'rate'),
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
        figure(level.customers, 'count'),
        figure(level.exposureYears, 'count'),
        figure(level.lossRatio, 'share'),
        figure(level.claimFrequency, 'rate'),
        figure(level.highRiskShare, 'share'),
        figure(level.lift, 'years'),
        `${figure(level.liftLow, 'years')}–${figure(level.liftHigh, 'years')}`,
        figure(level.credibleLift, 'years'),
        figure(level.weightOfEvidence, 'years', true),
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
          figure(exposureYears, 'count'),
          figure(claims, 'count'),
          figure(lift, 'years'),
          figure(liftOfEach, 'years'),
        ]),
    },
  ];
}

export const showProfile = shownAs<Profile>({
  blocks: profileBlocks,
  charts: (result) =>
    Object.fromEntries(
      result.attributes.map(({ name }) => [fileName(name), oneWayChart(result, name)]),
    ),
  table: profileTable,
});

/** A name that every file system takes, another one for every attribute. */
function fileName(attribute: string): string {
  return attribute.replaceAll(
    /[^\p{L}\p{N}_ -]/gu,
    (letter) => `%${letter.codePointAt(0)?.toString(16)}`,
  );
}
