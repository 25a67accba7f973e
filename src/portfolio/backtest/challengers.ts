import type { Table } from '../../indicators/table.js';
import type { Plan } from '../../plan/plan.js';
import { candidatesFor, methodName, withCandidate } from '../../scoring/experience/auto.js';
import { fitExperience } from '../../scoring/experience/fit-experience.js';
import {
  type ExperienceFit,
  expectedLossRatios,
  fitMethod,
} from '../../scoring/experience/methods.js';
import { modelNotes } from '../../scoring/notes.js';
import type { ContestEntry } from './result.js';

/** A score that ranks the customers: the higher the score, the worse. */
export interface Challenger extends Pick<ContestEntry, 'name' | 'kind' | 'notes'> {
  /** One value a customer of the graded table; NaN where it has nothing to go by. */
  readonly score: Float64Array;
}

/**
 * The plain rules that people use, and every method of ours, each calibrated on what was
 * known before (`known`) and asked about the customers as they were graded (`graded`).
 *
 * @param fitted what the plan's own method measured of `known`
 */
export function challengersOf(
  known: Table,
  graded: Table,
  plan: Plan,
  fitted: ExperienceFit,
): Challenger[] {
  const { columns } = graded;
  const plain = (name: string, score: Float64Array): Challenger => ({
    name,
    kind: 'plain rule',
    score,
    notes: [],
  });
  const autoPlan: Plan = { ...plan, experience: { ...plan.experience, method: 'auto' } };
  const auto = plan.experience.method === 'auto' ? fitted : fitExperience(known, autoPlan);
  return [
    plain('raw loss ratio', columns.loss_ratio),
    plain('claim count', columns.claim_count),
    plain('claims per year', columns.claim_frequency),
    ...candidatesFor(known).map((candidate): Challenger => {
      const candidatePlan = withCandidate(plan, candidate);
      const fit = fitMethod(known, candidatePlan, candidate.method);
      return {
        name: methodName(candidate),
        kind: 'method',
        score: expectedLossRatios(graded, candidatePlan, fit),
        notes: modelNotes(fit.experience.notes),
      };
    }),
    {
      name: 'auto',
      kind: 'method',
      score: expectedLossRatios(graded, autoPlan, auto),
      notes: modelNotes(auto.experience.notes),
    },
  ];
}
