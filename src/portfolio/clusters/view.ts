import type { Block } from '../../report/blocks.js';
import { figure, none } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import { clustersChart, silhouetteChart } from './charts.js';
import type { Clusters } from './result.js';
import { pulledIn } from './scaling.js';
import { clustersTable } from './table.js';
import {
  clearness,
  clustersTitle,
  description,
  labelOf,
  lasting,
  ofCluster,
  stabilitySentence,
  two,
} from './words.js';

/** Natural segments as a report: how many and how clear, what sets each apart, and the tiers. */
function clustersBlocks(result: Clusters): Block[] {
  const { all, clusters, notes, seed } = result;
  return [
    `${clustersTitle(result)}.`,
    `${counted(all.customers, 'customer')} with ${figure(all.earnedPremium, 'money')} of earned premium${result.asOf === null ? '' : `, as of ${result.asOf}`}, by ${listed(result.indicators.map(({ indicator }) => labelOf(indicator)))}. ${scalingSentence(result)}`,
    ...excludedSentence(result),
    clearness(result),
    numbersTable(result),
    ...(clusters.length > 0 ? clusterBlocks(result) : [askSentence]),
    ...notes.map((note) => `Note: ${note}.`),
    `Seed ${seed}${sampledSentence(result)}. Groups describe who is there; they are no ground for a decision about one customer.`,
  ];
}

const askSentence =
  'Groups that are convenient rather than natural can be had for a number of them (k, --k).';

const sameFigures =
  'Tiers rest on claims, losses and premium: where groups are formed by these, that they follow the tiers is no discovery.';

function scalingSentence({ indicators }: Clusters): string {
  const logarithms = indicators.filter(({ middle }) => middle !== null);
  const said =
    logarithms.length > 0
      ? `, ${listed(logarithms.map(({ indicator }) => labelOf(indicator)))} as logarithms`
      : '';
  return `The lowest and highest ${figure(pulledIn, 'wholeShare')} are pulled in${said}; each indicator counts alike.`;
}

function excludedSentence({ excluded }: Clusters): string[] {
  const { customers, earnedPremium, missing } = excluded;
  if (customers === 0) return [];
  const lacking = Object.entries(missing).map(
    ([name, many]) => `${labelOf(name)} of ${figure(many, 'count')}`,
  );
  return [
    `${counted(customers, 'customer')} with ${figure(earnedPremium, 'money')} of earned premium ${customers === 1 ? 'is' : 'are'} in no group: not known is the ${listed(lacking)}.`,
  ];
}

function numbersTable({ candidates, k }: Clusters): Block {
  const cell = (value: number | null) => (value === null ? none : two(value));
  return {
    header: ['groups', 'silhouette', 'without structure', 'smallest group'],
    rows: candidates.map((candidate) => [
      `${candidate.k}${candidate.k === k ? ' (taken)' : ''}`,
      cell(candidate.silhouette),
      cell(candidate.reference),
      figure(candidate.smallest, 'share'),
    ]),
  };
}

function clusterBlocks(result: Clusters): Block[] {
  const { clusters } = result;
  const lasts = stabilitySentence(result);
  return [
    {
      header: ['segment', 'customers', 'of all', 'premium', 'loss ratio', 'resampled'],
      rows: clusters.map((cluster) => [
        String(cluster.cluster),
        figure(cluster.customers, 'count'),
        figure(cluster.customersShare, 'share'),
        figure(cluster.premiumShare, 'share'),
        figure(cluster.lossRatio, 'share'),
        cluster.stability === null
          ? none
          : `${two(cluster.stability)} ${lasting(cluster.stability)}`,
      ]),
    },
    ...clusters.map((cluster) => `${cluster.cluster}: ${description(cluster)}.`),
    ...(lasts === undefined ? [] : [lasts]),
    ...tierTable(result, 'riskTiers', 'risk'),
    ...tierTable(result, 'valueTiers', 'value'),
    ...(clusters[0].riskTiers ? [sameFigures] : []),
  ];
}

/** How the customers of each cluster lie in the tiers, beside all that were clustered. */
function tierTable(
  { clusters, all }: Clusters,
  tiers: 'riskTiers' | 'valueTiers',
  kind: string,
): Block[] {
  const names = Object.keys(clusters[0][tiers] ?? {}).filter((name) =>
    clusters.some((cluster) => (cluster[tiers]?.[name] ?? 0) > 0),
  );
  if (names.length === 0) return [];
  const whole = (name: string) =>
    clusters.reduce((sum, cluster) => sum + (cluster[tiers]?.[name] ?? 0), 0) / all.customers;
  return [
    {
      header: [`${kind} tier`, ...names],
      rows: [
        ...clusters.map((cluster) => [
          `segment ${cluster.cluster}`,
          ...names.map((name) => ofCluster(cluster[tiers]?.[name] ?? 0, cluster)),
        ]),
        ['all', ...names.map((name) => figure(whole(name), 'share'))],
      ],
    },
  ];
}

function sampledSentence({ sampled, all }: Clusters): string {
  if (sampled.number === all.customers) return '';
  const found =
    sampled.fit < all.customers ? `found among ${counted(sampled.fit, 'customer')}, ` : '';
  return `; ${found}number settled among ${figure(sampled.number, 'count')}, all assigned`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}

export const showClusters = shownAs<Clusters>({
  blocks: clustersBlocks,
  charts: (result) => ({ clusters: clustersChart(result), number: silhouetteChart(result) }),
  table: clustersTable,
});
