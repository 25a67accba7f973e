import { withInterval } from '../../report/figures.js';
import type { LorenzCurve } from '../../scoring/statistics/ranking.js';
import type { Backtest, ContestEntry } from '../backtest/result.js';

/** A curve as it is drawn: its name in the legend, its points, and its height at half the premium. */
export interface DrawnCurve {
  readonly name: string;
  readonly half: number;
  readonly points: readonly {
    readonly name: string;
    readonly premium: number;
    readonly losses: number;
  }[];
}

/** The diagonal: an order that knows nothing. */
export const chance = drawn('chance (Gini 0)', { premium: [0, 1], losses: [0, 1] });

/** The curves of the model and of the raw loss ratio, where the contest has them. */
export function drawnCurves({ contest, lorenz, model }: Backtest): {
  readonly ours: DrawnCurve | undefined;
  readonly raw: DrawnCurve | undefined;
} {
  const methods = contest.filter(({ kind }) => kind === 'method');
  const ofEntry = (label: string, entry: ContestEntry | undefined) => {
    const curve = entry && lorenz[entry.name];
    if (!curve || curve.premium.length < 2 || !curve.losses.every(Number.isFinite)) return;
    return drawn(`${label} (Gini ${withInterval(entry.giniOfLosses, 'rate')})`, curve);
  };
  return {
    ours: ofEntry(
      'our score',
      methods.find(({ againstModel }) => againstModel === null) ??
        methods.find(({ name }) => name === model.method),
    ),
    raw: ofEntry(
      'the raw loss ratio alone',
      contest.find(({ kind, name }) => kind === 'plain rule' && /loss ratio/i.test(name)),
    ),
  };
}

/** A curve at every hundredth of the premium: as fine as a picture shows, however many customers. */
function drawn(name: string, curve: LorenzCurve): DrawnCurve {
  const points = Array.from({ length: 101 }, (_, k) => ({
    name,
    premium: k / 100,
    losses: Math.round(lossesAt(curve, k / 100) * 1e4) / 1e4,
  }));
  return { name, half: points[50].losses, points };
}

/** Share of the losses of the first so much of the premium, straight between the points. */
function lossesAt({ premium, losses }: LorenzCurve, at: number): number {
  const next = premium.findIndex((share) => share >= at);
  if (next < 0) return 1;
  const [fromX, fromY] = next === 0 ? [0, 0] : [premium[next - 1], losses[next - 1]];
  const width = premium[next] - fromX;
  return width > 0 ? fromY + ((losses[next] - fromY) * (at - fromX)) / width : losses[next];
}
