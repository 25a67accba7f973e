import type { Table } from '../../indicators/table.js';
import type { Plan } from '../../plan/plan.js';
import { fitExperience } from '../../scoring/experience/fit-experience.js';
import {
  type ExperienceFit,
  expectedLossRatios,
  fitMethod,
} from '../../scoring/experience/methods.js';
import {
  candidatesFor,
  methodName,
  withCandidate,
} from '../../scoring/experience/plain-methods.js';
import type { ContestEntry } from './result.js';

/** Somebody who ranks the customers: the higher the score, the worse. */
export interface Contestant extends Pick<ContestEntry, 'name' | 'kind' | 'notes'> {
  /** One value a customer of the graded table; NaN where it has nothing to go by. */
  readonly score: Float64Array;
}

/**
 * The plain rules that people use, and every method of ours, each calibrated on what was
 * known before (`known`) and asked about the customers as they were graded (`graded`).
 *
 * @param fitted what the plan's own method measured of `known`
 */
export function contestants(
  known: Table,
  graded: Table,
  plan: Plan,
  fitted: ExperienceFit,
): Contestant[] {
  const { columns } = graded;
  const plain = (name: string, score: Float64Array): Contestant => ({
    name,
    kind: 'plain rule',
    score,
    notes: [],
  });
  const averagePlan: Plan = {
    ...plan,
    experience: { ...plan.experience, method: 'credibility-average' },
  };
  const average =
    fitted.experience.method === 'credibility-average' ? fitted : fitExperience(known, averagePlan);
  return [
    plain('raw loss ratio', columns.loss_ratio),
    plain('claim count', columns.claim_count),
    plain('claims a year', columns.claim_frequency),
    ...candidatesFor(known).map((candidate): Contestant => {
      const candidatePlan = withCandidate(plan, candidate);
      const fit = fitMethod(known, candidatePlan, candidate.method);
      return {
        name: methodName(candidate),
        kind: 'method',
        score: expectedLossRatios(graded, candidatePlan, fit),
        notes: fit.experience.notes,
      };
    }),
    {
      name: 'credibility average',
      kind: 'method',
      score: expectedLossRatios(graded, averagePlan, average),
      notes: average.experience.notes,
    },
  ];
}
