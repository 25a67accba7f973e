import { didYouMean, MisuseError } from '../../base/errors.js';
import { amount, blue, type ChartSpec, dark, frame, titleLines } from '../../report/chart-parts.js';
import { figure } from '../../report/figures.js';
import type { Profile } from './result.js';
import { chanceOf, findingWords, profileHeadline } from './words.js';

const lightBlue = '#BFD9EA';

/**
 * One attribute at a time: a bar for the exposure of each level, and the loss ratio of each as a point
 * with its interval, joined by a line where levels are numbers; the dashed line is the book.
 *
 * @throws MisuseError for an attribute that the profile has not
 */
export function oneWayChart(profile: Profile, attribute: string): ChartSpec {
  const names = profile.attributes.map(({ name }) => name);
  const found = profile.attributes.find(({ name }) => name === attribute);
  if (!found) {
    throw new MisuseError(
      `oneWayChart: the profile has no attribute "${attribute}"${didYouMean(attribute, names)}; it has ${names.join(', ') || 'none'}`,
    );
  }
  const { levels, test, finding, kind } = found;
  const values = levels.map((level) => ({
    level: level.level,
    years: level.exposureYears,
    lossRatio: level.lossRatio,
    low: level.lossRatioLow,
    high: level.lossRatioHigh,
    label: figure(level.lossRatio, 'share'),
  }));
  const percent = { title: 'Loss ratio', axis: { format: '.0%', orient: 'right' } };
  const y = amount('lossRatio', percent);
  const x = {
    field: 'level',
    type: 'nominal',
    title: attribute,
    sort: null,
    axis: { labelAngle: 0, labelLimit: 106, labelOverlap: false },
  };
  const known = [{ filter: 'isNumber(datum.lossRatio)' }];
  // The level of missing values is no number: the line ends before it.
  const joined = [{ filter: "isNumber(datum.lossRatio) && datum.level !== 'missing'" }];
  return {
    ...frame,
    width: { step: 112 },
    height: 340,
    title: {
      text: titleLines(
        `${attribute}: ${findingWords[finding]}${test ? ` (p-value ${chanceOf(test, 'pValue')}, adjusted ${chanceOf(test, 'adjusted')})` : ''}`,
        70,
      ),
      subtitle: [
        ...titleLines(profileHeadline(profile), 88),
        `Thin lines: ${figure(profile.probability, 'share')} intervals of the loss ratio. Dashed: the book. The p-value is of claims.`,
      ],
    },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', color: lightBlue },
        encoding: { x, y: amount('years', { title: 'Exposure years (bars)' }) },
      },
      {
        layer: [
          ...(profile.lossRatio === null ? [] : [bookLine(profile.lossRatio, percent)]),
          {
            encoding: { x },
            layer: [
              ...(kind === 'number'
                ? [{ transform: joined, mark: { type: 'line', color: blue }, encoding: { y } }]
                : []),
              {
                transform: [{ filter: 'isNumber(datum.low) && isNumber(datum.high)' }],
                mark: { type: 'rule', color: blue, strokeWidth: 1.5 },
                encoding: { y: amount('low', percent), y2: { field: 'high' } },
              },
              {
                transform: known,
                mark: { type: 'point', filled: true, size: 90, opacity: 1, color: blue },
                encoding: { y },
              },
              {
                transform: known,
                mark: { type: 'text', align: 'left', dx: 8, fontSize: 12, color: dark },
                encoding: { y, text: { field: 'label' } },
              },
            ],
          },
        ],
      },
    ],
    resolve: { scale: { y: 'independent' } },
  };
}

/** Right across, so without an x. */
function bookLine(lossRatio: number, axis: ChartSpec): ChartSpec {
  return {
    data: { values: [{}] },
    mark: { type: 'rule', color: dark, strokeDash: [5, 4] },
    encoding: { y: { datum: lossRatio, type: 'quantitative', ...axis } },
  };
}
