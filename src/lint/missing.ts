import type { Formula, NamedFormula } from '../formulas/expression.js';
import { unratedTier } from '../plan/risk.js';
import { described } from '../scoring/scores.js';
import type { Finding } from './finding.js';
import { afterChange, afterName, askedOf, freeIn } from './ground.js';
import { allOf } from './search.js';
import { exampleOf, look, type Study } from './study.js';

/**
 * Customers that get a tier although something is missing that would decide: with one value of it,
 * all else the same, they would get another.
 */
export function missingIsRated(study: Study): Finding[] {
  const tier: NamedFormula = { name: 'asked', formula: 'risk_tier' };
  const base = askedOf(study.ground, [tier]);
  const tierAfter = afterName('risk_tier');
  return base.free.flatMap((name): Finding[] => {
    const formulas = [...base.formulas, ...afterChange(base.formulas, { [name]: `known ${name}` })];
    const rated: Formula = ['<', 'risk_tier', unratedTier(study.ground.plan)];
    const conditions = [allOf([['missing', name], rated, ['!=', tierAfter, 'risk_tier']])];
    const about = 'risk tiers where something is missing';
    const asked = { formulas, free: freeIn(formulas) };
    const [[cell]] = look(study, asked, { about, conditions }).found;
    if (!cell) return [];
    const label = described.get(name)?.label ?? name.replaceAll('_', ' ');
    const text = `a customer of whom ${label} is missing is rated, though that would decide; expected a rule that makes it unrated`;
    const known = { ...cell, [name]: cell[`known ${name}`] };
    return [
      {
        code: 'missing-is-rated',
        place: 'risk.rules',
        text,
        examples: [exampleOf(cell), exampleOf(known)],
      },
    ];
  });
}
