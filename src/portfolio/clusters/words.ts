import { indicatorList } from '../../indicators/indicators.js';
import { capital, figure } from '../../report/figures.js';
import { counted, formatValue } from '../../segments/counted.js';
import type { Apart, Cluster, Clusters } from './result.js';

/** Differences from the book, in standard deviations, from which on they are named. */
const [little, named, far] = [0.2, 0.5, 1];
const maxNamed = 3;

/** What an indicator is called. */
export function labelOf(indicator: string): string {
  return indicatorList.find(({ name }) => name === indicator)?.label ?? indicator;
}

/** A mean in the units of its indicator; of a yes or no, how many are a yes. */
export function meanOf(mean: number, indicator: string): string {
  const unit = indicatorList.find(({ name }) => name === indicator)?.unit;
  return unit === 'yes or no' ? figure(mean, 'share') : formatValue(mean, indicator);
}

/** In a sentence: whether there are natural segments, and how many. */
export function clustersTitle(result: Clusters): string {
  const { verdict, k, asked } = result;
  if (verdict === 'none') {
    return asked
      ? `No natural segments: the ${counted(k, 'group')} asked for split customers that belong together`
      : 'No natural segments: customers do not fall into groups by these indicators';
  }
  return verdict === 'natural'
    ? `${capital(counted(k, 'segment'))} of customers that are alike`
    : `No natural segments: the ${counted(k, 'group')} are no clearer than the indicators are one by one`;
}

/** In a sentence: how clear the segments are, beside what chance makes of anything. */
export function clearness({ reference, oneByOne, candidates, asked }: Clusters): string {
  if (!reference) {
    return 'No number of clusters could be assessed: each has a cluster of less than 2% of the customers, or there are too few different customers.';
  }
  const { silhouette, mean, beyond } = reference;
  const most = asked ? '' : `, the largest of ${candidates.length} numbers of clusters`;
  const low = beyond ? ', but is too low to speak of groups (below 0.25)' : '';
  const chance = `The mean silhouette is ${two(silhouette)}${most}; points without structure give ${two(mean)}`;
  if (!oneByOne) {
    return beyond ? `${chance}: it is above that${low}.` : `${chance}: no more than chance gives.`;
  }
  const each = `the same customers with claims and tenure reshuffled give ${two(oneByOne.mean)}`;
  return oneByOne.beyond
    ? `${chance}, ${each}: the groups are in the book.`
    : `${chance}, but ${each}: cover, claims and tenure say no more together than one by one.`;
}

/** How well clusters last when customers are resampled, by a Jaccard index (Hennig, 2007). */
export function lasting(jaccard: number): string {
  if (jaccard >= 0.85) return 'very stable';
  if (jaccard >= 0.75) return 'stable';
  return jaccard >= 0.6 ? 'borders unsure' : 'unreliable';
}

/** In a sentence: whether resampling customers gives the same clusters. */
export function stabilitySentence({ stability, clusters }: Clusters): string | undefined {
  if (!stability) return undefined;
  const doubtful = clusters.filter((cluster) => (cluster.stability ?? 0) < 0.6);
  const which = doubtful.map(({ cluster }) => cluster).join(', ');
  const trust =
    doubtful.length > 0
      ? `; do not rely on ${doubtful.length === 1 ? 'segment' : 'segments'} ${which}`
      : '';
  return `With customers resampled ${counted(stability.rounds, 'time')} the clusters agree with these to ${two(stability.adjustedRand)} (adjusted Rand index: 1 the same, 0 chance)${trust}.`;
}

/** What sets a cluster apart, the largest differences first, in units people know. */
export function description({ apart }: Pick<Cluster, 'apart'>): string {
  const differences = apart.filter(({ difference }) => Math.abs(difference) >= named);
  if (differences.length > 0) {
    return differences.slice(0, maxNamed).map(inWords).join('; ');
  }
  const [most] = apart;
  return Math.abs(most.difference) >= little
    ? `much like all customers, ${inWords(most)}`
    : 'much like all customers';
}

function inWords({ indicator, mean, book, difference }: Apart): string {
  const way = difference > 0 ? 'above' : 'below';
  const apart = Math.abs(difference);
  const size = apart >= far ? 'far ' : apart >= named ? '' : 'a little ';
  const value = meanOf(mean, indicator);
  const other = meanOf(book, indicator);
  return `${labelOf(indicator)} ${size}${way} (${value} against ${other})`;
}

/** A customer count as a share of its cluster. */
export function ofCluster(count: number, { customers }: Cluster): string {
  return figure(customers > 0 ? count / customers : null, 'share');
}

export function two(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
