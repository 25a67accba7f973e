import type { Drift, DriftVerdict } from './result.js';
/** The verdict in one line. */
export function driftHeadline({ model, from, until, verdict }: Drift): string {
  return `Model ${model.id} from ${from} to ${until}: ${verdicts[verdict]}`;
}

const verdicts: Readonly<Record<DriftVerdict, string>> = {
  leave: 'leave the model as it is',
  recalibrate: 'recalibrate: the same plan on the later book',
  rebuild: 'rebuild: the plan no longer fits',
  'cannot-tell-yet': 'too early to say',
};
