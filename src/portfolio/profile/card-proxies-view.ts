import { asText, type Block } from '../../report/blocks.js';
import { figure } from '../../report/figures.js';
import type { CardProxy } from './card-proxies.js';
/** How the card stands to the groups of attributes that need not be in it, as a table each. */
export function cardProxiesText(proxies: readonly CardProxy[]): string {
  return asText(
    proxies.flatMap(({ attribute, explained, flag, groups }): Block[] => [
      `${attribute} and the card: its groups explain ${figure(explained, 'share')} of the variance of points (${flag}; a convention of ours: amber from ${figure(0.05, 'share')}, red from ${figure(0.1, 'share')})`,
      {
        header: ['group', 'customers', 'mean points', 'loss ratio', 'reprice', 'restrict', 'refer'],
        rows: groups.map((group) => [
          group.name,
          figure(group.customers, 'count'),
          group.points.toFixed(1),
          figure(group.lossRatio, 'share'),
          ...(['reprice', 'restrict', 'refer'] as const).map((action) =>
            figure(group.actions[action], 'share'),
          ),
        ]),
      },
    ]),
  );
}
